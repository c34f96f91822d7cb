// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/shape.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "core/units/constants.h"
#include "support/tolerance.h"

namespace aula::fdtd {
namespace {

using core::Vec3;
using test::isNear;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Shape, BoxDistance) {
  const Shape box = BoxShape{{1, 0, 0}, {2, 4, 6}};
  EXPECT_DOUBLE_EQ(signedDistance(box, {1, 0, 0}), -1);
  EXPECT_DOUBLE_EQ(signedDistance(box, {3, 0, 0}), 1);
  EXPECT_DOUBLE_EQ(signedDistance(box, {5, 6, 3}), 5);  // 3-4-5 from an edge
  EXPECT_EQ(outwardNormal(box, {1, 1.9, 0}), (Vec3{0, 1, 0}));
  EXPECT_EQ(outwardNormal(box, {-0.5, 0, 0}), (Vec3{-1, 0, 0}));
  const Shape plate = BoxShape{{0, 0, 0}, {kInfinity, kInfinity, 2}};
  EXPECT_DOUBLE_EQ(signedDistance(plate, {1e9, -1e9, 3}), 2);
}

TEST(Shape, CylinderDistance) {
  const Shape rod = CylinderShape{{0, 0, 0}, {0, 0, 3}, 1, 4};
  EXPECT_DOUBLE_EQ(signedDistance(rod, {3, 0, 0}), 2);
  EXPECT_DOUBLE_EQ(signedDistance(rod, {0, 0, 5}), 3);
  EXPECT_DOUBLE_EQ(signedDistance(rod, {4, 0, 6}), 5);
  EXPECT_DOUBLE_EQ(signedDistance(rod, {0, 0, 0}), -1);
  const Shape leaning = CylinderShape{{0, 0, 0}, {1, 1, 0}, 1, kInfinity};
  EXPECT_TRUE(isNear(signedDistance(leaning, {5, 5, 2}), 1, {.absolute = 1e-12}));
}

TEST(Shape, EllipsoidDistance) {
  // A sphere in disguise, and the ends of the axes.
  const Shape ball = EllipsoidShape{{1, 2, 3}, {2, 2, 2}};
  EXPECT_TRUE(isNear(signedDistance(ball, {1, 2, 8}), 3, {.absolute = 1e-9}));
  EXPECT_TRUE(isNear(signedDistance(ball, {1, 2.5, 3}), -1.5, {.absolute = 1e-9}));
  const Shape egg = EllipsoidShape{{0, 0, 0}, {3, 2, 1}};
  EXPECT_TRUE(isNear(signedDistance(egg, {5, 0, 0}), 2, {.absolute = 1e-9}));
  EXPECT_TRUE(isNear(signedDistance(egg, {0, 0, 0.75}), -0.25, {.absolute = 1e-9}));
  // From a point of the surface outwards along its normal the distance is the way gone.
  const double s = 1 / std::sqrt(3.0);
  const Vec3 surface{3 * s, 2 * s, 1 * s};
  const Vec3 normal = core::normalised({surface.x / 9, surface.y / 4, surface.z});
  EXPECT_TRUE(isNear(signedDistance(egg, surface + 0.7 * normal), 0.7, {.absolute = 1e-9}));
  EXPECT_TRUE(isNear(core::dot(outwardNormal(egg, surface + 0.1 * normal), normal), 1, {.absolute = 1e-9}));
  EXPECT_TRUE(isNear(signedDistance(egg, surface - 0.1 * normal), -0.1, {.absolute = 1e-9}));
}

TEST(Shape, WedgeDistance) {
  const Shape wedge = WedgeShape{{{{0, 0, 1}, {4, 0, 1}, {0, 3, 1}}}, 2};
  EXPECT_DOUBLE_EQ(signedDistance(wedge, {1, -2, 1}), 2);
  EXPECT_TRUE(
      isNear(signedDistance(wedge, {1, 1, 1}), -1, {.absolute = 1e-12}));  // The inscribed circle's centre.
  EXPECT_DOUBLE_EQ(signedDistance(wedge, {7, 4, 1}) > 0, true);
  EXPECT_DOUBLE_EQ(signedDistance(wedge, {-3, -4, 1}), 5);
  EXPECT_DOUBLE_EQ(signedDistance(wedge, {1, 1, 4}), 2);
  // Corners told clockwise are the same wedge.
  const Shape reversed = WedgeShape{{{{0, 3, 1}, {4, 0, 1}, {0, 0, 1}}}, 2};
  EXPECT_TRUE(isNear(signedDistance(reversed, {1, 1, 1}), -1, {.absolute = 1e-12}));
}

TEST(Shape, DistanceNeverExceedsTheWayToTheOtherSide) {
  // |d(x) - d(y)| <= |x - y|: what the search for nearby objects relies on.
  const Shape shapes[] = {BoxShape{{0.1, 0, 0}, {1, 2, 0.5}}, SphereShape{{0, 0.2, 0}, 0.8},
                          EllipsoidShape{{0, 0, 0}, {1, 0.6, 0.3}},
                          CylinderShape{{0, 0, 0}, {1, 2, 3}, 0.5, 1},
                          WedgeShape{{{{-1, -1, 0}, {1, -0.5, 0}, {0, 1, 0}}}, 1}};
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-2, 2);
  for (const Shape& shape : shapes)
    for (int n = 0; n < 2000; ++n) {
      const Vec3 x{uniform(random), uniform(random), uniform(random)};
      const Vec3 y = x + 0.1 * Vec3{uniform(random), uniform(random), uniform(random)};
      const double change = std::abs(signedDistance(shape, x) - signedDistance(shape, y));
      // Deep inside the ellipsoid the size may be too small, and only sign changes matter.
      if (signedDistance(shape, x) * signedDistance(shape, y) > 0 &&
          std::holds_alternative<EllipsoidShape>(shape))
        continue;
      ASSERT_LE(change, core::length(x - y) + 1e-9) << shape.index();
    }
}

