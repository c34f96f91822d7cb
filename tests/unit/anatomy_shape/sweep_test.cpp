// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "anatomy/shape/solid.h"

namespace aula::anatomy {
namespace {

TEST(Sweep, StraightWithEqualCirclesIsACapsule) {
  const Solid solid = sweep({{{0, 0, 0}, 0.1, 0.1}, {{0, 0, 0.5}, 0.1, 0.1}, {{0, 0, 1}, 0.1, 0.1}});
  const Solid capsule = roundCone({0, 0, 0}, {0, 0, 1}, 0.1, 0.1);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> d(-0.4, 0.4);
  // The foot on the curve is found to 1e-8 m.
  for (int i = 0; i < 500; ++i) {
    const Vec3 p{d(random), d(random), 0.5 + 2 * d(random)};
    EXPECT_NEAR(solid.distance(p), capsule.distance(p), 1e-7);
  }
}

TEST(Sweep, SectionIsTheEllipseAsked) {
  const Solid solid = sweep({{{0, 0, 0}, 0.2, 0.05, {0, 1, 0}}, {{1, 0, 0}, 0.2, 0.05, {0, 1, 0.3}}});
  EXPECT_NEAR(solid.distance({0, 0.2, 0}), 0, 1e-7);
  EXPECT_NEAR(solid.distance({0, 0, 0.15}), 0.1, 1e-7);
  const Vec3 across = normalised(Vec3{0, 1, 0.3});
  EXPECT_NEAR(solid.distance(Vec3{1, 0, 0} + 0.3 * across), 0.1, 1e-7);
}

TEST(Sweep, PassesThroughEverySection) {
  const std::vector<Section> sections{{{0, 0, 0}, 0.03, 0.02},
                                      {{0.1, 0.05, 0}, 0.05, 0.02},
                                      {{0.2, 0, 0.1}, 0.02, 0.02},
                                      {{0.3, 0.1, 0.1}, 0.03, 0.01}};
  const Solid solid = sweep(sections);
  // On the curve the distance is minus the smaller semi-axis (a slope of the sides makes it less).
  for (const Section& s : sections) {
    EXPECT_LE(solid.distance(s.centre), -std::min(s.a, s.b) / std::hypot(1, 1));
    EXPECT_GE(solid.distance(s.centre), -std::min(s.a, s.b) - 1e-7);
  }
}

TEST(Sweep, CircleOfPointsIsNearlyATorus) {
  // A Catmull-Rom curve through 24 points of a quarter turn's four leaves the circle by far less than 1e-4 of
  // the radius.
  std::vector<Section> sections;
  for (int i = 0; i <= 24; ++i) {
    const double angle = i * std::numbers::pi / 24;
    sections.push_back({{std::cos(angle), std::sin(angle), 0}, 0.2, 0.2, {0, 0, 1}});
  }
  const Solid solid = sweep(sections), whole = torus({0, 0, 0}, {0, 0, 1}, 1, 0.2);
  for (int i = 2; i < 22; ++i) {
    const double angle = (i + 0.37) * std::numbers::pi / 24;
    for (const double radius : {0.85, 1.0, 1.3})
      for (const double z : {-0.1, 0.15}) {
        const Vec3 p{radius * std::cos(angle), radius * std::sin(angle), z};
        EXPECT_NEAR(solid.distance(p), whole.distance(p), 1e-4);
      }
  }
}

TEST(Sweep, ExponentFourIsNearlyABox) {
  const Solid solid = sweep({{{0, 0, 0}, 0.2, 0.1, {1, 0, 0}, 4}, {{0, 0, 1}, 0.2, 0.1, {1, 0, 0}, 4}});
  // On |x/a|^4 + |y/b|^4 = 1; chords of the outline are within 1e-4 of it.
  for (const double x : {0.0, 0.05, 0.1, 0.15, 0.19}) {
    const double y = 0.1 * std::pow(1 - std::pow(x / 0.2, 4), 0.25);
    EXPECT_NEAR(solid.distance({x, y, 0.5}), 0, 1e-4);
    EXPECT_NEAR(solid.distance({-x, -y, 0.5}), 0, 1e-4);
  }
  EXPECT_NEAR(solid.distance({0, 0, 0.5}), -0.1, 1e-4);
  EXPECT_NEAR(solid.distance({0.25, 0, 0.5}), 0.05, 1e-4);
}

TEST(Sweep, TapersToAPoint) {
  const Solid solid = sweep({{{0, 0, 0}, 0, 0}, {{0, 0, 0.1}, 0.02, 0.02}, {{0, 0, 0.2}, 0, 0}});
  EXPECT_NEAR(solid.distance({0, 0, -0.05}), 0.05, 1e-5);
  EXPECT_LT(solid.distance({0, 0, 0.1}), -0.015);
}

TEST(Sweep, DistanceChangesNoFasterThanItSays) {
  const Solid solid = sweep({{{0, 0, 0}, 0.02, 0.02, {0, 1, 0}},
                             {{0.1, 0.03, 0}, 0.03, 0.012, {0, 1, 0}},
                             {{0.2, 0, 0}, 0.012, 0.012, {0, 1, 0.5}},
                             {{0.3, 0.02, 0.02}, 0.02, 0.015, {0, 1, 1}}});
  std::mt19937 random(9);
  std::uniform_real_distribution<double> d(-1, 1);
  // Near it: far away, beyond centres of curvature, the foot jumps from one part of the curve to another,
  // where both are equally far.
  for (int i = 0; i < 20000; ++i) {
    const Vec3 p{0.15 + 0.2 * d(random), 0.05 * d(random), 0.05 * d(random)};
    const Vec3 q = p + 0.002 * Vec3{d(random), d(random), d(random)};
    if (std::abs(solid.distance(p)) > 0.02) continue;
    EXPECT_LE(std::abs(solid.distance(p) - solid.distance(q)), solid.stretch() * length(p - q) + 1e-7);
  }
}

}  // namespace
}  // namespace aula::anatomy
