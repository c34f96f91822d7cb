// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/statistics.h"
#include "physics/molecular/systems.h"

/// Thermostats and the barostat sample the ensembles they claim.
///
/// Bounds are statistical: five standard errors (four where an error itself is estimated from a dozen
/// stretches), so that a right engine fails once in a million with a new seed; seeds are fixed, so that it
/// fails always or never. Each test also asks that the error is small enough to tell a wrong ensemble.
namespace aula::test {
namespace {

using namespace molecular;

class Ensemble : public EngineTest {};
class LongEnsemble : public EngineTest {};

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
TEST_P(Ensemble, LangevinMiddleSamplesOscillatorsExactly) {
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

/// Eight argon atoms held together by weak springs: a droplet whose motion is chaotic.
System droplet() {
  System system{"droplet", argon(8), {}};
  for (int n = 0; n < 8; ++n) {
    system.state.positions.push_back(0.19 * Vec3{n % 2 * 2.0, n / 2 % 2 * 2.0, n / 4 * 2.0} +
                                     0.01 * noiseVector(3, n));
    system.topology.positionRestraints.push_back({n, {0.19, 0.19, 0.19}, {100, 100, 100}});
  }
  return system;
}

/// Under velocity rescale the kinetic energy follows Gamma(Nf / 2) in units of kT: mean, variance and the
/// whole distribution. Samples lie 0.4 ps apart, four times the coupling: correlated by less than
/// exp(-2 * 4). The step's own error, (w dt)^2 / 12 with w = 6 / ps at most, is 1e-5.
TEST_P(Ensemble, VelocityRescaleSamplesTheKineticEnergy) {
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
    const int count = 1500;
    for (int n = 0; n < count; ++n) {
      engine->advance(80);
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

/// A fluid of Lennard-Jones atoms: 0.6 of them in a sigma^3.
System fluid(int perSide) {
  const int atoms = perSide * perSide * perSide;
  const double side = std::cbrt(atoms / 0.6) * kArgonSigma;
  System system{"fluid", argon(atoms), {}};
  system.state.box = rectangularBox(side, side, side);
  system.state.positions = jitteredLattice(system.state.box, perSide, 0.02, 6);
  return system;
}

Settings fluidSettings() {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.vdwModifier = VdwModifier::potentialSwitch;
  settings.nonbonded.cutoff = 0.6;
  settings.nonbonded.switchStart = 0.5;
  settings.nonbonded.hasDispersionCorrection = false;
  // Lists of pairs may drift the energy by this much, kJ/mol/ps an atom: here nothing that would be seen.
  settings.nonbonded.bufferTolerance = 1e-4;
  settings.dynamics.timeStep = 0.008;
  settings.dynamics.temperatureCoupling = 0.1;
  return settings;
}

/// Potential energies of a run, one every 8 steps.
std::vector<double> potentials(Engine& engine, int samples) {
  std::vector<double> found;
  for (int n = 0; n < samples; ++n) {
    engine.advance(8);
    found.push_back(engine.energies().potential());
  }
  return found;
}

using Maker = std::function<std::unique_ptr<Engine>(const System&, const Settings&)>;

/// Two temperatures: the distributions of the potential energy differ by the ratio of their Boltzmann
/// factors, whatever the density of states (Shirts 2013).
void compareTemperatures(const Maker& make, int samples, double largestError) {
  const double cold = 120, hot = 160;
  for (const bool isLangevin : {false, true}) {
    std::vector<double> energies[2];
    for (const bool isHot : {false, true}) {
      Settings settings = fluidSettings();
      settings.dynamics.temperature = isHot ? hot : cold;
      settings.dynamics.seed = isHot ? 21 : 22;
      if (isLangevin)
        settings.dynamics.integrator = Integrator::langevinMiddle;
      else
        settings.dynamics.thermostat = Thermostat::velocityRescale;
      const auto engine = make(fluid(3), settings);
      engine->drawVelocities(settings.dynamics.temperature, 7);
      engine->advance(1500);
      energies[isHot] = potentials(*engine, samples);
    }
    const Estimate slope = logarithmicRatioSlope(energies[0], energies[1]);
    const double expected = 1 / (kBoltzmann * cold) - 1 / (kBoltzmann * hot);
    const char* name = isLangevin ? "Langevin middle" : "velocity rescale";
    EXPECT_LT(slope.error, largestError * expected) << name;
    EXPECT_NEAR(slope.value, expected, 4 * slope.error) << name;
  }
}

TEST_P(Ensemble, TwoTemperaturesDifferByTheirBoltzmannFactors) {
  compareTemperatures(
      [this](const System& system, const Settings& settings) { return make(system, settings); }, 1500, 0.2);
}

TEST_P(LongEnsemble, TwoTemperaturesDifferByTheirBoltzmannFactors) {
  compareTemperatures(
      [this](const System& system, const Settings& settings) { return make(system, settings); }, 30000, 0.04);
}

/// At constant pressure the volume of N atoms that do not see each other follows Gamma(N + 1) in units of
/// kT / P, since a volume holds V^N states. The barostat's step (ten of the integrator's) is a fiftieth of
/// its relaxation time tau / (compressibility P) here, which widens the variance by 1 % (Euler's method on
/// an oscillator overdamped at rate r: 1 / (1 - r dt / 2)); samples a relaxation time apart.
TEST_P(Ensemble, IdealGasHasItsVolumes) {
  constexpr int kAtoms = 12;
  const double temperature = 140, kT = kBoltzmann * temperature, pressure = 100;
  System system{"gas", argon(kAtoms), {}};
  system.topology.pairs = {{0, 0}};
  const double unit = kT / (pressure / kBarPerUnit), side = std::cbrt(unit * (kAtoms + 1));
  system.state.box = rectangularBox(side, side, side);
  for (int n = 0; n < kAtoms; ++n) system.state.positions.push_back(side * noiseVector(1, n));
  Settings settings = fluidSettings();
  settings.nonbonded.cutoff = 0.3;
  settings.nonbonded.switchStart = 0.2;
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
  const int count = 400;
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

/// Two pressures on a dense fluid: the distributions of the volume differ by exp(-(P2 - P1) V / kT).
TEST_P(LongEnsemble, TwoPressuresDifferByTheirBoltzmannFactors) {
  const double low = 300, high = 700, temperature = 140;
  std::vector<double> volumes[2];
  for (const bool isHigh : {false, true}) {
    Settings settings = fluidSettings();
    settings.nonbonded.cutoff = 0.5;
    settings.nonbonded.switchStart = 0.4;
    settings.dynamics.timeStep = 0.005;
    settings.dynamics.temperature = temperature;
    settings.dynamics.thermostat = Thermostat::velocityRescale;
    settings.dynamics.barostat = Barostat::stochasticCellRescale;
    settings.dynamics.pressure = isHigh ? high : low;
    settings.dynamics.pressureCoupling = 1;
    settings.dynamics.compressibility = 2e-4;
    settings.dynamics.seed = isHigh ? 31 : 32;
    const auto engine = make(fluid(3), settings);
    engine->drawVelocities(temperature, 7);
    engine->advance(10000);
    for (int n = 0; n < 60000; ++n) {
      engine->advance(10);
      volumes[isHigh].push_back(engine->state().box.volume());
    }
  }
  const Estimate slope = logarithmicRatioSlope(volumes[0], volumes[1]);
  const double expected = -(high - low) / kBarPerUnit / (kBoltzmann * temperature);
  EXPECT_LT(slope.error, 0.1 * std::abs(expected));
  EXPECT_NEAR(slope.value, expected, 4 * slope.error);
}

/// The temperature that positions alone tell, <|grad U|^2> / <laplacian U> (Rugh 1997; Butler et al. 1998),
/// is the bath's and the velocities'. The Laplacian is probed along random signs s: s . (F(x - h s) - F(x +
/// h s)) / 2h has it for its mean (Hutchinson 1990). h = 1e-3 nm: an error of h^2 / 6 of fourth derivatives,
/// 1e-3 of a wall of 0.01 nm.
TEST_P(Ensemble, PositionsAndVelocitiesHaveOneTemperature) {
  Settings settings = fluidSettings();
  settings.dynamics.integrator = Integrator::langevinMiddle;
  settings.dynamics.temperature = 150;
  settings.dynamics.seed = 5;
  const auto engine = make(fluid(3), settings), probe = make(fluid(3), settings);
  engine->drawVelocities(150, 7);
  engine->advance(1500);
  std::vector<double> gradients, laplacians, ratios, kinetic;
  for (int n = 0; n < 1200; ++n) {
    engine->advance(8);
    const State state = engine->state();
    State moved[2] = {state, state};
    std::vector<double> signs;
    for (std::size_t m = 0; m < 27; ++m)
      for (int axis = 0; axis < 3; ++axis) {
        const double sign = noise(99, n * 81 + static_cast<int>(signs.size())) < 0.5 ? -1 : 1;
        moved[0].positions[m][axis] -= 1e-3 * sign;
        moved[1].positions[m][axis] += 1e-3 * sign;
        signs.push_back(sign);
      }
    probe->setState(moved[0]);
    const std::vector<Vec3> below = probe->forces();
    probe->setState(moved[1]);
    const std::vector<Vec3> above = probe->forces();
    double laplacian = 0, gradient = 0, speed = 0;
    for (std::size_t m = 0; m < 27; ++m)
      for (int axis = 0; axis < 3; ++axis)
        laplacian += signs[3 * m + static_cast<std::size_t>(axis)] * (below[m][axis] - above[m][axis]) / 2e-3;
    for (const Vec3 force : engine->forces()) gradient += dot(force, force);
    for (const Vec3 v : state.velocities) speed += 39.948 * dot(v, v);
    gradients.push_back(gradient);
    laplacians.push_back(laplacian);
    kinetic.push_back(speed / (81 * kBoltzmann));
  }
  const Estimate g = blockAverage(gradients), l = blockAverage(laplacians), k = blockAverage(kinetic);
  const double configurational = g.value / l.value / kBoltzmann;
  // Both averages rise and fall together; taken as independent the error is too large rather than too small.
  const double error = configurational * std::hypot(g.error / g.value, l.error / l.value);
  EXPECT_LT(error, 6);
  EXPECT_NEAR(configurational, 150, 4 * error);
  EXPECT_LT(k.error, 2);
  EXPECT_NEAR(k.value, 150, 4 * k.error);
}

/// Rigid waters move as wholes and turn with the same temperature, three degrees of freedom each. Stored
/// velocities are the Maxwellian ones of the bath but for (w dt)^2 / 12 of the fastest swaying, w = 0.15 /
/// fs: 0.2 % at 1 fs.
TEST_P(Ensemble, WatersMoveAndTurnAlike) {
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

/// What baths bring in is counted: the conserved energy keeps within the integrator's own wavering, which at
/// 2 fs is below 0.01 kT an atom for argon, while the energy itself wanders by much more. The fast engines
/// count the barostat's work on the potential to first order: what is left, V K e^2 / 2 with e^2 the square
/// of the noise, 2 kT beta 10 dt / (V tau), is K kT beta 10 dt / tau = 0.0025 kJ/mol each of 200 times here
/// (K some 1e4 bar at once): 0.5 kJ/mol, or 0.015 kT an atom more.
TEST_P(Ensemble, ConservedEnergyKnowsWhatBathsBroughtIn) {
  const double kT = kBoltzmann * 150;
  for (const int bath : {0, 1, 2}) {
    Settings settings = fluidSettings();
    settings.nonbonded.cutoff = 0.5;
    settings.nonbonded.switchStart = 0.4;
    settings.dynamics.timeStep = 0.002;
    settings.dynamics.temperature = 150;
    if (bath == 0)
      settings.dynamics.integrator = Integrator::langevinMiddle;
    else
      settings.dynamics.thermostat = Thermostat::velocityRescale;
    if (bath == 2) {
      settings.dynamics.barostat = Barostat::stochasticCellRescale;
      settings.dynamics.pressure = 300;
      settings.dynamics.compressibility = 2e-4;
      settings.dynamics.pressureCoupling = 20;
    }
    const auto engine = make(fluid(3), settings);
    engine->drawVelocities(150, 7);
    const double first = engine->energies().conserved;
    double largest = 0, wandering = 0;
    const double start = engine->energies().potential() + engine->energies().kinetic;
    for (int n = 0; n < 100; ++n) {
      engine->advance(20);
      const Energies energies = engine->energies();
      largest = std::max(largest, std::abs(energies.conserved - first));
      wandering = std::max(wandering, std::abs(energies.potential() + energies.kinetic - start));
    }
    EXPECT_GT(wandering, 8 * kT) << bath;
    EXPECT_LT(largest, (bath == 2 && !isDouble() ? 0.025 : 0.01) * 27 * kT) << bath;
  }
}

AULA_EVERY_ENGINE(Ensemble);
AULA_EVERY_ENGINE_LONG(LongEnsemble);

}  // namespace
}  // namespace aula::test
