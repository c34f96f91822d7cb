// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

#include "anatomy/model/assets.h"
#include "anatomy/muscle/limb.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

std::string file() {
  return std::string(asset("upper_limb/mechanics.json"));
}

/// The arm's file with one piece changed.
std::string with(const std::string& from, const std::string& to) {
  std::string text = file();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string messageOf(const std::string& text) {
  try {
    (void)parseLimb(text, "arm.json");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "nothing was wrong";
}

TEST(LimbReader, ReadsTheArm) {
  const LimbModel& limb = upperLimb();
  EXPECT_EQ(limb.muscles.size(), 13U);
  EXPECT_EQ(limb.helpers.size(), 1U);
  EXPECT_EQ(limb.find("nobody"), nullptr);
  const MuscleSpec* brachialis = limb.find("brachialis");
  ASSERT_NE(brachialis, nullptr);
  EXPECT_DOUBLE_EQ(brachialis->maximumForce, 987.3);
  EXPECT_DOUBLE_EQ(brachialis->optimalLength, 0.0858);
  EXPECT_DOUBLE_EQ(brachialis->volume, 144e-6);
  EXPECT_FALSE(limb.find("deltoid")->isElbow);
  EXPECT_NEAR(limb.flexionLimit[1], 130 * kDegree, 1e-12);
  EXPECT_NEAR(core::length(limb.elbowAxis), 1, 1e-15);
  EXPECT_STREQ(nameOf(Body::forearm), "forearm");
}

TEST(LimbReader, EveryMuscleOfTheAtlasIsThere) {
  for (const char* id : {"deltoid", "biceps_brachii_long_head", "biceps_brachii_short_head", "brachialis",
                         "brachioradialis", "triceps_brachii_long_head", "triceps_brachii_lateral_head",
                         "triceps_brachii_medial_head", "pronator_teres", "flexor_carpi_radialis",
                         "extensor_carpi_radialis_longus", "extensor_digitorum", "extensor_carpi_ulnaris"})
    EXPECT_NE(upperLimb().find(id), nullptr) << id;
}

TEST(LimbReader, NamesThePlaceOfWhatIsWrong) {
  const struct {
    std::string text, message;
  } cases[] = {
      {"{", "arm.json: not JSON"},
      {"[]", "arm.json, file: an object is needed, found array"},
      {"{}", "arm.json, file: \"bodies\" is missing"},
      {with("\"mass_kg\": 1.534", "\"mass_kg\": -1"),
       "file.bodies.forearm.mass_kg: found -1, allowed is 0.0 to 50.0"},
      {with("\"mass_kg\": 1.534", "\"mass_kg\": \"heavy\""), "mass_kg: a number is needed, found \"heavy\""},
      {with("\"centre_mm\": [-12.3, 6.1, -290.4]", "\"centre_mm\": [1, 2]"),
       "centre_mm: three numbers are needed, found 2"},
      {with("\"axis\": [0.9981, 0.0494, 0.0366]", "\"axis\": [0, 0, 0]"), "a direction is needed"},
      {with("\"side\": [0, -1, 0.1]", "\"sied\": [0, -1, 0.1]"),
       "file.surfaces.elbow_back: \"sied\" is not known here, allowed are kind, on, centre_mm"},
      {with("\"kind\": \"cylinder\"", "\"kind\": \"torus\""),
       R"(kind: found "torus", allowed are "cylinder", "ellipsoid")"},
      {with("\"side\": [0, -1, 0.1]", "\"side\": [1, 0, 0]"), "side: it points along the axis"},
      {with("\"over\": \"humeral_head\"", "\"over\": \"moon\""),
       "file.muscles[1].path[1].over: no surface is called \"moon\""},
      {with("\"on\": \"trunk\"", "\"on\": \"tail\""),
       R"(on: found "tail", allowed are "trunk", "humerus", "forearm")"},
      {with("\"id\": \"brachialis\"", "\"id\": \"deltoid\""), "muscles[3].id: \"deltoid\" stands twice"},
      {with("\"follows\": \"triceps_brachii_medial_head\"", "\"follows\": \"nobody\""),
       "helpers[0].follows: no muscle is called \"nobody\""},
      {with("\"crosses_elbow\": false", "\"crosses_elbow\": 0"),
       "crosses_elbow: true or false is needed, found 0"},
      {with("\"source\": \"stands still: its mass does not matter\"", "\"source\": \"\""),
       "a source is needed"},
      {with("{\"on\": \"humerus\", \"at_mm\": [14, 1, -134], \"what\": \"deltoid tuberosity\"}",
            "{\"over\": \"deltoid_bed\"}"),
       "muscles[0].path[2]: a surface lies between two points, one at most"},
  };
  for (const auto& [text, message] : cases) EXPECT_THAT(messageOf(text), testing::HasSubstr(message));
}

/// A point that comes at 60 degrees 10 mm off the way would make the muscle longer at once.
TEST(LimbReader, RefusesPathsThatJump) {
  const std::string before = R"({"on": "forearm", "at_mm": [-13, 9.5, -314.5])";
  const std::string point =
      R"({"on": "humerus", "at_mm": [-8, 40, -260], "what": "x", "angles_deg": [60, 360]}, )";
  EXPECT_THAT(messageOf(with(before, point + before)),
              testing::HasSubstr("muscles[3]: point 1 makes the length jump by"));
  // Origin and insertion always hold.
  EXPECT_THAT(messageOf(with(R"("what": "deltoid tuberosity")", R"("what": "x", "angles_deg": [0, 20])")),
              testing::HasSubstr("origin and insertion hold at every angle"));
}

/// A conditional point that lies on the way where it comes is taken from there on.
TEST(LimbReader, TakesConditionalPointsThatDoNotJump) {
  LimbModel limb = upperLimb();
  MuscleSpec muscle;
  muscle.path = {{Body::humerus, {0, 0.02, -0.20}, -10, 10}, {Body::forearm, {0, 0.03, -0.34}, -10, 10}};
  Pose at;
  at.elbowFlexion = 60 * kDegree;
  const Vec3 insertion = placesOf(limb, at)[2].point(muscle.path[1].place);
  PathPoint half{Body::humerus, 0.5 * (muscle.path[0].place + insertion), -10, at.elbowFlexion};
  muscle.path.insert(muscle.path.begin() + 1, half);
  Pose below = at, above = at;
  below.elbowFlexion -= 1e-9;
  above.elbowFlexion += 1e-9;
  EXPECT_NEAR(measurePath(limb, muscle, below).length, measurePath(limb, muscle, above).length, 1e-9);
  EXPECT_EQ(pathOf(limb, muscle, below).points.size(), 3U);
  EXPECT_EQ(pathOf(limb, muscle, above).points.size(), 2U);
}

TEST(LimbPlaces, PosesTurnAboutTheRightAxes) {
  const LimbModel& limb = upperLimb();
  const Vec3 hand = limb.handCentre;
  EXPECT_EQ(placesOf(limb, {})[2].point(hand).x, hand.x);
  EXPECT_GT(placesOf(limb, {90 * kDegree, 0, 0, 0})[2].point(hand).y, 0.25);  // the hand comes forwards
  EXPECT_GT(placesOf(limb, {0, 90 * kDegree, 0, 0})[1].point(hand).y, 0.5);   // and the whole arm
  EXPECT_GT(placesOf(limb, {0, 0, 90 * kDegree, 0})[1].point(hand).x, 0.5);   // away from the trunk
  const Vec3 inwards = placesOf(limb, {90 * kDegree, 0, 0, 90 * kDegree})[2].point(hand);
  EXPECT_LT(inwards.x, -0.2);                                        // the bent forearm before the belly
  EXPECT_EQ(placesOf(limb, {1, 1, 1, 1})[0].point(hand).y, hand.y);  // the trunk stands
  // Bodies are rigid, and the elbow holds together.
  const auto places = placesOf(limb, {1.1, 0.3, 0.7, -0.2});
  EXPECT_NEAR(core::length(places[1].point(limb.elbowCentre) - places[2].point(limb.elbowCentre)), 0, 1e-15);
  EXPECT_NEAR(core::length(places[2].point(hand) - places[2].point(limb.elbowCentre)),
              core::length(hand - limb.elbowCentre), 1e-15);
}

}  // namespace
}  // namespace aula::anatomy
