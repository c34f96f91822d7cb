// SPDX-License-Identifier: Apache-2.0
#include "anatomy/shape/solid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "core/error.h"

namespace aula::anatomy {
namespace {

/// Closed forms and the code differ by rounding only: coordinates of about 1 m, double precision, a few tens
/// of operations.
constexpr double kRounding = 1e-12;

Vec3 randomPoint(std::mt19937& random, double size) {
  std::uniform_real_distribution<double> d(-size, size);
  const double x = d(random), y = d(random);
  return {x, y, d(random)};
}

/// The distance never exceeds the true one by more than stretch() says, nor does it change faster: along any
/// way between two points. What rounding adds is far below 1e-9 of it.
void expectSlowChange(const Solid& solid, double size) {
  std::mt19937 random(7);
  for (int i = 0; i < 4000; ++i) {
    const Vec3 p = randomPoint(random, size), q = p + 0.02 * randomPoint(random, size);
    EXPECT_LE(std::abs(solid.distance(p) - solid.distance(q)),
              solid.stretch() * length(p - q) * (1 + 1e-9) + kRounding);
  }
}

TEST(Ball, DistanceIsThatFromTheCentreLessTheRadius) {
  const Solid solid = ball({0.1, 0.2, 0.3}, 0.05);
  EXPECT_NEAR(solid.distance({0.1, 0.2, 0.3}), -0.05, kRounding);
  EXPECT_NEAR(solid.distance({0.1, 0.2, 0.4}), 0.05, kRounding);
  EXPECT_EQ(solid.bounds().lower, (Vec3{0.05, 0.15000000000000002, 0.25}));
}

TEST(Ellipsoid, DistanceAlongTheNormalOfAnyOfItsPoints) {
  const double angle = 0.4;
  const scene::Transform frame{
      {std::cos(angle), std::sin(angle), 0}, {-std::sin(angle), std::cos(angle), 0}, {0, 0, 1}, {}};
  const Vec3 r{0.5, 0.2, 0.1}, centre{0.3, -0.1, 0.2};
  const Solid solid = ellipsoid(centre, r, frame);
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    const Vec3 n = normalised(randomPoint(random, 1));
    // The point with normal n is r² n / |r n|; outside, and inside nearer than the smallest radius of
    // curvature r_min²/r_max, that is the foot of all points on its normal.
    const Vec3 rn{r.x * n.x, r.y * n.y, r.z * n.z};
    const Vec3 foot = Vec3{r.x * rn.x, r.y * rn.y, r.z * rn.z} / length(rn);
    for (const double d : {-0.015, 0.0, 0.01, 0.3})
      EXPECT_NEAR(solid.distance(centre + frame.vector(foot + d * n)), d, 1e-9);
  }
  // Points on a plane of symmetry are taken 1e-7 of the semi-axis beside it.
  EXPECT_NEAR(solid.distance(centre), -0.1, 1e-7 * 0.5);
  expectSlowChange(solid, 0.8);
}

TEST(RoundCone, IsACapsuleWithEqualRadii) {
  const Solid solid = roundCone({0, 0, 0}, {0, 0, 1}, 0.1, 0.1);
  EXPECT_NEAR(solid.distance({0.3, 0, 0.5}), 0.2, kRounding);
  EXPECT_NEAR(solid.distance({0, 0, 1.5}), 0.4, kRounding);
  EXPECT_NEAR(solid.distance({0, 0.05, 0.5}), -0.05, kRounding);
}

TEST(RoundCone, ItsSideIsTheCommonTangent) {
  // Radii 0.4 and 0.1 a length 0.5 apart: the tangent's normal has sine 0.6, cosine 0.8.
  const Solid solid = roundCone({0, 0, 0}, {0, 0, 0.5}, 0.4, 0.1);
  const Vec3 normal{0.8, 0, 0.6};
  for (const double share : {0.0, 0.3, 1.0}) {
    const Vec3 onSide = Vec3{0, 0, 0.5 * share} + (0.4 - 0.3 * share) * normal;
    EXPECT_NEAR(solid.distance(onSide), 0, kRounding);
    EXPECT_NEAR(solid.distance(onSide + 0.07 * normal), 0.07, kRounding);
  }
  EXPECT_NEAR(solid.distance({0, 0, -0.5}), 0.1, kRounding);
  expectSlowChange(solid, 1);
  // The larger ball holds the smaller one.
  EXPECT_NEAR(roundCone({0, 0, 0}, {0, 0, 0.1}, 0.4, 0.1).distance({0, 0, 0.5}), 0.1, kRounding);
}

TEST(RoundBox, FacesEdgesAndCorners) {
  const Solid solid = roundBox({0, 0, 0}, {0.3, 0.2, 0.1}, 0.05);
  EXPECT_NEAR(solid.distance({0.4, 0, 0}), 0.1, kRounding);
  EXPECT_NEAR(solid.distance({0, 0, 0}), -0.1, kRounding);
  EXPECT_NEAR(solid.distance({0.25 + 0.3, 0.15 + 0.4, 0}), 0.5 - 0.05, kRounding);
  EXPECT_NEAR(solid.distance({0.25 + 0.2, 0.15 + 0.2, 0.05 + 0.1}), 0.3 - 0.05, kRounding);
}

TEST(RoundCylinder, SideFaceAndRim) {
  const Solid solid = roundCylinder({0, 0, 0}, {0, 0, 0.2}, 0.1, 0.02);
  EXPECT_NEAR(solid.distance({0.15, 0, 0.1}), 0.05, kRounding);
  EXPECT_NEAR(solid.distance({0, 0, 0.3}), 0.1, kRounding);
  EXPECT_NEAR(solid.distance({0.08 + 0.03, 0, 0.18 + 0.04}), 0.05 - 0.02, kRounding);
}

TEST(Torus, DistanceFromItsCircle) {
  const Solid solid = torus({0, 0, 0}, {0, 0, 2}, 0.3, 0.1);
  EXPECT_NEAR(solid.distance({0.3, 0, 0.2}), 0.1, kRounding);
  EXPECT_NEAR(solid.distance({0, 0, 0}), 0.2, kRounding);
}

TEST(United, BlendFollowsTheFormulaAndLeavesTheRestAlone) {
  const Solid a = ball({0, 0, 0}, 0.1), b = ball({0.3, 0, 0}, 0.1);
  const double k = 0.05;
  const Solid both = united(a, b, k);
  // Where both are equally far away the smooth minimum is k/4 lower.
  EXPECT_NEAR(both.distance({0.15, 0, 0}), 0.05 - k / 4, kRounding);
  EXPECT_DOUBLE_EQ(both.distance({-0.2, 0, 0}), a.distance({-0.2, 0, 0}));
  EXPECT_DOUBLE_EQ(united(a, b).distance({0.15, 0, 0}), a.distance({0.15, 0, 0}));
  expectSlowChange(both, 0.5);
}

TEST(Without, AndCommonAndBelowCut) {
  const Solid a = ball({0, 0, 0}, 0.2), b = ball({0.2, 0, 0}, 0.1);
  EXPECT_NEAR(without(a, b).distance({0.15, 0, 0}), 0.05, kRounding);
  EXPECT_NEAR(without(a, b).distance({-0.3, 0, 0}), 0.1, kRounding);
  EXPECT_NEAR(common(a, b).distance({0, 0, 0}), 0.1, kRounding);
  EXPECT_NEAR(below(a, {0, 0, 2}, 0.1).distance({0, 0, 0.1}), 0.05, kRounding);
  EXPECT_LT(below(a, {0, 0, 1}, 0.1).distance({0, 0, 0}), 0);
  // Where both surfaces meet, a blend takes off k/4.
  EXPECT_NEAR(common(a, a, 0.04).distance({0.2, 0, 0}), 0.01, kRounding);
}

TEST(Grown, MovesTheSurfaceOutwards) {
  EXPECT_NEAR(grown(ball({0, 0, 0}, 0.1), 0.02).distance({0.2, 0, 0}), 0.08, kRounding);
}

TEST(Placed, TurnsMovesAndMirrors) {
  const Solid box = roundBox({0.5, 0, 0}, {0.3, 0.2, 0.1}, 0);
  const scene::Transform turn{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}, {1, 2, 3}};
  EXPECT_NEAR(placed(box, turn).distance(turn.point({0.9, 0, 0})), 0.1, kRounding);
  const scene::Transform mirror{{-1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {}};
  EXPECT_NEAR(placed(box, mirror).distance({-0.9, 0, 0}), 0.1, kRounding);
  EXPECT_NEAR(placed(box, mirror).bounds().lower.x, -0.8, kRounding);
}

/// What is pruned for a box has exactly the same distances in it.
TEST(Form, WithinABoxNothingChanges) {
  std::vector<Solid> parts;
  std::mt19937 random(11);
  for (int i = 0; i < 40; ++i) parts.push_back(ball(randomPoint(random, 0.5), 0.05));
  parts.push_back(ellipsoid({0, 0, 0}, {0.3, 0.1, 0.05}));
  parts.push_back(
      sweep({{{-0.5, 0, 0}, 0.05, 0.02}, {{0, 0.2, 0}, 0.08, 0.03}, {{0.5, 0, 0.3}, 0.03, 0.03}}));
  const scene::Transform turn{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}, {0.1, 0.2, 0}};
  const Solid whole =
      below(without(placed(grown(united(parts, 0.04), 0.003), turn), ball({0.1, 0, 0}, 0.12), 0.02),
            {0, 0, 1}, 0.3, 0.01);
  int pruned = 0;
  for (int i = 0; i < 60; ++i) {
    scene::Bounds box;
    box.add(randomPoint(random, 0.5));
    box = box.grown(0.04);
    const auto less = whole.form()->within(box);
    if (!less) continue;
    ++pruned;
    for (int j = 0; j < 50; ++j) {
      const Vec3 p = box.centre() + 0.08 * randomPoint(random, 0.5);
      EXPECT_EQ(less->distance(p), whole.distance(p));
    }
  }
  EXPECT_GT(pruned, 50);
}

