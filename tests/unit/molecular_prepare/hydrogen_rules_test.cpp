// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/hydrogen_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/units/constants.h"

using namespace aula;
using molecular::Vec3;

namespace {

double degrees(double radians) {
  return radians * 180 / core::kPi;
}

double angle(Vec3 a, Vec3 centre, Vec3 b) {
  return degrees(std::acos(
      std::clamp(core::dot(core::normalised(a - centre), core::normalised(b - centre)), -1.0, 1.0)));
}

/// IUPAC: 0 in cis, positive clockwise when looked at along the middle bond.
double dihedral(Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
  const Vec3 n1 = core::cross(b - a, c - b), n2 = core::cross(c - b, d - c);
  return degrees(std::atan2(core::dot(core::cross(n1, n2), core::normalised(c - b)), core::dot(n1, n2)));
}

const std::vector<Vec3> kControls{
    {0.1, 0.2, 0.3}, {0.22, 0.15, 0.33}, {0.28, 0.27, 0.30}, {0.02, 0.11, 0.35}};

std::vector<Vec3> place(int rule, int count) {
  int waters = 0;
  std::vector<Vec3> controls(kControls.begin(), kControls.begin() + molecular::controlCount(rule));
  return molecular::placeByRule(rule, count, controls, waters);
}

// Rounding of a few operations on numbers near 1.
constexpr double kTight = 1e-9;
constexpr double kTetrahedral = 109.47122063449069;

TEST(HydrogenRules, EveryHydrogenLiesATenthOfANanometreAway) {
  for (const int rule : {1, 2, 3, 4, 5, 6})
    for (const Vec3 h : place(rule, molecular::addedCount(rule)))
      EXPECT_NEAR(core::length(h - kControls[0]), 0.1, kTight) << "rule " << rule;
}

TEST(HydrogenRules, PlanarLiesInThePlaneOnTheFarSide) {
  const Vec3 h = place(1, 1)[0];
  const Vec3 normal = core::cross(kControls[1] - kControls[0], kControls[2] - kControls[0]);
  EXPECT_NEAR(core::dot(h - kControls[0], core::normalised(normal)), 0, kTight);
  EXPECT_NEAR(angle(h, kControls[0], kControls[1]), angle(h, kControls[0], kControls[2]), 1e-6);
  EXPECT_GT(angle(h, kControls[0], kControls[1]), 90);
}

TEST(HydrogenRules, HydroxylIsTetrahedralAndTrans) {
  const Vec3 h = place(2, 1)[0];
  EXPECT_NEAR(angle(h, kControls[0], kControls[1]), kTetrahedral, 1e-6);
  EXPECT_NEAR(std::abs(dihedral(h, kControls[0], kControls[1], kControls[2])), 180, 1e-5);
}

TEST(HydrogenRules, AmideHasOneCisAndOneTrans) {
  const std::vector<Vec3> h = place(3, 2);
  EXPECT_NEAR(dihedral(h[0], kControls[0], kControls[1], kControls[2]), 0, 1e-5);
  EXPECT_NEAR(std::abs(dihedral(h[1], kControls[0], kControls[1], kControls[2])), 180, 1e-5);
  EXPECT_NEAR(angle(h[0], kControls[0], h[1]), 120, 1e-6);
}

TEST(HydrogenRules, MethylIsTurnedByThirds) {
  const std::vector<Vec3> h = place(4, 3);
  const double first = dihedral(h[0], kControls[0], kControls[1], kControls[2]);
  EXPECT_NEAR(std::abs(first), 180, 1e-5);
  EXPECT_NEAR(dihedral(h[1], kControls[0], kControls[1], kControls[2]), -60, 1e-5);
  EXPECT_NEAR(dihedral(h[2], kControls[0], kControls[1], kControls[2]), 60, 1e-5);
  EXPECT_NEAR(angle(h[1], kControls[0], h[2]), kTetrahedral, 1e-5);
}

TEST(HydrogenRules, MethylenesStandAcross) {
  const std::vector<Vec3> h = place(6, 2);
  EXPECT_NEAR(angle(h[0], kControls[0], h[1]), kTetrahedral, 1e-6);
  // Both are mirror images in the plane of i, j and k, as far as that bisects.
  const Vec3 normal = core::normalised(core::cross(kControls[0] - kControls[1], kControls[0] - kControls[2]));
  EXPECT_NEAR(core::dot(h[0] - kControls[0], normal), -core::dot(h[1] - kControls[0], normal), kTight);
  EXPECT_GT(core::dot(h[0] - kControls[0], normal), 0);
}

TEST(HydrogenRules, CarboxylsHaveTheirLengths) {
  const std::vector<Vec3> two = place(8, 2), acid = place(9, 3);
  for (const Vec3 o : two) {
    EXPECT_NEAR(core::length(o - kControls[0]), 0.136, kTight);
    EXPECT_NEAR(angle(o, kControls[0], kControls[1]), 117, 1e-6);
  }
  EXPECT_NEAR(core::length(acid[0] - kControls[0]), 0.123, kTight);
  EXPECT_NEAR(core::length(acid[1] - kControls[0]), 0.125, kTight);
  EXPECT_NEAR(angle(acid[1], kControls[0], kControls[1]), 115, 1e-6);
  EXPECT_NEAR(core::length(acid[2] - acid[1]), 0.1, kTight);
  EXPECT_NEAR(angle(acid[2], acid[1], kControls[0]), kTetrahedral, 1e-6);
}

TEST(HydrogenRules, WatersTurnSixWays) {
  int waters = 0;
  std::vector<std::vector<Vec3>> seen;
  for (int k = 0; k < 7; ++k) {
    seen.push_back(molecular::placeByRule(7, 2, {{0, 0, 0}}, waters));
    // The file's figures have five digits.
    EXPECT_NEAR(core::length(seen.back()[0]), 0.1, 1e-6);
    EXPECT_NEAR(angle(seen.back()[0], {}, seen.back()[1]), kTetrahedral, 1e-3);
  }
  EXPECT_EQ(seen[6], seen[0]);
  for (std::size_t a = 0; a < 6; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_NE(seen[a], seen[b]);
  EXPECT_EQ(molecular::placeByRule(11, 4, {{1, 2, 3}}, waters)[3], (Vec3{1, 2, 3}));
}

TEST(HydrogenRules, InternalCoordinatesComeBack) {
  for (const double turn : {-150.0, -60.0, 0.0, 30.0, 90.0, 179.0}) {
    const Vec3 at = molecular::placeByInternal(kControls[0], kControls[1], kControls[2], 0.153, 1.9,
                                               turn * core::kPi / 180);
    EXPECT_NEAR(core::length(at - kControls[0]), 0.153, kTight);
    EXPECT_NEAR(angle(at, kControls[0], kControls[1]), degrees(1.9), 1e-6);
    EXPECT_NEAR(dihedral(at, kControls[0], kControls[1], kControls[2]), turn, 1e-6);
  }
}

}  // namespace
