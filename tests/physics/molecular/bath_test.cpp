// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/statistics.h"
#include "physics/molecular/systems.h"

/// Thermostats and the barostat sample the ensembles they claim: where the distribution is known in full.
///
/// Bounds are statistical: five standard errors (four where an error itself is estimated from a dozen
/// stretches), so that a right engine fails once in a million with a new seed; seeds are fixed, so that it
/// fails always or never. Each test also asks that the error is small enough to tell a wrong ensemble.
namespace aula::test {
namespace {

using namespace molecular;

class Baths : public EngineTest {};

/// Atoms that see only a spring each: three oscillators an atom.
System oscillators(int atoms, double stiffness) {
  System system{"springs", bareTopology(atoms), {}};
  system.state.positions.assign(static_cast<std::size_t>(atoms), {});
  for (int n = 0; n < atoms; ++n) {
    system.state.positions[static_cast<std::size_t>(n)] = {0.5 * n, 0, 0};
    system.topology.positionRestraints.push_back({n, {0.5 * n, 0, 0}, {stiffness, stiffness, stiffness}});
  }
  return system;
}

/// The middle scheme samples oscillators' positions with variance kT/k and its stored velocities with kT/m
/// exactly, for any step below 2/w (position Verlet between two noises keeps v^2 (1 - s^2) + w^2 x^2 with
/// s = w dt/2; so the noise finds <x^2> = (1 - s^2) kT/k half a step before, and half a drift adds s^2 kT/k).
/// w dt is 0.8: a scheme with an error of second order would be off by 16 %.
TEST_P(Baths, LangevinMiddleSamplesOscillatorsExactly) {
  const double mass = 12, w = 40, temperature = 300, kT = kBoltzmann * temperature;
  const System system = oscillators(20, mass * w * w);
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.dynamics.integrator = Integrator::langevinMiddle;
  settings.dynamics.timeStep = 0.8 / w;
  settings.dynamics.temperature = temperature;
  settings.dynamics.temperatureCoupling = 1 / w;
  settings.dynamics.seed = 4;
  const auto engine = make(system, settings);
  engine->advance(500);
  std::vector<double> squares, fourths, speeds;
  for (int n = 0; n < 8000; ++n) {
    engine->advance(2);
    const State state = engine->state();
    double square = 0, fourth = 0, speed = 0;
    for (std::size_t atom = 0; atom < 20; ++atom)
      for (int axis = 0; axis < 3; ++axis) {
        const double x = state.positions[atom][axis] - (axis == 0 ? 0.5 * static_cast<double>(atom) : 0.0);
        const double v = state.velocities[atom][axis];
        square += x * x;
        fourth += x * x * x * x;
        speed += v * v;
      }
    squares.push_back(square / 60 * mass * w * w / kT);
    fourths.push_back(fourth / 60 * std::pow(mass * w * w / kT, 2));
    speeds.push_back(speed / 60 * mass / kT);
  }
  const std::pair<const std::vector<double>*, double> moments[] = {
      {&squares, 1}, {&fourths, 3}, {&speeds, 1}};
  for (const auto& [samples, expected] : moments) {
    const Estimate found = blockAverage(*samples);
    EXPECT_LT(found.error, 0.01 * expected);
    EXPECT_NEAR(found.value, expected, 5 * found.error);
  }
}

/// Eight argon atoms held together by weak springs, each by its own: a droplet whose motion is chaotic, the
/// swaying of the whole not apart from the rest.
System droplet() {
  System system{"droplet", argon(8), {}};
  for (int n = 0; n < 8; ++n) {
    system.state.positions.push_back(0.19 * Vec3{n % 2 * 2.0, n / 2 % 2 * 2.0, n / 4 * 2.0} +
                                     0.01 * noiseVector(3, n));
    system.topology.positionRestraints.push_back(
        {n, {0.19, 0.19, 0.19}, {100 + 50.0 * n, 120 + 40.0 * n, 400 - 30.0 * n}});
  }
  return system;
}

/// Under velocity rescale the kinetic energy follows Gamma(Nf / 2) in units of kT: mean, variance and the
/// whole distribution. Samples lie 1 ps apart, ten times the coupling: correlated by less than
/// exp(-5). The step's own error, (w dt)^2 / 12 with w = 6 / ps at most, is 1e-5.
TEST_P(Baths, VelocityRescaleSamplesTheKineticEnergy) {
  for (const Integrator integrator : {Integrator::velocityVerlet, Integrator::leapFrog}) {
    const System system = droplet();
    Settings settings = plainSettings();
    settings.nonbonded.electrostatics = Electrostatics::plain;
    settings.dynamics.integrator = integrator;
    settings.dynamics.thermostat = Thermostat::velocityRescale;
    settings.dynamics.timeStep = 0.005;
    settings.dynamics.temperature = 120;
    settings.dynamics.temperatureCoupling = 0.1;
    settings.dynamics.seed = 8;
    const auto engine = make(system, settings);
    engine->drawVelocities(120, 5);
    engine->advance(2000);
    const double kT = kBoltzmann * 120;
    const int freedom = 24;
    std::vector<double> energies;
    double sum = 0, squares = 0;
    const int count = 500;
    for (int n = 0; n < count; ++n) {
      engine->advance(200);
      double kinetic = 0;
      for (const Vec3 v : engine->state().velocities) kinetic += 0.5 * 39.948 * dot(v, v) / kT;
      energies.push_back(kinetic);
      sum += kinetic - freedom / 2.0;
      squares += std::pow(kinetic - freedom / 2.0, 2);
    }
    // Of Gamma(a): variance a, fourth central moment 3 a^2 + 6 a.
    const double a = freedom / 2.0;
    EXPECT_NEAR(sum / count, 0, 5 * std::sqrt(a / count));
    EXPECT_NEAR(squares / count, a, 5 * std::sqrt((2 * a * a + 6 * a) / count));
    EXPECT_LT(kolmogorov(energies, [&](double x) { return gammaCumulative(a, x); }), 1.95);
  }
}

/// At constant pressure the volume of N atoms that do not see each other follows Gamma(N + 1) in units of
/// kT / P, since a volume holds V^N states. The barostat's step (ten of the integrator's) is a fiftieth of
/// its relaxation time tau / (compressibility P) here, which widens the variance by 1 % (Euler's method on
/// an oscillator overdamped at rate r: 1 / (1 - r dt / 2)); samples a relaxation time apart.
TEST_P(Baths, IdealGasHasItsVolumes) {
  constexpr int kAtoms = 12;
  const double temperature = 140, kT = kBoltzmann * temperature, pressure = 100;
  System system{"gas", argon(kAtoms), {}};
  system.topology.pairs = {{0, 0}};
  const double unit = kT / (pressure / kBarPerUnit), side = std::cbrt(unit * (kAtoms + 1));
  system.state.box = rectangularBox(side, side, side);
  for (int n = 0; n < kAtoms; ++n) system.state.positions.push_back(side * noiseVector(1, n));
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.cutoff = 0.3;
  settings.dynamics.timeStep = 0.02;
  settings.dynamics.temperature = temperature;
  settings.dynamics.thermostat = Thermostat::velocityRescale;
  settings.dynamics.temperatureCoupling = 1;
  settings.dynamics.barostat = Barostat::stochasticCellRescale;
  settings.dynamics.pressure = pressure;
  settings.dynamics.compressibility = 1 / pressure;
  settings.dynamics.pressureCoupling = 10;
  const auto engine = make(system, settings);
  engine->drawVelocities(temperature, 7);
  engine->advance(5000);
  double sum = 0, squares = 0;
  const int count = 250;
  std::vector<double> volumes;
  for (int n = 0; n < count; ++n) {
    engine->advance(500);
    const double volume = engine->state().box.volume() / unit;
    volumes.push_back(volume);
    sum += volume - (kAtoms + 1);
    squares += std::pow(volume - (kAtoms + 1), 2);
  }
  // Neighbouring samples are correlated by 1/e: as many as count (1 - 1/e) / (1 + 1/e) independent ones.
  const double a = kAtoms + 1, independent = 0.46 * count;
  EXPECT_NEAR(sum / count, 0, 5 * std::sqrt(a / independent));
  EXPECT_NEAR(squares / count / a, 1, 0.01 + 5 * std::sqrt((2 + 6 / a) / independent));
  EXPECT_LT(kolmogorov(volumes, [&](double x) { return gammaCumulative(a, x); }), 1.95 / std::sqrt(0.46));
}

/// Rigid waters move as wholes and turn with the same temperature, three degrees of freedom each. Stored
/// velocities are the Maxwellian ones of the bath but for (w dt)^2 / 12 of the fastest swaying, w = 0.15 /
/// fs: 0.2 % at 1 fs.
TEST_P(Baths, WatersMoveAndTurnAlike) {
  const System system = waterBox(3, 40);
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.cutoff = 0.46;
  settings.dynamics.integrator = Integrator::langevinMiddle;
  settings.dynamics.temperatureCoupling = 0.05;
  settings.dynamics.timeStep = 0.001;
  const auto engine = make(system, settings);
  engine->minimise(500, 200);
  engine->drawVelocities(300, 7);
  engine->advance(1000);
  std::vector<double> moving, turning;
  for (int n = 0; n < 500; ++n) {
    engine->advance(10);
    const std::vector<Vec3> v = engine->state().velocities;
    double whole = 0, all = 0;
    for (std::size_t m = 0; m < v.size(); m += 3) {
      const Vec3 momentum = 15.9994 * v[m] + 1.008 * (v[m + 1] + v[m + 2]);
      whole += dot(momentum, momentum) / (15.9994 + 2 * 1.008);
      all += 15.9994 * dot(v[m], v[m]) + 1.008 * (dot(v[m + 1], v[m + 1]) + dot(v[m + 2], v[m + 2]));
    }
    const double freedom = static_cast<double>(v.size()) * kBoltzmann;
    moving.push_back(whole / freedom);
    turning.push_back((all - whole) / freedom);
  }
  for (const auto* samples : {&moving, &turning}) {
    const Estimate found = blockAverage(*samples);
    EXPECT_LT(found.error, 8);
    EXPECT_NEAR(found.value, 300, 5 * found.error + 0.6);
  }
}

AULA_EVERY_ENGINE(Baths);

}  // namespace
}  // namespace aula::test
