// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/io/checkpoint.h"
#include "molecular/model/rigid.h"
#include "molecular/reference/constraints.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// A chain in water with everything at once: constraints kept, the same bits again after a restart, minima
/// found, overlaps mended, mass moved.
namespace aula::test {
namespace {

using namespace molecular;

class Chain : public EngineTest {};

double largestDifference(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  double largest = 0;
  for (std::size_t n = 0; n < a.size(); ++n) largest = std::max(largest, core::length(a[n] - b[n]));
  return largest;
}

/// Four carbons with a hydrogen each, and waters.
System chainInWater() {
  System system = waterBox(4, 21);
  Topology chain = bareTopology(8);
  joinMolecule(chain);
  // C with H on it, four times: chain bonds and hydrogen bonds.
  for (int n = 0; n < 4; ++n) {
    chain.masses[static_cast<std::size_t>(2 * n + 1)] = 1.008;
    chain.elements[static_cast<std::size_t>(2 * n + 1)] = 1;
    chain.bonds.push_back({2 * n, 2 * n + 1, 0.109, 284512});
    if (n > 0) chain.bonds.push_back({2 * n - 2, 2 * n, 0.153, 259408});
    if (n > 0) chain.angles.push_back({2 * n - 2, 2 * n, 2 * n + 1, 1.91, 418});
    if (n > 1) chain.angles.push_back({2 * n - 4, 2 * n - 2, 2 * n, 1.91, 334});
  }
  chain.properDihedrals.push_back({0, 2, 4, 6, 0, 0.65, 3});
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < i; ++j) exclude(chain, i, j);
  chain.typeCount = system.topology.typeCount;
  chain.pairs = system.topology.pairs;
  chain.typeNames = system.topology.typeNames;
  for (std::size_t n = 1; n < 8; n += 2) chain.types[n] = 1;
  // In the middle of the box, in the place of the waters there.
  const Box box = system.state.box;
  const Vec3 middle = 0.5 * (box.a + box.b + box.c);
  std::vector<Vec3> places;
  for (int n = 0; n < 4; ++n) {
    const Vec3 c = middle + Vec3{0.125 * n - 0.19, n % 2 == 0 ? 0.0 : 0.088, 0};
    places.push_back(c);
    places.push_back(c + Vec3{0, 0, 0.109});
  }
  System whole{"chain", chain, {places, {}, box}};
  for (std::size_t n = 0; n < system.state.positions.size(); n += 3) {
    const bool isFar = std::all_of(places.begin(), places.end(), [&](Vec3 place) {
      return core::length(box.nearest(system.state.positions[n] - place)) > 0.27;
    });
    if (!isFar) continue;
    append(whole.topology, waters(1));
    for (std::size_t m = n; m < n + 3; ++m) whole.state.positions.push_back(system.state.positions[m]);
  }
  return whole;
}

Settings chainSettings() {
  Settings settings;
  settings.nonbonded.cutoff = 0.6;
  settings.dynamics.seed = 11;
  settings.dynamics.centreOfMassInterval = 7;
  return settings;
}

/// Lengths are kept to the solver's own promise after every step, for all integrators and both kinds of
/// constraints, and no velocity stretches them where velocities are of the full step.
TEST_P(Chain, KeepsConstraints) {
  const System system = chainInWater();
  for (const Constraints kind : {Constraints::hydrogenBonds, Constraints::allBonds})
    for (const Integrator integrator :
         {Integrator::velocityVerlet, Integrator::leapFrog, Integrator::langevinMiddle}) {
      Settings settings = chainSettings();
      settings.dynamics.constraints = kind;
      settings.dynamics.integrator = integrator;
      settings.dynamics.lincsOrder = 8;
      settings.dynamics.lincsIterations = 4;
      const auto engine = make(system, settings);
      engine->minimise(1000, 200);
      engine->drawVelocities(300, 3);
      engine->advance(50);
      EXPECT_EQ(engine->recoveries(), 0);
      const RigidPlan plan = planRigid(system.topology, settings.dynamics);
      EXPECT_EQ(plan.constraints.size(), kind == Constraints::allBonds ? 7 : 4);
      const reference::ConstraintSolver solver(system.topology, plan);
      const State state = engine->state();
      EXPECT_LT(solver.largestError(state.positions, state.box), either(1e-11, 2e-5));
      if (integrator != Integrator::velocityVerlet) continue;
      for (const Constraint& constraint : plan.constraints) {
        const auto i = static_cast<std::size_t>(constraint.i), j = static_cast<std::size_t>(constraint.j);
        const Vec3 d = state.box.nearest(state.positions[i] - state.positions[j]);
        EXPECT_LT(std::abs(dot(d, state.velocities[i] - state.velocities[j])) / constraint.length,
                  either(1e-10, 1e-3));
      }
    }
}

/// SETTLE and SHAKE find the same positions: the equations have one solution near by, SHAKE stops at 1e-12.
TEST(Settle, FindsWhatShakeFinds) {
  const System system = waterBox(3, 4);
  const RigidPlan plan = planRigid(system.topology, {});
  reference::ConstraintSolver settle(system.topology, plan), shake(system.topology, plan);
  shake.useShakeForSettles();
  for (const double size : {1e-4, 1e-2}) {
    std::vector<Vec3> one = system.state.positions;
    for (std::size_t n = 0; n < one.size(); ++n) one[n] = one[n] + size * noiseVector(2, static_cast<int>(n));
    std::vector<Vec3> two = one;
    const Matrix3 virialOne = settle.constrainPositions(system.state.positions, one, system.state.box);
    const Matrix3 virialTwo = shake.constrainPositions(system.state.positions, two, system.state.box);
    EXPECT_LT(settle.largestError(one, system.state.box), 1e-13);
    EXPECT_LT(largestDifference(one, two), 1e-11 * 0.1);
    for (std::size_t row = 0; row < 3; ++row)
      EXPECT_LT(core::length(virialOne[row] - virialTwo[row]), 1e-9 * core::length(virialOne[row]) + 1e-12);
  }
}

/// A run that was saved and loaded goes on as the unbroken one, to the last bit: every integrator,
/// thermostat, barostat, pulls and heat regions.
TEST_P(Chain, GoesOnBitForBitFromACheckpoint) {
  const System system = chainInWater();
  for (const Integrator integrator :
       {Integrator::velocityVerlet, Integrator::leapFrog, Integrator::langevinMiddle}) {
    Settings settings = chainSettings();
    settings.dynamics.integrator = integrator;
    settings.dynamics.barostat = Barostat::stochasticCellRescale;
    const auto engine = make(system, settings);
    engine->drawVelocities(300, 3);
    External external;
    external.pulls = {{{0, 2}, {0.1, 0.2, 0.3}, 500, 300}, {{5}, {1, 1, 1}, 200, 100}};
    external.regions = {{{0.5, 0.5, 0.5}, 0.4, 350, 0.1}};
    external.electricField = {0.1, 0, 0.2};
    engine->setExternal(external);
    engine->advance(17);
    core::MemoryCheckpoint saved;
    core::CheckpointWriter writer(saved);
    engine->save(writer);
    engine->advance(24);
    const auto other = make(system, settings);
    core::CheckpointReader reader(saved);
    other->load(reader);
    EXPECT_EQ(other->step(), 17);
    other->advance(24);
    const State one = engine->state(), two = other->state();
    EXPECT_EQ(one.positions, two.positions);
    EXPECT_EQ(one.velocities, two.velocities);
    EXPECT_EQ(one.box, two.box);
    EXPECT_EQ(engine->energies().conserved, other->energies().conserved);
    EXPECT_EQ(engine->pullForces(), other->pullForces());
    // And an engine made afresh from the same seed walks the same way.
    const auto again = make(system, settings);
    again->drawVelocities(300, 3);
    again->setExternal(external);
    again->advance(41);
    EXPECT_EQ(again->state().positions, one.positions);
  }
}

/// Downhill until forces are small, constraints and velocities as they were.
TEST_P(Chain, MinimisesDownToTheForceAskedFor) {
  const System system = chainInWater();
  const Settings settings = chainSettings();
  const auto engine = make(system, settings);
  engine->drawVelocities(300, 3);
  const State before = engine->state();
  const double energy = engine->energies().potential();
  const double largest = engine->minimise(100, 1000);
  EXPECT_LT(largest, 100);
  EXPECT_LT(engine->energies().potential(), energy);
  EXPECT_EQ(engine->step(), 0);
  EXPECT_LT(largestDifference(engine->state().velocities, before.velocities), either(1e-15, 1e-6));
  const RigidPlan plan = planRigid(system.topology, settings.dynamics);
  const State after = engine->state();
  EXPECT_LT(reference::ConstraintSolver(system.topology, plan).largestError(after.positions, after.box),
            either(1e-11, 2e-5));
}

/// Atoms thrown on top of each other, dragged with 10 nN: the run goes on, finite, and counts what it mended.
TEST_P(Chain, RecoversFromOverlaps) {
  System system = chainInWater();
  const Settings settings = chainSettings();
  const auto engine = make(system, settings);
  engine->minimise(1000, 100);
  engine->drawVelocities(300, 3);
  State state = engine->state();
  // A water's oxygen put 0.02 nm from another's: forces of 1e13 kJ/mol/nm and more.
  const Vec3 move = state.positions[11] + Vec3{0.02, 0, 0} - state.positions[8];
  for (std::size_t n = 8; n < 11; ++n) state.positions[n] = state.positions[n] + move;
  engine->setState(state);
  engine->advance(100);
  EXPECT_GT(engine->recoveries(), 0);
  External external;
  external.pulls = {{{0}, {5, 5, 5}, 1e6, 6022}};
  engine->setExternal(external);
  engine->advance(100);
  const State after = engine->state();
  for (std::size_t n = 0; n < after.positions.size(); ++n)
    EXPECT_TRUE(std::isfinite(core::length(after.positions[n]) + core::length(after.velocities[n])));
  const RigidPlan plan = planRigid(system.topology, settings.dynamics);
  EXPECT_LT(reference::ConstraintSolver(system.topology, plan).largestError(after.positions, after.box),
            1e-3);
}

/// Hydrogens made heavier and their heavy atoms lighter: the sum stays, and the total momentum knows it.
TEST_P(Chain, RepartitionsMass) {
  const System system = chainInWater();
  Settings settings = chainSettings();
  settings.dynamics.hydrogenMass = 3;
  settings.dynamics.thermostat = Thermostat::none;
  const RigidPlan plan = planRigid(system.topology, settings.dynamics);
  EXPECT_NEAR(plan.masses[1], 3, 1e-12);
  EXPECT_NEAR(plan.masses[0], 12 + 1.008 - 3, 1e-12);
  EXPECT_EQ(plan.masses[9], system.topology.masses[9]);  // Water is left alone.
  // Free fall in a field: a single charge on the chain; acceleration of the centre of mass is F / M.
  const auto engine = make(system, settings);
  engine->drawVelocities(300, 3);
  Vec3 momentum;
  const State state = engine->state();
  double size = 0;
  for (std::size_t n = 0; n < plan.masses.size(); ++n) {
    momentum = momentum + plan.masses[n] * state.velocities[n];
    size += plan.masses[n] * core::length(state.velocities[n]);
  }
  EXPECT_LT(core::length(momentum), either(1e-12, 1e-5) * size);
}

AULA_EVERY_ENGINE(Chain);

}  // namespace
}  // namespace aula::test
