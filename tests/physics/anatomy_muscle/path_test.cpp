// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "anatomy/muscle/limb.h"
#include "anatomy/muscle/wrap.h"

namespace aula::anatomy {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

std::vector<MuscleSpec> allMuscles() {
  std::vector<MuscleSpec> all = upperLimb().muscles;
  all.insert(all.end(), upperLimb().helpers.begin(), upperLimb().helpers.end());
  return all;
}

/// Shoulders in which the elbow is looked at.
std::vector<Pose> shoulders() {
  return {
      {}, {0, 60 * kDegree, 0, 0}, {0, 0, 60 * kDegree, 0}, {0, 30 * kDegree, 20 * kDegree, 30 * kDegree}};
}

double peakMomentArm(const std::string& id) {
  const MuscleSpec* muscle = upperLimb().find(id);
  EXPECT_NE(muscle, nullptr) << id;
  double peak = 0;
  for (Pose pose; pose.elbowFlexion <= 130 * kDegree; pose.elbowFlexion += kDegree)
    peak = std::max(peak, std::abs(measurePath(upperLimb(), *muscle, pose).momentArm));
  return peak;
}

TEST(Paths, PeakMomentArmsAreThePublishedOnes) {
  // Murray, Buchanan, Delp 2000, means of ten arms; 15 % is about their standard deviation.
  const std::map<std::string, double> published{{"biceps_brachii_long_head", 0.047},
                                                {"biceps_brachii_short_head", 0.047},
                                                {"brachialis", 0.026},
                                                {"brachioradialis", 0.077},
                                                {"triceps_brachii_long_head", 0.023},
                                                {"triceps_brachii_lateral_head", 0.023},
                                                {"triceps_brachii_medial_head", 0.023}};
  for (const auto& [id, arm] : published) EXPECT_NEAR(peakMomentArm(id), arm, 0.15 * arm) << id;
}

TEST(Paths, FlexorsPullForwardsAndExtensorsBack) {
  for (const char* id :
       {"biceps_brachii_long_head", "biceps_brachii_short_head", "brachialis", "brachioradialis",
        "pronator_teres", "flexor_carpi_radialis", "extensor_carpi_radialis_longus"})
    for (Pose pose; pose.elbowFlexion <= 130 * kDegree; pose.elbowFlexion += 5 * kDegree)
      EXPECT_GT(measurePath(upperLimb(), *upperLimb().find(id), pose).momentArm, 0) << id;
  for (const char* id :
       {"triceps_brachii_long_head", "triceps_brachii_lateral_head", "triceps_brachii_medial_head"})
    for (Pose pose; pose.elbowFlexion <= 130 * kDegree; pose.elbowFlexion += 5 * kDegree)
      EXPECT_LT(measurePath(upperLimb(), *upperLimb().find(id), pose).momentArm, 0) << id;
  EXPECT_EQ(peakMomentArm("deltoid"), 0);
}

/// Statics (forces of the string about the axis) against geometry (how its length changes).
TEST(Paths, MomentArmIsMinusTheDerivativeOfTheLength) {
  for (const Pose& shoulder : shoulders())
    for (const MuscleSpec& muscle : allMuscles())
      for (double degrees = 0.37; degrees < 130; degrees += 1) {
        Pose pose = shoulder;
        const double h = 1e-4;
        pose.elbowFlexion = degrees * kDegree + h;
        const double more = measurePath(upperLimb(), muscle, pose).length;
        pose.elbowFlexion = degrees * kDegree - h;
        const double less = measurePath(upperLimb(), muscle, pose).length;
        pose.elbowFlexion = degrees * kDegree;
        // Asked for: 1e-4. Central differences of a smooth path are good to h^2 r = 1e-9 m; where a surface
        // is just met, the second derivative jumps by at most about (path's reach)^2 / radius, 0.1 m, and the
        // difference is off by h / 4 of that: 3e-6 m.
        EXPECT_NEAR(measurePath(upperLimb(), muscle, pose).momentArm, -(more - less) / (2 * h), 3e-6)
            << muscle.id << " at " << degrees << " degrees";
      }
}

TEST(Paths, NeverJump) {
  for (const Pose& shoulder : shoulders())
    for (const MuscleSpec& muscle : allMuscles()) {
      Pose pose = shoulder;
      pose.elbowFlexion = -10 * kDegree;
      PathMeasure before = measurePath(upperLimb(), muscle, pose);
      const double step = 0.05 * kDegree;
      for (int n = 0; n < 3000; ++n) {
        pose.elbowFlexion += step;
        const PathMeasure now = measurePath(upperLimb(), muscle, pose);
        // No path is moved faster than the farthest point from the axis, 0.25 m, times the angle; and its
        // moment arm changes at most by (reach)^2 / radius per radian, 0.1 m.
        ASSERT_LE(std::abs(now.length - before.length), 0.25 * step)
            << muscle.id << pose.elbowFlexion / kDegree;
        ASSERT_LE(std::abs(now.momentArm - before.momentArm), 0.2 * step)
            << muscle.id << pose.elbowFlexion / kDegree;
        before = now;
      }
    }
}

TEST(Paths, ShoulderPosesMoveThemSmoothly) {
  for (const MuscleSpec& muscle : allMuscles()) {
    if (muscle.path.front().body != Body::trunk) continue;
    for (int abduction = -10; abduction <= 120; abduction += 26)
      for (int rotation = -60; rotation <= 60; rotation += 40) {
        double before = 0;
        for (int flexion = -60; flexion <= 170; ++flexion) {
          const Pose pose{0.5, flexion * kDegree, abduction * kDegree, rotation * kDegree};
          const double now = measurePath(upperLimb(), muscle, pose).length;
          // No point that the shoulder turns against the trunk lies farther than 0.14 m from its centre.
          if (flexion > -60) {
            ASSERT_LE(std::abs(now - before), 0.14 * kDegree)
                << muscle.id << " at " << flexion << " " << abduction << " " << rotation;
          }
          before = now;
        }
      }
  }
}

TEST(Paths, DrawnPiecesAreAsLongAsSaid) {
  for (const MuscleSpec& muscle : allMuscles())
    for (const double degrees : {0.0, 45.0, 90.0, 125.0}) {
      Pose pose;
      pose.elbowFlexion = degrees * kDegree;
      const MusclePath path = pathOf(upperLimb(), muscle, pose);
      double sum = 0;
      for (std::size_t n = 1; n < path.points.size(); ++n)
        sum += core::length(path.points[n] - path.points[n - 1]);
      // Chords of at most 4 degrees are shorter than their arcs by 4^2 / 24 in radians: 2e-4 of the arc.
      EXPECT_LE(sum, path.length * (1 + 1e-12));
      EXPECT_NEAR(sum, path.length, 2.1e-4 * path.length) << muscle.id;
    }
}

TEST(Paths, StayOutsideTheirSurfaces) {
  for (const MuscleSpec& muscle : allMuscles())
    for (double degrees = 0; degrees <= 130; degrees += 2) {
      Pose pose;
      pose.elbowFlexion = degrees * kDegree;
      const auto places = placesOf(upperLimb(), pose);
      for (std::size_t w = 0; w < muscle.wraps.size(); ++w) {
        WrapSurface surface = upperLimb().surfaces[muscle.wraps[w]];
        const scene::Transform& place = places[static_cast<std::size_t>(surface.body)];
        surface.centre = place.point(surface.centre);
        surface.axis = place.vector(surface.axis);
        // Chords dip into the surface by r (1 - cos 2 degrees).
        for (const Vec3& p : pathOf(upperLimb(), muscle, pose).points)
          EXPECT_GT(distanceOutside(surface, p), -1e-9) << muscle.id << " at " << degrees;
      }
    }
}

}  // namespace
}  // namespace aula::anatomy
