// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "backend/molecular_device/device_test.h"
#include "core/io/checkpoint.h"
#include "molecular/model/constants.h"
#include "physics/molecular/systems.h"

/// Steps of the CUDA code, run on the checking device, beside those of the reference: the same random
/// numbers, the same order of things.
///
/// A step's error of a position is that of its displacement: forces are good to 1e-5 and a displacement is
/// about 1e-3 nm, so 1e-8 nm, to which single-precision velocities (6e-8 of 1 nm/ps and 0.001 ps) and
/// constraints (4e-7 of 0.1 nm squared) add as much again; errors of neighbouring steps add up and grow with
/// the chaos of a liquid, tenfold in a few hundred steps. After 30 steps 3e-6 nm are asked for, of moves of
/// about 0.03 nm.
namespace aula::test {
namespace {

using namespace molecular;

constexpr int kSteps = 30;
constexpr double kPositionTolerance = 3e-6;

/// Waters and a few molecules of a carbon with hydrogens around it.
System wetStars() {
  System system = waterBox(4, 11);
  const int stars = 5;
  Topology topology = bareTopology(0);
  topology = {};
  Topology star = bareTopology(4);
  star.masses = {12, 1, 1, 1};
  star.elements = {6, 1, 1, 1};
  star.charges = {-0.3, 0.1, 0.1, 0.1};
  for (int n = 1; n < 4; ++n) {
    star.bonds.push_back({0, n, 0.109, 280000});
    exclude(star, 0, n);
  }
  for (int n = 1; n < 4; ++n) {
    star.angles.push_back({n, 0, n % 3 + 1, 1.9106, 300});
    exclude(star, n, n % 3 + 1);
  }
  joinMolecule(star);
  // The waters' table has types of its own: the star takes that of oxygen, without Lennard-Jones on
  // hydrogens.
  star.typeCount = system.topology.typeCount;
  star.pairs = system.topology.pairs;
  star.typeNames = system.topology.typeNames;
  star.types = {system.topology.types[0], system.topology.types[1], system.topology.types[1],
                system.topology.types[1]};
  append(system.topology, star, stars);
  const Box& box = system.state.box;
  const double place[3][3] = {{0.109, 0, 0}, {-0.0363, 0.1028, 0}, {-0.0363, -0.0514, 0.089}};
  for (int n = 0; n < stars; ++n) {
    // Between lattice places of waters.
    const Vec3 centre{0.5 * box.a.x / 4 + n * box.a.x / 5, 0.13 + 0.01 * n, 0.14};
    system.state.positions.push_back(centre);
    for (const auto& arm : place) system.state.positions.push_back(centre + Vec3{arm[0], arm[1], arm[2]});
  }
  system.state.velocities.clear();
  return system;
}

Settings stepping(Integrator integrator) {
  Settings settings;
  settings.nonbonded.cutoff = 0.6;
  settings.nonbonded.meshSpacing = 0.1;
  settings.dynamics.integrator = integrator;
  settings.dynamics.timeStep = 0.001;
  settings.dynamics.temperatureCoupling = 0.1;
  settings.dynamics.centreOfMassInterval = 8;
  settings.dynamics.seed = 77;
  return settings;
}

/// A start that both share, with bad contacts gone.
System settled(System system, Settings settings) {
  settings.dynamics.thermostat = Thermostat::none;
  settings.dynamics.barostat = Barostat::none;
  const auto engine = makeReferenceEngine(system, settings);
  engine->minimise(500, 60);
  engine->drawVelocities(300, 5);
  system.state = engine->state();
  return system;
}

class DeviceSteps : public DeviceTest {
 protected:
  static void compareSteps(const Settings& settings, const External& external = {}) {
    static const System start = settled(wetStars(), stepping(Integrator::leapFrog));
    const auto reference = makeReferenceEngine(start, settings), device = makeDevice(start, settings);
    reference->setExternal(external);
    device->setExternal(external);
    reference->advance(kSteps);
    device->advance(kSteps);
    const State expected = reference->state(), found = device->state();
    double worst = 0, moved = 0;
    for (std::size_t n = 0; n < expected.positions.size(); ++n) {
      worst = std::max(worst, core::length(expected.box.nearest(found.positions[n] - expected.positions[n])));
      moved = std::max(moved, core::length(expected.positions[n] - start.state.positions[n]));
    }
    EXPECT_LT(worst, kPositionTolerance);
    EXPECT_GT(moved, 0.01);
    EXPECT_NEAR(found.box.a.x, expected.box.a.x, 1e-6);
    const Energies e = reference->energies(), d = device->energies();
    EXPECT_NEAR(d.potential(), e.potential(), 2e-4 * std::abs(e.potential()));
    EXPECT_NEAR(d.kinetic, e.kinetic, 2e-4 * e.kinetic);
    EXPECT_NEAR(d.temperature, e.temperature, 2e-4 * e.temperature);
    // The pressure is the small difference of two large sums, here of some 3000 bar each.
    for (std::size_t row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        EXPECT_NEAR(d.pressure[row][column], e.pressure[row][column], 10) << row << column;
    EXPECT_NEAR(d.conserved, e.conserved, 3e-4 * std::abs(e.potential()));
    EXPECT_EQ(device->recoveries(), 0);
  }
};

TEST_P(DeviceSteps, LeapFrogWithVelocityRescale) {
  compareSteps(stepping(Integrator::leapFrog));
}
TEST_P(DeviceSteps, VelocityVerlet) {
  compareSteps(stepping(Integrator::velocityVerlet));
}
TEST_P(DeviceSteps, LangevinMiddle) {
  compareSteps(stepping(Integrator::langevinMiddle));
}
TEST_P(DeviceSteps, Barostat) {
  for (const Integrator integrator : {Integrator::leapFrog, Integrator::velocityVerlet}) {
    Settings settings = stepping(integrator);
    settings.dynamics.barostat = Barostat::stochasticCellRescale;
    compareSteps(settings);
  }
}
TEST_P(DeviceSteps, HandsFieldsAndHeat) {
  External external;
  external.pulls.push_back({{0, 1, 2}, {0.5, 0.6, 0.7}, 800, 3000});
  external.regions.push_back({{0.6, 0.6, 0.6}, 0.4, 500, 0.05});
  external.electricField = {0.1, 0, 0.05};
  compareSteps(stepping(Integrator::leapFrog), external);
}
/// A file's three decimals leave lengths off by a hundredth: both put them right before the first step.
TEST_P(DeviceSteps, LengthsCutToThreeDecimalsAreMended) {
  System start = settled(wetStars(), stepping(Integrator::leapFrog));
  for (Vec3& p : start.state.positions)
    for (int axis = 0; axis < 3; ++axis) p[axis] = std::round(1000 * p[axis]) / 1000;
  const auto reference = makeReferenceEngine(start, stepping(Integrator::leapFrog)),
             device = makeDevice(start, stepping(Integrator::leapFrog));
  reference->advance(3);
  device->advance(3);
  const State expected = reference->state(), found = device->state();
  for (std::size_t n = 0; n < expected.positions.size(); ++n) {
    const double off = core::length(expected.box.nearest(found.positions[n] - expected.positions[n]));
    // To 1e-5 of a length and of a turn.
    ASSERT_LT(off, 2e-5) << n;
  }
}
TEST_P(DeviceSteps, HydrogenMass) {
  Settings settings = stepping(Integrator::leapFrog);
  settings.dynamics.hydrogenMass = 3;
  compareSteps(settings);
}

std::vector<float> positionsOf(const Engine& engine) {
  std::vector<float> xyz(3 * static_cast<std::size_t>(engine.topology().atomCount()));
  engine.positions(xyz);
  return xyz;
}

/// Across a search (every 20 steps), whose order of sums a restart must find again.
TEST_P(DeviceSteps, RestartHasTheSameBits) {
  for (const Integrator integrator : {Integrator::leapFrog, Integrator::velocityVerlet}) {
    Settings settings = stepping(integrator);
    settings.dynamics.barostat = Barostat::stochasticCellRescale;
    const System start = settled(waterBox(4, 3), stepping(Integrator::leapFrog));
    const auto unbroken = makeDevice(start, settings), first = makeDevice(start, settings),
               second = makeDevice(start, settings);
    unbroken->advance(47);
    first->advance(27);
    core::MemoryCheckpoint kept;
    {
      core::CheckpointWriter writer(kept);
      first->save(writer);
    }
    core::CheckpointReader reader(kept);
    second->load(reader);
    EXPECT_EQ(second->step(), 27);
    second->advance(20);
    EXPECT_EQ(positionsOf(*second), positionsOf(*unbroken));
    EXPECT_EQ(second->energies().conserved, unbroken->energies().conserved);
  }
}

TEST_P(DeviceSteps, AnAtomDraggedHardLeavesNumbers) {
  const System start = settled(waterBox(4, 3), stepping(Integrator::leapFrog));
  const auto engine = makeDevice(start, stepping(Integrator::leapFrog));
  External external;
  // 10 nN towards a neighbour's place.
  external.pulls.push_back({{0}, start.state.positions[3], 1e6, 1e4 * kPiconewton});
  engine->setExternal(external);
  engine->advance(60);
  for (const Vec3& p : engine->state().positions) ASSERT_TRUE(std::isfinite(p.x + p.y + p.z));
  engine->setExternal({});
  engine->advance(60);
  EXPECT_TRUE(std::isfinite(engine->energies().potential()));
  EXPECT_LT(engine->energies().temperature, 5000);
}

/// Atoms in one place have no direction to part in; they must still leave numbers.
TEST_P(DeviceSteps, AtomsInOnePlaceLeaveNumbers) {
  System system = settled(waterBox(4, 3), stepping(Integrator::leapFrog));
  for (int n = 0; n < 3; ++n)
    system.state.positions[static_cast<std::size_t>(3 + n)] =
        system.state.positions[static_cast<std::size_t>(n)];
  const auto engine = makeDevice(system, stepping(Integrator::leapFrog));
  engine->advance(40);
  for (const Vec3& p : engine->state().positions) ASSERT_TRUE(std::isfinite(p.x + p.y + p.z));
  EXPECT_GT(engine->recoveries(), 0);
}

TEST_P(DeviceSteps, MinimiserGoesDownhill) {
  const System start = waterBox(4, 11);
  const auto engine = makeDevice(start, stepping(Integrator::leapFrog));
  const double before = engine->energies().potential();
  const double largest = engine->minimise(200, 40);
  EXPECT_LT(engine->energies().potential(), before);
  EXPECT_LT(largest, 1e5);
}

AULA_EVERY_DEVICE(DeviceSteps);

}  // namespace
}  // namespace aula::test
