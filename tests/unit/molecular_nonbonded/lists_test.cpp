// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "molecular/cpu/list_buffer.h"
#include "molecular/model/constants.h"
#include "physics/molecular/systems.h"
#include "unit/molecular_nonbonded/compare.h"

/// What lists promise: the same bits for every number of threads and after a restart, and few pairs missed.
namespace aula::test {
namespace {

using namespace molecular;
using cpu::Float3;

Settings waterSettings() {
  Settings settings;
  settings.nonbonded.cutoff = 0.8;
  return settings;
}

/// Water whose atoms fly freely at 300 K: at `step`, from the start.
class FlyingWater {
 public:
  explicit FlyingWater(int perSide) : system(waterBox(perSide, 11)) {
    for (std::size_t n = 0; n < system.state.positions.size(); ++n) {
      // Twelve even numbers make a Gaussian one, near enough.
      Vec3 velocity;
      for (int k = 0; k < 4; ++k)
        velocity = velocity + noiseVector(static_cast<std::uint64_t>(100 + k), static_cast<int>(n));
      // Molecules move as wholes: the first atom's velocity, of 18 u.
      const double width = std::sqrt(kBoltzmann * 300 / 18.0) / std::sqrt(4.0 / 3);
      velocities_.push_back(n % 3 == 0 ? width * velocity : velocities_[n - n % 3]);
    }
  }
  [[nodiscard]] std::vector<Float3> at(std::int64_t step) const {
    std::vector<Vec3> moved = system.state.positions;
    for (std::size_t n = 0; n < moved.size(); ++n)
      moved[n] = moved[n] + (0.002 * static_cast<double>(step)) * velocities_[n];
    return inSingle(moved);
  }
  System system;

 private:
  std::vector<Vec3> velocities_;
};

std::vector<Float3> forcesAt(cpu::Nonbonded& nonbonded, const FlyingWater& water, std::int64_t step) {
  const std::vector<Float3> positions = water.at(step);
  std::vector<Float3> forces(positions.size(), {0, 0, 0});
  if (step % 7 == 0)
    static_cast<void>(nonbonded.addForcesAndEnergies(step, water.system.state.box, positions, forces));
  else
    nonbonded.addForces(step, water.system.state.box, positions, forces);
  return forces;
}

bool areEqual(const std::vector<Float3>& a, const std::vector<Float3>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Float3)) == 0;
}

TEST(NonbondedLists, EveryNumberOfThreadsGivesTheSameBits) {
  const FlyingWater water(9);
  const Box box = water.system.state.box;
  for (const char* set : instructionSets()) {
    SCOPED_TRACE(set);
    std::vector<std::vector<Float3>> expected;
    for (const int threads : {1, 2, 3, 8}) {
      SCOPED_TRACE(threads);
      Tuning tuning;
      tuning.threads = threads;
      tuning.instructionSet = set;
      const auto nonbonded = cpu::makeNonbonded(water.system.topology, waterSettings(), box, tuning);
      for (std::size_t step = 0; step < 70; step += 10) {
        const std::vector<Float3> forces = forcesAt(*nonbonded, water, static_cast<std::int64_t>(step));
        if (threads == 1)
          expected.push_back(forces);
        else
          EXPECT_TRUE(areEqual(forces, expected[step / 10])) << "step " << step;
      }
    }
  }
}

TEST(NonbondedLists, ARestartGoesOnWithTheSameBits) {
  const FlyingWater water(9);
  const Box box = water.system.state.box;
  Tuning tuning;
  tuning.threads = 1;
  const auto unbroken = cpu::makeNonbonded(water.system.topology, waterSettings(), box, tuning);
  core::MemoryCheckpoint memory;
  constexpr std::int64_t kBreak = 23, kEnd = 90;
  std::vector<std::vector<Float3>> expected;
  for (std::int64_t step = 0; step < kEnd; ++step) {
    const std::vector<Float3> forces = forcesAt(*unbroken, water, step);
    if (step == kBreak) {
      core::CheckpointWriter writer(memory);
      unbroken->save(writer);
    }
    if (step > kBreak) expected.push_back(forces);
  }
  const auto restarted = cpu::makeNonbonded(water.system.topology, waterSettings(), box, tuning);
  core::CheckpointReader reader(memory);
  restarted->load(reader);
  for (std::int64_t step = kBreak + 1; step < kEnd; ++step)
    EXPECT_TRUE(
        areEqual(forcesAt(*restarted, water, step), expected[static_cast<std::size_t>(step - kBreak - 1)]))
        << "step " << step;
  EXPECT_EQ(restarted->times().searches, unbroken->times().searches);
}