TEST(Shape, PlaneCutFraction) {
  EXPECT_DOUBLE_EQ(planeCutFraction({0.5, 0.5, 0.5}, {0, 0, 1}, 0.2), 0.7);
  EXPECT_DOUBLE_EQ(planeCutFraction({0.5, 0.5, 0.5}, {1, 1, 0}, 0), 0.5);
  EXPECT_DOUBLE_EQ(planeCutFraction({0.5, 0.5, 0.5}, {1, 1, 1}, -2), 0);
  EXPECT_DOUBLE_EQ(planeCutFraction({0.5, 0.5, 0}, {1, 0, 1}, 0.25), 0.75);
  // A corner cut off: a tetrahedron with legs 0.3.
  EXPECT_TRUE(
      isNear(planeCutFraction({0.5, 0.5, 0.5}, {1, 1, 1}, -1.2), 0.3 * 0.3 * 0.3 / 6, {.relative = 1e-12}));
  // Any plane, against counting points of a lattice of 60^3: off by at most the lattice's layers in the cut,
  // 1/60.
  std::mt19937 random(11);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int n = 0; n < 20; ++n) {
    const Vec3 normal{uniform(random), uniform(random), uniform(random)};
    const Vec3 half{0.3, 0.5, 0.7};
    const double offset = 0.4 * uniform(random);
    int inside = 0;
    constexpr int kPoints = 60;
    const auto at = [](int i) { return (2.0 * i + 1) / kPoints - 1; };
    for (int k = 0; k < kPoints; ++k)
      for (int j = 0; j < kPoints; ++j)
        for (int i = 0; i < kPoints; ++i)
          inside += core::dot(normal, {half.x * at(i), half.y * at(j), half.z * at(k)}) < offset;
    ASSERT_TRUE(isNear(planeCutFraction(half, normal, offset), inside / std::pow(kPoints, 3),
                       {.absolute = 1.0 / 60}));
  }
}

TEST(Shape, SlicesOfSolids) {
  const auto circle = sliceAt(SphereShape{{1, 2, 3}, 5}, 6);  // 3-4-5
  ASSERT_TRUE(circle);
  EXPECT_DOUBLE_EQ(signedDistance(*circle, {1, 2, 100}), -4);
  EXPECT_FALSE(sliceAt(SphereShape{{1, 2, 3}, 5}, 9));
  EXPECT_FALSE(sliceAt(BoxShape{{0, 0, 0}, {1, 1, 1}}, 0.6));
  EXPECT_TRUE(sliceAt(BoxShape{{0, 0, 0}, {1, 1, 1}}, 0.4));
  const auto ellipse = sliceAt(EllipsoidShape{{0, 0, 0}, {2, 1, 5}}, 3);
  ASSERT_TRUE(ellipse);
  EXPECT_TRUE(isNear(signedDistance(*ellipse, {3, 0, 7}), 3 - 2 * 0.8, {.absolute = 1e-9}));
}

}  // namespace
}  // namespace aula::fdtd
