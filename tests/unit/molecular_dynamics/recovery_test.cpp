// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "molecular/model/constants.h"
#include "molecular/model/random.h"
#include "unit/molecular_dynamics/rigs.h"

namespace aula::test {
namespace {

using namespace molecular;

Settings livelySettings(Integrator integrator) {
  Settings settings = smoothSettings(0.45);
  settings.dynamics.integrator = integrator;
  settings.dynamics.thermostat = Thermostat::velocityRescale;
  settings.dynamics.constraints = Constraints::hydrogenBonds;
  settings.dynamics.timeStep = 0.002;
  return settings;
}

/// No position or velocity that is not a number, nothing faster than a step may reach, bonds as long as they
/// should be within a factor.
void expectSane(const cpu::CpuEngine& engine) {
  for (const Vec3 v : engine.state().velocities) ASSERT_LT(length(v), 100);
  for (const Vec3 x : engine.state().positions) ASSERT_LT(length(x), 1e3);
}

class Recovery : public ::testing::TestWithParam<Integrator> {};

TEST_P(Recovery, AtomsThatLieOnEachOtherComeApart) {
  System system = chains(19, 3, rectangularBox(3, 3, 3));
  system = relaxed(system);
  // A whole molecule put onto another, so that two atoms are in the same place, to the bit; two others
  // almost, and with their bonds torn to several times their lengths.
  std::vector<Vec3>& x = system.state.positions;
  const Vec3 shift = x[3] - x[22];
  for (std::size_t n = 19; n < 38; ++n) x[n] = x[n] + shift;
  x[22] = x[3];
  x[40] = x[6] + Vec3{1e-5, 0, 0};
  const auto engine = makeRig(system, livelySettings(GetParam()));
  engine->advance(1000);
  expectSane(*engine);
  EXPECT_GT(engine->recoveries(), 0);
  // Recovered: steps are ordinary again, and heat has gone.
  const std::int64_t before = engine->recoveries();
  engine->advance(200);
  EXPECT_EQ(engine->recoveries(), before);
  EXPECT_LT(engine->energies().temperature, 600);
  EXPECT_LT(engine->largestConstraintError(), 1e-3);
}

TEST_P(Recovery, PullingAnAtomAtTenNanonewtons) {
  const System system = chains(19, 3, rectangularBox(3, 3, 3));
  const auto engine = makeRig(system, livelySettings(GetParam()));
  engine->drawVelocities(300, 1);
  External external;
  // Away from its chain, 5 nm off, through whatever lies there.
  external.pulls.push_back({{7}, {1.5, 6, 1.5}, 1e5, 6022});
  engine->setExternal(external);
  ASSERT_EQ(engine->pullForces().size(), 1U);
  EXPECT_NEAR(length(engine->pullForces().front()), 6022, 1);
  for (int n = 0; n < 20; ++n) {
    engine->advance(50);
    expectSane(*engine);
  }
  engine->setExternal({});
  engine->advance(1000);
  const std::int64_t before = engine->recoveries();
  engine->advance(200);
  EXPECT_EQ(engine->recoveries(), before);
  EXPECT_LT(engine->energies().temperature, 600);
}

/// A hand that drags any atom anywhere, as hard as it likes, two at a time.
TEST_P(Recovery, FiveHundredRandomDrags) {
  const System system = chains(19, 3, rectangularBox(3, 3, 3));
  const auto engine = makeRig(system, livelySettings(GetParam()));
  engine->drawVelocities(300, 1);
  RandomStream random(17, 0, 0, RandomPurpose::preparation);
  for (int drag = 0; drag < 500; ++drag) {
    External external;
    for (int hand = 0; hand < 2; ++hand) {
      Pull pull;
      pull.atoms = {static_cast<int>(57 * random.uniform())};
      pull.target = {6 * random.uniform() - 1.5, 6 * random.uniform() - 1.5, 6 * random.uniform() - 1.5};
      pull.stiffness = std::pow(10.0, 2 + 6 * random.uniform());
      pull.largestForce = std::pow(10.0, 2 + 6 * random.uniform());
      external.pulls.push_back(pull);
    }
    // Every tenth drags one atom onto another.
    if (drag % 10 == 0)
      external.pulls.front().target =
          engine->state().positions[static_cast<std::size_t>(external.pulls.back().atoms.front())];
    engine->setExternal(external);
    engine->advance(10);
    ASSERT_NO_FATAL_FAILURE(expectSane(*engine)) << "drag " << drag;
  }
  EXPECT_GT(engine->recoveries(), 0) << "the drags were too gentle to say anything";
  engine->setExternal({});
  engine->advance(2000);
  const std::int64_t before = engine->recoveries();
  engine->advance(200);
  EXPECT_EQ(engine->recoveries(), before);
  EXPECT_LT(engine->energies().temperature, 600);
  EXPECT_LT(engine->largestConstraintError(), 1e-3);
}

/// Forces that are no numbers, from wherever.
TEST_P(Recovery, ForcesThatAreNoNumbers) {
  class Broken final : public cpu::Nonbonded {
   public:
    void addForces(std::int64_t step, const Box&, std::span<const cpu::Float3> positions,
                   std::span<cpu::Float3> forces) override {
      for (const cpu::Float3& p : positions)
        ASSERT_TRUE(std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z));
      if (step > 300) return;
      if (step % 7 == 3) forces[4].x = std::numeric_limits<float>::quiet_NaN();
      if (step % 11 == 3) forces[9].z = std::numeric_limits<float>::infinity();
      if (step % 13 == 3) forces[11].y = -1e30F;
    }
    cpu::NonbondedEnergies addForcesAndEnergies(std::int64_t step, const Box& box,
                                                std::span<const cpu::Float3> positions,
                                                std::span<cpu::Float3> forces) override {
      addForces(step, box, positions, forces);
      return {};
    }
    void invalidate() override {}
    void save(core::CheckpointWriter&) const override {}
    void load(core::CheckpointReader&) override {}
    [[nodiscard]] const cpu::NonbondedTimes& times() const override { return times_; }
    [[nodiscard]] double bytes() const override { return 0; }
    [[nodiscard]] std::string description() const override { return "broken"; }

   private:
    cpu::NonbondedTimes times_;
  };
  const System system = chains(19, 3, rectangularBox(3, 3, 3));
  cpu::CpuEngine engine(system, livelySettings(GetParam()), {1, nullptr}, std::make_unique<Broken>());
  engine.drawVelocities(300, 1);
  engine.advance(300);
  expectSane(engine);
  EXPECT_GT(engine.recoveries(), 40);
  engine.advance(1000);
  EXPECT_LT(engine.energies().temperature, 600);
}

INSTANTIATE_TEST_SUITE_P(, Recovery,
                         ::testing::Values(Integrator::leapFrog, Integrator::velocityVerlet,
                                           Integrator::langevinMiddle),
                         [](const auto& tested) {
                           return std::string(tested.param == Integrator::leapFrog ? "LeapFrog"
                                              : tested.param == Integrator::velocityVerlet
                                                  ? "VelocityVerlet"
                                                  : "LangevinMiddle");
                         });

}  // namespace
}  // namespace aula::test
