// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/wrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace aula::anatomy {
namespace {

using std::numbers::pi;

double total(const Wrapped& way, Vec3 from, Vec3 to) {
  return core::length(way.enter - from) + way.arc + core::length(to - way.leave);
}

WrapSurface cylinder() {
  WrapSurface s;
  s.centre = {0.01, -0.02, 0.03};
  s.axis = core::normalised({1, 2, -0.5});
  s.radius = 0.02;
  s.length = 0.1;
  return s;
}

WrapSurface ellipsoid(double radius, double length) {
  WrapSurface s;
  s.kind = WrapSurface::Kind::ellipsoid;
  s.centre = {0.01, 0.02, -0.03};
  s.axis = core::normalised({0.3, -1, 0.7});
  s.radius = radius;
  s.length = length;
  return s;
}

/// Two tangents and half a turn, and the same climbing: a helix.
TEST(Wrap, CylinderHasTheClosedForm) {
  const WrapSurface s = cylinder();
  const Vec3 k = s.axis, i = core::normalised(cross(k, {0, 0, 1})), j = cross(k, i);
  for (const double climb : {0.0, 0.03, -0.2}) {
    const Vec3 from = s.centre + s.radius * i - 0.05 * j, to = s.centre - s.radius * i - 0.05 * j + climb * k;
    WrapSurface sided = s;
    sided.side = j;
    const Wrapped way = wrapOver(sided, from, to, ArcPoints::drawn);
    ASSERT_TRUE(way.touches);
    const double flat = 0.05 + pi * s.radius + 0.05;
    EXPECT_NEAR(total(way, from, to), std::hypot(flat, climb), 1e-14);
    EXPECT_NEAR(core::length(way.enter - (s.centre + s.radius * i + climb * 0.05 / flat * k)), 0, 1e-14);
    for (const Vec3& p : way.points) EXPECT_NEAR(distanceOutside(s, p), 0, 1e-15);
  }
}

TEST(Wrap, CylinderGoesRoundBySide) {
  WrapSurface s = cylinder();
  const Vec3 k = s.axis, i = core::normalised(cross(k, {0, 0, 1})), j = cross(k, i);
  const Vec3 from = s.centre - 0.06 * i + 0.03 * j, to = s.centre + 0.06 * i + 0.03 * j;
  s.side = j;  // The straight way passes there already.
  EXPECT_FALSE(wrapOver(s, from, to, ArcPoints::none).touches);
  s.side = -j;
  const Wrapped way = wrapOver(s, from, to, ArcPoints::none);
  ASSERT_TRUE(way.touches);
  EXPECT_LT(dot(way.enter - s.centre, j), 0);
  // By hand: both ends stand at distance d; the arc is what is left of the way round below.
  const double d = std::hypot(0.06, 0.03), between = 2 * pi - 2 * std::atan2(0.06, 0.03);
  EXPECT_NEAR(way.arc, s.radius * (between - 2 * std::acos(s.radius / d)), 1e-15);
}

TEST(Wrap, BallHasTheClosedForm) {
  WrapSurface s = ellipsoid(0.03, 0.06);
  ASSERT_TRUE(isBall(s));
  const Vec3 i = core::normalised({1, 1, 0.2}), j = core::normalised(cross(i, {0, 0, 1}));
  s.side = i + j;
  const Vec3 from = s.centre + 0.03 * i - 0.04 * j,
             to = s.centre + 0.03 * j - 0.07 * i;  // a quarter between tangents
  const Wrapped way = wrapOver(s, from, to, ArcPoints::none);
  ASSERT_TRUE(way.touches);
  EXPECT_NEAR(total(way, from, to), 0.04 + 0.03 * pi / 2 + 0.07, 1e-15);
}

/// A string over an ellipsoid that is all but a ball is as long as over the ball, to first order in the
/// difference: halving the difference halves the gap, and the numeric way meets the closed form.
TEST(Wrap, EllipsoidTendsToTheBall) {
  const Vec3 from{0.07, 0.03, -0.01}, to{-0.04, 0.05, -0.06};
  const WrapSurface ball = ellipsoid(0.03, 0.06);
  const double exact = total(wrapOver(ball, from, to, ArcPoints::none), from, to);
  EXPECT_NEAR(total(wrapOverEllipsoid(ball, from, to, ArcPoints::none), from, to), exact, 1e-11);
  double before = 0;
  for (const double difference : {1e-3, 5e-4, 2.5e-4}) {
    const WrapSurface s = ellipsoid(0.03, 0.06 * (1 + difference));
    const double gap = total(wrapOver(s, from, to, ArcPoints::none), from, to) - exact;
    if (before != 0) {
      EXPECT_NEAR(gap / before, 0.5, 0.01);
    }
    before = gap;
  }
}

/// Along a meridian the geodesic is an ellipse; its length by Simpson's rule on the parametric form.
TEST(Wrap, EllipsoidsMeridianIsAnEllipse) {
  const double p = 0.02, q = 0.035;
  WrapSurface s = ellipsoid(p, 2 * q);
  const Vec3 k = s.axis, i = core::normalised(cross(k, {0, 0, 1}));
  s.side = i;
  // From tangents at the parameters -0.8 and 1.1 of (p cos t, q sin t).
  const auto place = [&](double t) { return s.centre + p * std::cos(t) * i + q * std::sin(t) * k; };
  const auto slope = [&](double t) { return core::normalised(-p * std::sin(t) * i + q * std::cos(t) * k); };
  const Vec3 from = place(-0.8) - 0.03 * slope(-0.8), to = place(1.1) + 0.04 * slope(1.1);
  double arc = 0;
  const int pieces = 200;
  for (int n = 0; n <= pieces; ++n) {
    const double t = -0.8 + 1.9 * n / pieces, speed = std::hypot(p * std::sin(t), q * std::cos(t));
    arc += speed * (n == 0 || n == pieces ? 1 : n % 2 ? 4 : 2) * 1.9 / pieces / 3;
  }
  const Wrapped way = wrapOver(s, from, to, ArcPoints::drawn);
  ASSERT_TRUE(way.touches);
  // A step of the 60 mm arc turns the string by at most 0.11 (where it bends most, radius 11 mm): at most
  // 0.11^5 / 120 of that radius is lost in each of the 48.
  const double lost = 48 * std::pow(0.11, 5) / 120 * 0.0114;
  EXPECT_NEAR(way.arc, arc, lost);
  EXPECT_NEAR(core::length(way.enter - place(-0.8)), 0, lost);
  for (const Vec3& point : way.points) EXPECT_NEAR(distanceOutside(s, point), 0, lost);
}

/// Off the meridians: Clairaut's relation, radius times the cosine of the angle to the parallel, stays.
TEST(Wrap, EllipsoidsGeodesicKeepsClairautsConstant) {
  const WrapSurface s = ellipsoid(0.03, 0.09);
  const Vec3 from = s.centre + Vec3{0.05, 0.02, 0.04}, to = s.centre + Vec3{-0.045, 0.03, -0.035};
  const Wrapped way = wrapOver(s, from, to, ArcPoints::none);
  ASSERT_TRUE(way.touches);
  const auto clairaut = [&](Vec3 place, Vec3 tangent) {
    return dot(s.axis, cross(place - s.centre, tangent));
  };
  EXPECT_NEAR(clairaut(way.enter, way.before), clairaut(way.leave, way.after), 1e-9);
  // A taut string has no shorter neighbour: moving its ends along it changes the length by as much.
  EXPECT_NEAR(core::length(core::normalised(to - way.leave) - way.after), 0, 1e-8);
  const double h = 1e-5;
  const Vec3 aside{0, 0, h};
  const double more = total(wrapOver(s, from + aside, to, ArcPoints::none), from + aside, to);
  const double less = total(wrapOver(s, from - aside, to, ArcPoints::none), from - aside, to);
  EXPECT_NEAR((more - less) / (2 * h), -way.before.z, 1e-7);  // the first variation
}

TEST(Wrap, NothingInTheWayIsLeftAlone) {
  const Vec3 from{1, 0, 0}, to{0, 1, 0};
  EXPECT_FALSE(wrapOver(cylinder(), from, to, ArcPoints::none).touches);
  EXPECT_FALSE(wrapOver(ellipsoid(0.03, 0.06), from, to, ArcPoints::none).touches);
  EXPECT_FALSE(wrapOver(ellipsoid(0.03, 0.09), from, to, ArcPoints::none).touches);
}

}  // namespace
}  // namespace aula::anatomy
