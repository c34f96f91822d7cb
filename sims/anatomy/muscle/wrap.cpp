// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/wrap.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::anatomy {
namespace {

using std::numbers::pi;

/// An angle's turn in 0..2 pi.
double turn(double angle) {
  const double rest = std::fmod(angle, 2 * pi);
  return rest < 0 ? rest + 2 * pi : rest;
}

/// Any unit vector across a unit one.
Vec3 across(Vec3 axis) {
  const Vec3 least = std::abs(axis.x) < 0.6 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  return core::normalised(cross(axis, least));
}

/// How many pieces an arc is drawn with: one every 4 degrees.
int piecesOf(double angle) {
  return std::max(2, static_cast<int>(std::ceil(angle * 180 / pi / 4)));
}

Wrapped wrapOverCylinder(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points) {
  // In the plane across the axis: polar angles and distances of both ends.
  const Vec3 k = core::normalised(surface.axis), i = across(k), j = cross(k, i);
  const Vec3 a = from - surface.centre, b = to - surface.centre;
  const double r = surface.radius;
  const double angleA = std::atan2(dot(a, j), dot(a, i)), angleB = std::atan2(dot(b, j), dot(b, i));
  const double distanceA = std::max(r, std::hypot(dot(a, i), dot(a, j)));
  const double distanceB = std::max(r, std::hypot(dot(b, i), dot(b, j)));

  // Which way round: the shorter one, unless the middle of that lies on the other side.
  double sense = turn(angleB - angleA) <= pi ? 1 : -1;
  const double middle = angleA + sense * turn(sense * (angleB - angleA)) / 2;
  if (std::cos(middle) * dot(surface.side, i) + std::sin(middle) * dot(surface.side, j) < 0) sense = -sense;
  const double between = turn(sense * (angleB - angleA));
  const double tangentA = std::acos(r / distanceA), tangentB = std::acos(r / distanceB);
  const double arc = between - tangentA - tangentB;
  if (arc <= 0) return {};

  // Unrolled, the string is a straight line that climbs evenly along the axis.
  const double flatA = std::sqrt(distanceA * distanceA - r * r),
               flatB = std::sqrt(distanceB * distanceB - r * r);
  const double flat = flatA + r * arc + flatB;
  const double climb = dot(b - a, k) / flat, stretch = std::sqrt(1 + climb * climb);
  const auto place = [&](double angle, double height) {
    return surface.centre + r * (std::cos(angle) * i + std::sin(angle) * j) + height * k;
  };
  const auto direction = [&](double angle) {
    return (sense * (std::cos(angle) * j - std::sin(angle) * i) + climb * k) / stretch;
  };
  const double enter = angleA + sense * tangentA, leave = enter + sense * arc;
  const double heightA = dot(a, k) + climb * flatA;
  Wrapped way;
  way.touches = true;
  way.arc = stretch * r * arc;
  way.enter = place(enter, heightA);
  way.leave = place(leave, heightA + climb * r * arc);
  way.before = direction(enter);
  way.after = direction(leave);
  if (points == ArcPoints::drawn)
    for (int n = 0, count = piecesOf(arc); n <= count; ++n)
      way.points.push_back(place(enter + sense * arc * n / count, heightA + climb * r * arc * n / count));
  return way;
}

Wrapped wrapOverBall(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points) {
  const Vec3 a = from - surface.centre, b = to - surface.centre;
  const double r = surface.radius;
  const double distanceA = std::max(r, core::length(a)), distanceB = std::max(r, core::length(b));
  // The great circle's plane; both ends on one line through the centre: the plane of the side.
  const Vec3 i = core::normalised(a);
  Vec3 j = b - dot(b, i) * i;
  if (core::length(j) < 1e-12 * core::length(b)) j = surface.side - dot(surface.side, i) * i;
  j = core::length(j) > 0 ? core::normalised(j) : across(i);
  double between = std::atan2(dot(b, j), dot(b, i));
  const Vec3 middle = std::cos(between / 2) * i + std::sin(between / 2) * j;
  if (dot(middle, surface.side) < 0) {
    j = -j;
    between = 2 * pi - between;
  }
  const double tangentA = std::acos(r / distanceA), tangentB = std::acos(r / distanceB);
  const double arc = between - tangentA - tangentB;
  if (arc <= 0) return {};

  const auto place = [&](double angle) {
    return surface.centre + r * (std::cos(angle) * i + std::sin(angle) * j);
  };
  const auto direction = [&](double angle) { return std::cos(angle) * j - std::sin(angle) * i; };
  Wrapped way;
  way.touches = true;
  way.arc = r * arc;
  way.enter = place(tangentA);
  way.leave = place(tangentA + arc);
  way.before = direction(tangentA);
  way.after = direction(tangentA + arc);
  if (points == ArcPoints::drawn)
    for (int n = 0, count = piecesOf(arc); n <= count; ++n)
      way.points.push_back(place(tangentA + arc * n / count));
  return way;
}

}  // namespace

bool isBall(const WrapSurface& surface) {
  return surface.kind == WrapSurface::Kind::ellipsoid &&
         std::abs(surface.length - 2 * surface.radius) <= 1e-9 * surface.radius;
}

Wrapped wrapOver(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points) {
  if (surface.kind == WrapSurface::Kind::cylinder) return wrapOverCylinder(surface, from, to, points);
  return isBall(surface) ? wrapOverBall(surface, from, to, points)
                         : wrapOverEllipsoid(surface, from, to, points);
}

double distanceOutside(const WrapSurface& surface, Vec3 point) {
  const Vec3 d = point - surface.centre, k = core::normalised(surface.axis);
  const double along = dot(d, k), radial = core::length(d - along * k);
  if (surface.kind == WrapSurface::Kind::cylinder) return radial - surface.radius;
  if (isBall(surface)) return core::length(d) - surface.radius;
  const double half = surface.length / 2, p = radial / surface.radius, q = along / half;
  const double level = std::hypot(p, q), slope = std::hypot(p / surface.radius, q / half);
  return slope > 0 ? (level - 1) * level / slope : -std::min(surface.radius, half);
}

}  // namespace aula::anatomy