/// Forces from an aged list beside those from a new one, up to the end of its life: the pairs that are missed
/// are few and at the cut-off, where a pair's force is below 0.02 kJ/mol/nm beside a root mean square of
/// 1000.
TEST(NonbondedLists, OldListsMissLittle) {
  const FlyingWater water(9);
  const Box box = water.system.state.box;
  const auto aged = cpu::makeNonbonded(water.system.topology, waterSettings(), box, {});
  for (std::int64_t step = 0; step < 60; ++step) {
    const std::vector<Float3> old = forcesAt(*aged, water, step);
    if (step % 6 != 5) continue;
    const auto fresh = cpu::makeNonbonded(water.system.topology, waterSettings(), box, {});
    EXPECT_LT(relativeError(inDouble(old), inDouble(forcesAt(*fresh, water, step))), 2e-5) << "step " << step;
  }
  EXPECT_LT(aged->times().searches, 6);
}

TEST(NonbondedLists, AnAtomThatIsDraggedFarMakesANewList) {
  FlyingWater water(9);
  const Box box = water.system.state.box;
  const auto nonbonded = cpu::makeNonbonded(water.system.topology, waterSettings(), box, {});
  static_cast<void>(forcesAt(*nonbonded, water, 0));
  for (std::size_t n = 0; n < 3; ++n)
    water.system.state.positions[n] = water.system.state.positions[n] + Vec3{0.6, 0.9, 0.3};
  const std::vector<Float3> dragged = forcesAt(*nonbonded, water, 1);
  const auto fresh = cpu::makeNonbonded(water.system.topology, waterSettings(), box, {});
  EXPECT_TRUE(areEqual(dragged, forcesAt(*fresh, water, 1)));
  EXPECT_EQ(nonbonded->times().searches, 2);
}

TEST(NonbondedLists, ShorterLivesNeedShorterBuffers) {
  const FlyingWater water(9);
  Settings settings = waterSettings();
  const cpu::ListPlan usual = cpu::planLists(water.system.topology, settings, water.system.state.box);
  EXPECT_GE(usual.innerRadius, 0.8);
  EXPECT_GT(usual.outerRadius, usual.innerRadius);
  EXPECT_LT(usual.outerRadius, 1.05);
  settings.nonbonded.bufferTolerance = 1e-5;
  const cpu::ListPlan tight = cpu::planLists(water.system.topology, settings, water.system.state.box);
  // A longer reach, a shorter life, or both.
  EXPECT_GT((tight.outerRadius - 0.8) / tight.outerLife, (usual.outerRadius - 0.8) / usual.outerLife);
}

std::string messageOf(const Topology& topology, const Settings& settings, const Box& box,
                      const Tuning& tuning = {}) {
  try {
    static_cast<void>(cpu::makeNonbonded(topology, settings, box, tuning));
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

TEST(NonbondedLists, WhatCannotBeIsSaid) {
  const Topology topology = chargedMixture(64);
  Settings settings;
  EXPECT_NE(messageOf(topology, settings, rectangularBox(1.9, 3, 3)).find("half the smallest height"),
            std::string::npos);
  EXPECT_NE(messageOf(topology, settings, Box{}).find("periodic"), std::string::npos);
  Tuning tuning;
  tuning.instructionSet = "abacus";
  EXPECT_NE(messageOf(topology, settings, rectangularBox(3, 3, 3), tuning).find("abacus"), std::string::npos);
  settings.nonbonded.ewaldTolerance = 1e-9;
  EXPECT_NE(messageOf(topology, settings, rectangularBox(3, 3, 3)).find("ewaldTolerance"), std::string::npos);
  settings = {};
  settings.nonbonded.electrostatics = Electrostatics::plain;
  EXPECT_NE(messageOf(topology, settings, rectangularBox(3, 3, 3)).find("vacuum"), std::string::npos);
}

}  // namespace
}  // namespace aula::test
