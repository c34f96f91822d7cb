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

/// Thermostats and the barostat sample the ensembles they claim: a dense fluid, whose distributions are known
/// by their ratios.
///
/// Bounds are statistical: five standard errors (four where an error itself is estimated from a dozen
/// stretches), so that a right engine fails once in a million with a new seed; seeds are fixed, so that it
/// fails always or never. Each test also asks that the error is small enough to tell a wrong ensemble.
namespace aula::test {
namespace {

using namespace molecular;

class Ensemble : public EngineTest {};
class LongEnsemble : public EngineTest {};

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
