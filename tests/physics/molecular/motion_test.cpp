// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// What integrators owe: order, reversibility, conservation.
namespace aula::test {
namespace {

using namespace molecular;

class Motion : public EngineTest {};

/// Charges in a box whose forces are smooth: Lennard-Jones switched off, Coulomb by a reaction field that is
/// flat at the cut-off.
System smallBox(Settings& settings) {
  System system{"mixture", chargedMixture(64), {}};
  system.state.box = rectangularBox(1.9, 2.0, 2.1);
  system.state.positions = jitteredLattice(system.state.box, 4, 0.05, 3);
  // A liquid rather than a salt that condenses.
  for (double& charge : system.topology.charges) charge *= 0.3;
  settings = plainSettings();
  settings.nonbonded.cutoff = 0.9;
  settings.nonbonded.switchStart = 0.5;
  settings.nonbonded.vdwModifier = VdwModifier::potentialSwitch;
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.reactionFieldPermittivity = 0;
  return system;
}

double largestDifference(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  double largest = 0;
  for (std::size_t n = 0; n < a.size(); ++n) largest = std::max(largest, core::length(a[n] - b[n]));
  return largest;
}

/// Where atoms are after 0.02 ps with steps of dt, dt/2 and dt/4: differences fall by 4 each time. The pair
/// potentials have jumps in their third derivatives (switch) or second (reaction field), which a few pairs
/// meet: 10 % are allowed for them.
TEST_P(Motion, IsOfSecondOrder) {
  if (!isDouble()) GTEST_SKIP() << "differences of 1e-6 nm drown in single precision";
  for (const Integrator integrator :
       {Integrator::velocityVerlet, Integrator::leapFrog, Integrator::langevinMiddle}) {
    Settings settings;
    System system = smallBox(settings);
    const auto start = make(system, settings);
    start->drawVelocities(300, 5);
    const std::vector<Vec3> velocities = start->state().velocities, forces = start->forces();
    std::vector<std::vector<Vec3>> ends;
    for (const int split : {1, 2, 4}) {
      settings.dynamics.integrator = integrator;
      settings.dynamics.temperatureCoupling = 1e30;  // No friction, no noise.
      settings.dynamics.timeStep = 0.002 / split;
      system.state.velocities = velocities;
      // Velocities of the half step before: v(-1/2) = v(0) - dt/2 a(0) + O(dt^2).
      if (integrator != Integrator::velocityVerlet)
        for (std::size_t n = 0; n < forces.size(); ++n)
          system.state.velocities[n] =
              velocities[n] - (0.5 * settings.dynamics.timeStep / system.topology.masses[n]) * forces[n];
      const auto engine = make(system, settings);
      engine->advance(10 * split);
      ends.push_back(engine->state().positions);
    }
    const double ratio = largestDifference(ends[0], ends[1]) / largestDifference(ends[1], ends[2]);
    EXPECT_NEAR(ratio, 4, 0.4) << static_cast<int>(integrator);
  }
}

/// Velocities turned round lead back to where it began. Trajectories of this liquid part by a factor e in
/// some 0.3 ps, so that after 2 times 0.1 ps rounding (1e-16 nm a step, 100 steps) has grown to about 1e-13;
/// with constraints, to SHAKE's tolerance of 1e-12 a step.
TEST_P(Motion, RunsBackwards) {
  if (!isDouble()) GTEST_SKIP() << "rounding to single precision is no reversible map";
  for (const bool hasWater : {false, true}) {
    Settings settings;
    System system = smallBox(settings);
    if (hasWater) system = waterBox(4, 8);
    settings.nonbonded.cutoff = 0.6;
    settings.dynamics.timeStep = 0.001;
    const auto engine = make(system, settings);
    engine->minimise(2000, 100);
    engine->drawVelocities(300, 5);
    const State before = engine->state();
    engine->advance(100);
    State turned = engine->state();
    EXPECT_GT(largestDifference(turned.positions, before.positions), 0.01);
    for (Vec3& velocity : turned.velocities) velocity = -velocity;
    engine->setState(turned);
    engine->advance(100);
    EXPECT_LT(largestDifference(engine->state().positions, before.positions), hasWater ? 1e-8 : 1e-11);
  }
}

/// Pair forces are equal and opposite: the sum of momenta keeps to rounding, u N |p| a step.
TEST_P(Motion, KeepsMomentum) {
  Settings settings;
  const System system = smallBox(settings);
  const auto engine = make(system, settings);
  engine->drawVelocities(300, 5);
  engine->advance(200);
  Vec3 momentum;
  double size = 0;
  const State state = engine->state();
  for (std::size_t n = 0; n < state.velocities.size(); ++n) {
    momentum = momentum + system.topology.masses[n] * state.velocities[n];
    size += system.topology.masses[n] * core::length(state.velocities[n]);
  }
  EXPECT_LT(core::length(momentum), either(1e-12, 1e-5) * size);
}

/// The energy of velocity Verlet wavers by something of order dt^2 and stays where it is: half the step, a
/// quarter of the wavering. Of kT N the drift over 0.4 ps is asked to be below the wavering of the long step.
TEST_P(Motion, KeepsEnergy) {
  Settings settings;
  const System system = smallBox(settings);
  double wavering[2];
  for (const int split : {1, 2}) {
    settings.dynamics.timeStep = 0.002 / split;
    const auto engine = make(system, settings);
    engine->drawVelocities(300, 5);
    const double first = engine->energies().conserved;
    double sum = 0, largest = 0;
    for (int n = 0; n < 100; ++n) {
      engine->advance(2 * split);
      const double off = engine->energies().conserved - first;
      sum += off * off;
      largest = std::max(largest, std::abs(off));
    }
    wavering[split - 1] = std::sqrt(sum / 100);
    EXPECT_LT(largest, 64 * 1.5 * kBoltzmann * 300 * 0.01);
  }
  if (isDouble()) {
    EXPECT_NEAR(wavering[0] / wavering[1], 4, 1);
  }
}

/// A neutral system with drift loses it in the step that the interval names, and only then.
TEST_P(Motion, RemovesDrift) {
  Settings settings;
  System system = smallBox(settings);
  settings.dynamics.centreOfMassInterval = 5;
  system.state.velocities.assign(64, {1, 2, 3});
  const auto engine = make(system, settings);
  const auto drift = [&] {
    Vec3 momentum;
    double mass = 0;
    const State state = engine->state();
    for (std::size_t n = 0; n < 64; ++n) {
      momentum = momentum + system.topology.masses[n] * state.velocities[n];
      mass += system.topology.masses[n];
    }
    return momentum / mass;
  };
  engine->advance(4);
  EXPECT_LT(core::length(drift() - Vec3{1, 2, 3}), either(1e-12, 1e-5));
  engine->advance(1);
  EXPECT_LT(core::length(drift()), either(1e-12, 1e-5));
}

AULA_EVERY_ENGINE(Motion);

}  // namespace
}  // namespace aula::test