TEST(Solid, RefusesSizesThatAreNone) {
  const auto messageOf = [](const auto& make) -> std::string {
    try {
      (void)make();
    } catch (const core::Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(messageOf([] { return ball({}, -1); }),
            "A solid cannot be made: a ball's radius is -1.000000 m; it must be positive.");
  EXPECT_EQ(messageOf([] { return united(std::vector<Solid>{}); }),
            "Nothing cannot be united: a solid of no parts was asked for.");
  EXPECT_EQ(messageOf([] { return below(ball({}, 1), {}, 0); }),
            "A solid cannot be cut by a plane whose normal has no length.");
  EXPECT_EQ(messageOf([] {
              return sweep({Section{{}, 1, 1}});
            }),
            "A sweep cannot be made: it has 1 sections; two or more are needed.");
  EXPECT_EQ(messageOf([] {
              return sweep({Section{{}, 1, 1}, Section{{}, 1, 1}});
            }),
            "A sweep cannot be made: sections 0 and 1 lie at one place.");
  EXPECT_THAT(messageOf([] {
                return sweep({Section{{}, 1, 1}, Section{{1, 0, 0}, -1, 1}});
              }),
              testing::HasSubstr("section 1 has semi-axes -1.000000"));
}

}  // namespace
}  // namespace aula::anatomy
