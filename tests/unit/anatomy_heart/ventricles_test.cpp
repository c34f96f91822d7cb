// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <queue>

#include "anatomy/heart/body/chambers.h"
#include "anatomy/heart/body/fibres.h"
#include "anatomy/heart/body/ventricles.h"
#include "core/error.h"

namespace aula::anatomy::heart {
namespace {

constexpr double kPi = 3.14159265358979323846;

const Ventricles& atTwoMillimetres() {
  static const Ventricles made = ventricles(0.002);
  return made;
}

TEST(Ventricles, AxesAreSquareAndPointWhereTheHeartDoes) {
  const Axes& a = axes();
  EXPECT_NEAR(core::length(cross(a.septal, a.upper) - a.basal), 0, 1e-12);
  const Vec3 apex = a.toBody({0, 0, -measures().leftLength});
  EXPECT_LT(apex.x, -0.03);  // left
  EXPECT_GT(apex.y, 0.03);   // front
  EXPECT_LT(apex.z, -0.03);  // below
  // The right ventricle stands right of and before the left one.
  EXPECT_GT(a.septal.x, 0.4);
  EXPECT_GT(a.septal.y, 0.4);
  // The body's origin is the middle of the base.
  EXPECT_NEAR(core::length(a.toBody({0, 0, measures().leftBase})), 0, 1e-12);
}

TEST(Ventricles, CavityAndWallHaveTheVolumesOfTheirMeasures) {
  // Ellipsoids cut at height h: pi a^2 c (2/3 + h/c - (h/c)^3 / 3).
  const Measures& m = measures();
  const auto volume = [&](double a, double c) {
    const double s = m.leftBase / c;
    return kPi * a * a * c * (2.0 / 3 + s - s * s * s / 3);
  };
  const double cavity = volume(m.leftRadius, m.leftLength);
  const double wall = volume(m.leftRadius + m.leftWall, m.leftLength + m.leftWall) - cavity;
  EXPECT_NEAR(cavity, 105e-6, 1e-6);
  // 1.05 g/cm3: 120 g, within the American Society of Echocardiography's 2015 limits (66 to 150 g by linear
  // and two-dimensional methods together).
  EXPECT_NEAR(wall * 1050, 0.120, 0.001);

  const Ventricles& muscle = atTwoMillimetres();
  double left = 0, right = 0;
  for (const Wall one : muscle.walls) (one == Wall::right ? right : left) += 8e-9;
  // Counting lattice nodes of a surface of some 300 cm2: half a spacing times its area, averaged out to a
  // hundredth of it.
  EXPECT_NEAR(left, wall, 0.015 * wall);
  // Right ventricle: 35 to 60 g by magnetic resonance (Kawel-Boehm et al. 2020).
  EXPECT_GT(right * 1050, 0.035);
  EXPECT_LT(right * 1050, 0.060);
}

TEST(Ventricles, ThereAreSome165000NodesAtAMillimetre) {
  // By the volume: the lattice itself is made in the physics tests.
  EXPECT_NEAR(double(atTwoMillimetres().domain.nodes.size()) * 8, 165000, 10000);
}

TEST(Ventricles, HangTogether) {
  const Ventricles& muscle = atTwoMillimetres();
  std::vector<std::uint8_t> isReached(muscle.walls.size(), 0);
  std::queue<std::size_t> front;
  front.push(0);
  isReached[0] = 1;
  std::size_t count = 1;
  while (!front.empty()) {
    for (const std::int32_t other : muscle.domain.links[front.front()])
      if (other >= 0 && isReached[std::size_t(other)] == 0) {
        isReached[std::size_t(other)] = 1;
        ++count;
        front.push(std::size_t(other));
      }
    front.pop();
  }
  EXPECT_EQ(count, muscle.walls.size());
  EXPECT_EQ(std::size_t(std::count(muscle.lattice.isTissue.begin(), muscle.lattice.isTissue.end(), 1)),
            count);
}

TEST(Ventricles, DepthAndHeightGrowFromInsideAndFromTheApex) {
  const Ventricles& muscle = atTwoMillimetres();
  for (const double height : {-0.04, -0.02, 0.0}) {
    const double share = height / measures().leftLength,
                 inner = measures().leftRadius * std::sqrt(1 - share * share);
    // Across the free wall, away from the right ventricle.
    float before = -1;
    for (const double out : {0.0015, 0.0045, 0.0075}) {
      const auto n = muscle.nearest(axes().toBody({-inner - out, 0, height}), 0.0018);
      ASSERT_GE(n, 0);
      const auto found =
          std::lower_bound(muscle.domain.nodes.begin(), muscle.domain.nodes.end(), std::uint32_t(n));
      const std::size_t c = std::size_t(found - muscle.domain.nodes.begin());
      EXPECT_GT(muscle.depth[c], before);
      // Nearly the share of the way, within a node's distance from the place asked for.
      const Vec3 local = axes().toLocal(muscle.position(c));
      const double s = local.z / measures().leftLength, r = measures().leftRadius * std::sqrt(1 - s * s);
      const double s2 = local.z / (measures().leftLength + measures().leftWall);
      const double r2 = (measures().leftRadius + measures().leftWall) * std::sqrt(1 - s2 * s2);
      EXPECT_NEAR(muscle.depth[c], (std::hypot(local.x, local.y) - r) / (r2 - r), 0.09);
      before = muscle.depth[c];
    }
  }
  double low = 0, high = 0;
  std::size_t lows = 0, highs = 0;
  for (std::size_t c = 0; c < muscle.walls.size(); ++c) {
    const double z = axes().toLocal(muscle.position(c)).z;
    if (z < -0.05) low += double(muscle.height[c]), ++lows;
    if (z > 0.01 && z < 0.015) high += double(muscle.height[c]), ++highs;
  }
  EXPECT_LT(low / double(lows), 0.6);
  EXPECT_GT(high / double(highs), 0.9);
}

/// Helix angle, degrees: from the circle about the long axis (counter-clockwise seen from the base) to the
/// base, seen from outside.
double helix(const Ventricles& muscle, std::size_t c) {
  const Vec3 p = muscle.position(c), local = axes().toLocal(p);
  const Vec3 outwards = core::normalised(chambers::gradient(chambers::leftEpicardium, p));
  const Vec3 round = core::normalised(axes().vector({-local.y, local.x, 0}));
  const Vec3 up = cross(outwards, round);
  const Vec3 f = scene::toVec3(muscle.lattice.fibres[muscle.domain.nodes[c]]);
  double angle = std::atan2(dot(f, up), dot(f, round)) * 180 / kPi;
  if (angle > 90) angle -= 180;
  if (angle < -90) angle += 180;
  return angle;
}

TEST(Fibres, TurnFromPlusToMinusSixtyDegreesThroughTheLeftFreeWall) {
  const Ventricles& muscle = atTwoMillimetres();
  // Mean difference from 60 - 120 d in five layers, over the free wall away from the right ventricle, the
  // apex and the base.
  std::array<double, 5> sums{}, sizes{};
  std::array<std::size_t, 5> counts{};
  for (std::size_t c = 0; c < muscle.walls.size(); ++c) {
    const Vec3 local = axes().toLocal(muscle.position(c));
    if (muscle.walls[c] != Wall::leftFree || local.x > -0.005 || local.z > 0.005 || local.z < -0.04) continue;
    const auto layer = std::min<std::size_t>(4, std::size_t(5 * muscle.depth[c]));
    const double difference = helix(muscle, c) - (60 - 120 * double(muscle.depth[c]));
    sums[layer] += difference;
    sizes[layer] += std::abs(difference);
    ++counts[layer];
  }
  for (std::size_t layer = 0; layer < 5; ++layer) {
    ASSERT_GT(counts[layer], 300U);
    // The apico-basal gradient is not quite the long axis there (within 4 degrees), and a lattice of 2 mm in
    // a wall of 9 mm tells gradients to some 3 degrees.
    EXPECT_NEAR(sums[layer] / double(counts[layer]), 0, 4) << layer;
    EXPECT_LT(sizes[layer] / double(counts[layer]), 7) << layer;
  }
}

TEST(Fibres, OneNodeIsTheRuleByHand) {
  // Left endocardium: wall outwards along x, base along z. The circle is e0 = e1 x e2 = z x x = y.
  FibreInput at;
  at.left = 1;
  at.leftSlope = {-100, 0, 0};
  at.rightSlope = {10, 0, 0};
  at.outsideSlope = {90, 0, 0};
  at.baseSlope = {0, 0, 10};
  const Vec3 inner = fibreDirection(at);
  EXPECT_NEAR(std::abs(inner.y), 0.5, 1e-9);
  EXPECT_NEAR(inner.z / inner.y, std::sqrt(3.0), 1e-9);
  at.left = 0, at.outside = 1;
  const Vec3 outer = fibreDirection(at);
  // Where neither cavity is near, the share between the two ventricles is 0: the left one's angle.
  EXPECT_NEAR(outer.z / outer.y, -std::sqrt(3.0), 1e-9);
  at.left = 0.5, at.outside = 0.5;
  EXPECT_NEAR(fibreDirection(at).z, 0, 1e-9);
  // The septum's right side and the right free wall stand upright.
  at.left = 0, at.outside = 0, at.right = 1;
  EXPECT_NEAR(std::abs(fibreDirection(at).z), 1, 1e-9);
}

TEST(Fibres, AreUnitVectors) {
  const Ventricles& muscle = atTwoMillimetres();
  for (const std::uint32_t n : muscle.domain.nodes)
    EXPECT_NEAR(core::length(scene::toVec3(muscle.lattice.fibres[n])), 1, 1e-5);
}

TEST(Ventricles, ASpacingThatCannotBeIsRefused) {
  for (const double spacing : {0.0, 0.1e-3, 4e-3, std::nan("")}) {
    try {
      (void)ventricles(spacing);
      FAIL();
    } catch (const core::Error& error) {
      EXPECT_STREQ(
          error.what(),
          "a lattice of the ventricles has a spacing from 0.2 mm to 3 mm; the right wall is 3.800000 mm "
          "thick");
    }
  }
}

}  // namespace
}  // namespace aula::anatomy::heart
