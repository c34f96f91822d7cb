// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "anatomy/muscle/dynamics.h"
#include "anatomy/muscle/instruments.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

template <class Action>
std::string messageOf(const Action& action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "nothing was wrong";
}

LimbDynamics liftingArm() {
  LimbDynamics arm(upperLimb());
  arm.poseShoulder({0, 0.3, 0.1, 0});
  arm.place(0.4);
  arm.load(1.5);
  arm.excite(arm.indexOf("brachialis"), 0.4);
  arm.advance(0.1);
  return arm;
}

TEST(LimbState, RestoredArmsGoOnBitForBit) {
  LimbDynamics arm = liftingArm();
  const std::vector<double> saved = arm.state();
  LimbDynamics other(upperLimb());
  other.restore(saved);
  EXPECT_EQ(other.state(), saved);
  arm.advance(0.3);
  other.advance(0.3);
  EXPECT_EQ(other.state(), arm.state());
  EXPECT_EQ(other.energy().error(), arm.energy().error());
}

TEST(LimbState, TheSameRunGivesTheSameNumbers) {
  EXPECT_EQ(liftingArm().state(), liftingArm().state());
}

TEST(LimbState, RefusesStatesThatDoNotFit) {
  LimbDynamics arm(upperLimb());
  EXPECT_THAT(messageOf([&] { arm.restore({1, 2, 3}); }), testing::HasSubstr("a saved arm has 3 numbers"));
  std::vector<double> saved = arm.state();
  saved[1] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(messageOf([&] { arm.restore(saved); }), testing::HasSubstr("not finite"));
  saved[1] = 0.5;
  saved[4] = 7;
  EXPECT_THAT(messageOf([&] { arm.restore(saved); }), testing::HasSubstr("hold is 0, 1 or 2, found 7"));
}

TEST(LimbDynamics, RefusesWhatItCannotDo) {
  LimbSettings coarse;
  coarse.step = 0.01;
  EXPECT_THAT(messageOf([&] { LimbDynamics(upperLimb(), coarse); }),
              testing::HasSubstr("found 0.010000 s, allowed is"));
  LimbDynamics arm(upperLimb());
  EXPECT_THAT(
      messageOf([&] { (void)arm.indexOf("deltoid"); }),
      testing::HasSubstr("no muscle of the elbow is called \"deltoid\"; there are biceps_brachii_long_head"));
  EXPECT_THAT(messageOf([&] { arm.load(-1); }),
              testing::HasSubstr("found -1.000000 kg, allowed is 0 to 30 kg"));
  EXPECT_THAT(messageOf([&] { arm.load(std::nan("")); }), testing::HasSubstr("allowed is 0 to 30 kg"));
  arm.place(0.5, 5000);  // An elbow that flies through its stop.
  EXPECT_THAT(messageOf([&] { arm.advance(0.1); }), testing::HasSubstr("hit the joint's stop too fast"));
}

TEST(LimbDynamics, HasAMuscleForEveryOneThatCrossesTheElbow) {
  LimbDynamics arm(upperLimb());
  EXPECT_EQ(arm.muscles().size(), 12U);
  for (std::size_t n = 0; n < arm.muscles().size(); ++n) EXPECT_EQ(arm.indexOf(arm.muscles()[n]), n);
  arm.excite(0, 5);
  EXPECT_EQ(arm.muscle(0).excitation, 1);
  arm.relax();
  EXPECT_EQ(arm.muscle(0).excitation, 0);
}

TEST(LimbDynamics, SettleGoesToFullForceAtOnce) {
  LimbDynamics arm(upperLimb());
  arm.place(1.2);
  arm.clamp();
  const std::size_t brachialis = arm.indexOf("brachialis");
  arm.excite(brachialis, 1);
  EXPECT_LT(arm.muscle(brachialis).moment.tension, 20);
  arm.settle();
  EXPECT_GT(arm.muscle(brachialis).moment.tension, 700);
  EXPECT_NEAR(arm.energy().error(), 0, 1e-9);  // what was put in is told as coming from outside
}

TEST(LimbDynamics, PosingAndLoadingKeepTheAccount) {
  LimbDynamics arm = liftingArm();
  const double before = arm.energy().error();
  arm.load(6);
  arm.poseShoulder({0, 0.9, 0, 0});
  EXPECT_NEAR(arm.energy().error(), before, 1e-9);
  EXPECT_EQ(arm.loaded(), 6);
  EXPECT_EQ(arm.pose().shoulderFlexion, 0.9);
}

TEST(Instruments, FlexorsAndExtensorsAreTold) {
  const auto does_ = [](const char* id, Action action) {
    return does(upperLimb(), *upperLimb().find(id), action);
  };
  EXPECT_TRUE(does_("brachialis", Action::flexion));
  EXPECT_FALSE(does_("brachialis", Action::extension));
  EXPECT_TRUE(does_("triceps_brachii_long_head", Action::extension));
  EXPECT_FALSE(does_("extensor_digitorum", Action::flexion));
  EXPECT_FALSE(does_("extensor_digitorum", Action::extension));
  EXPECT_FALSE(does_("deltoid", Action::flexion));
}

}  // namespace
}  // namespace aula::anatomy
