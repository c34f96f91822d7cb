// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aula::fdtd {

namespace {

using core::Vec3;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Signed distance with its gradient.
struct Distance {
  double value;
  Vec3 normal;
};

/// From the signed distances q along orthogonal directions u to the faces of a product of intervals (or of a
/// disc and an interval): the distance to their intersection.
Distance intersect(const double (&q)[3], const Vec3 (&u)[3], int count) {
  Vec3 outside;
  double square = 0;
  int nearest = 0;
  for (int a = 0; a < count; ++a) {
    if (q[a] > q[nearest]) nearest = a;
    if (q[a] > 0) {
      outside = outside + q[a] * u[a];
      square += q[a] * q[a];
    }
  }
  if (square > 0) {
    const double distance = std::sqrt(square);
    return {distance, outside / distance};
  }
  return {q[nearest], u[nearest]};
}

Distance distanceTo(const BoxShape& box, Vec3 point) {
  double q[3];
  Vec3 u[3];
  for (int axis = 0; axis < 3; ++axis) {
    const double p = point[axis] - box.centre[axis];
    q[axis] = std::abs(p) - box.size[axis] / 2;
    u[axis][axis] = p < 0 ? -1 : 1;
  }
  return intersect(q, u, 3);
}

Distance distanceTo(const SphereShape& sphere, Vec3 point) {
  const Vec3 p = point - sphere.centre;
  const double r = core::length(p);
  return {r - sphere.radius, r > 0 ? p / r : Vec3{1, 0, 0}};
}

Distance distanceTo(const CylinderShape& cylinder, Vec3 point) {
  const Vec3 axis = core::normalised(cylinder.axis);
  const Vec3 p = point - cylinder.centre;
  const double along = core::dot(p, axis);
  const Vec3 radial = p - along * axis;
  const double r = core::length(radial);
  // Any direction across the axis serves on the axis itself.
  const Vec3 across = std::abs(axis.x) < 0.9 ? core::cross(axis, {1, 0, 0}) : core::cross(axis, {0, 1, 0});
  const double q[3] = {r - cylinder.radius, std::abs(along) - cylinder.height / 2, 0};
  const Vec3 u[3] = {r > 0 ? radial / r : core::normalised(across), along < 0 ? -axis : axis, {}};
  return intersect(q, u, 2);
}

/// Closest point q of an ellipsoid: p - q is normal to it, q_i = a_i^2 p_i / (t + a_i^2) with t the root of
/// sum (a_i p_i / (t + a_i^2))^2 = 1 (Eberly, "Distance from a point to an ellipse, an ellipsoid, or a
/// hyperellipsoid", Geometric Tools 2013, section 3).
Distance distanceTo(const EllipsoidShape& ellipsoid, Vec3 point) {
  const Vec3 p = point - ellipsoid.centre;
  double shortest = kInfinity;
  double start = -kInfinity;
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double a = ellipsoid.semiAxes[axis];
    if (std::isinf(a)) continue;
    shortest = std::min(shortest, a);
    start = std::max(start, a * (std::abs(p[axis]) - a));
    sum += p[axis] * p[axis] / (a * a);
  }
  // The sum falls with t and is convex above -shortest^2: from a point where it exceeds 1 Newton's steps
  // never pass the root. Outside that is t = 0; inside, the last place where one axis alone makes 1.
  double t = sum > 1 ? 0 : start;
  for (int round = 0; round < 50; ++round) {
    double excess = -1;
    double slope = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const double a = ellipsoid.semiAxes[axis];
      if (std::isinf(a) || p[axis] == 0) continue;
      const double part = a * p[axis] / (t + a * a);
      excess += part * part;
      slope -= 2 * part * part / (t + a * a);
    }
    // Deep inside, in the shortest axis' own plane, there may be no root: t stays at its lower end.
    if (!(excess > 0) || slope == 0) break;
    const double step = -excess / slope;
    t += step;
    if (step < 1e-13 * (std::abs(t) + shortest * shortest)) break;
  }
  Vec3 away, normal;
  for (int axis = 0; axis < 3; ++axis) {
    const double a = ellipsoid.semiAxes[axis];
    if (std::isinf(a)) continue;
    normal[axis] = p[axis] == 0 ? 0 : p[axis] / (t + a * a);
    away[axis] = t * normal[axis];
  }
  const double size = core::length(normal);
  return {sum > 1 ? core::length(away) : -core::length(away), size > 0 ? normal / size : Vec3{1, 0, 0}};
}

Distance distanceTo(const WedgeShape& wedge, Vec3 point) {
  const auto& c = wedge.corners;
  const double area = (c[1].x - c[0].x) * (c[2].y - c[0].y) - (c[1].y - c[0].y) * (c[2].x - c[0].x);
  const double turn = area < 0 ? -1 : 1;
  bool isInside = true;
  double nearestSquare = kInfinity;
  Vec3 nearestOffset, faceNormal;
  double depth = -kInfinity;
  for (int side = 0; side < 3; ++side) {
    const Vec3 from{c[side].x, c[side].y, 0};
    const Vec3 edge = Vec3{c[(side + 1) % 3].x, c[(side + 1) % 3].y, 0} - from;
    const Vec3 p = Vec3{point.x, point.y, 0} - from;
    const Vec3 outward = core::normalised(turn * Vec3{edge.y, -edge.x, 0});
    const double beyond = core::dot(p, outward);
    if (beyond > 0) isInside = false;
    if (beyond > depth) depth = beyond, faceNormal = outward;
    const Vec3 offset = p - std::clamp(core::dot(p, edge) / core::dot(edge, edge), 0.0, 1.0) * edge;
    if (core::dot(offset, offset) < nearestSquare)
      nearestSquare = core::dot(offset, offset), nearestOffset = offset;
  }
  const double flat = isInside ? depth : std::sqrt(nearestSquare);
  const Vec3 flatNormal = isInside || nearestSquare == 0 ? faceNormal : nearestOffset / flat;
  const double along = point.z - c[0].z;
  const double q[3] = {flat, std::abs(along) - wedge.height / 2, 0};
  const Vec3 u[3] = {flatNormal, {0, 0, along < 0 ? -1.0 : 1.0}, {}};
  return intersect(q, u, 2);
}

Distance distanceTo(const Shape& shape, Vec3 point) {
  return std::visit([&](const auto& form) { return distanceTo(form, point); }, shape);
}

std::optional<Shape> slice(const BoxShape& box, double z) {
  if (std::abs(z - box.centre.z) > box.size.z / 2) return std::nullopt;
  return BoxShape{box.centre, {box.size.x, box.size.y, kInfinity}};
}

std::optional<Shape> slice(const SphereShape& sphere, double z) {
  const double square = sphere.radius * sphere.radius - (z - sphere.centre.z) * (z - sphere.centre.z);
  if (square <= 0) return std::nullopt;
  return CylinderShape{sphere.centre, {0, 0, 1}, std::sqrt(square), kInfinity};
}

std::optional<Shape> slice(const EllipsoidShape& ellipsoid, double z) {
  const double ratio = (z - ellipsoid.centre.z) / ellipsoid.semiAxes.z;
  if (std::abs(ratio) >= 1) return std::nullopt;
  const double shrink = std::sqrt(1 - ratio * ratio);
  return EllipsoidShape{ellipsoid.centre,
                        {shrink * ellipsoid.semiAxes.x, shrink * ellipsoid.semiAxes.y, kInfinity}};
}

std::optional<Shape> slice(const CylinderShape& cylinder, double z) {
  const Bounds bounds = boundsOf(cylinder);
  if (z < bounds.lower.z || z > bounds.upper.z) return std::nullopt;
  // Upright: a disc. Otherwise the cut is left to the solid itself.
  if (cylinder.axis.x == 0 && cylinder.axis.y == 0)
    return CylinderShape{cylinder.centre, cylinder.axis, cylinder.radius, kInfinity};
  return cylinder;
}

std::optional<Shape> slice(const WedgeShape& wedge, double z) {
  if (std::abs(z - wedge.corners[0].z) > wedge.height / 2) return std::nullopt;
  return WedgeShape{wedge.corners, kInfinity};
}

Bounds bounds(const BoxShape& box) {
  return {box.centre - 0.5 * box.size, box.centre + 0.5 * box.size};
}
Bounds bounds(const SphereShape& sphere) {
  const Vec3 r{sphere.radius, sphere.radius, sphere.radius};
  return {sphere.centre - r, sphere.centre + r};
}
Bounds bounds(const EllipsoidShape& ellipsoid) {
  return {ellipsoid.centre - ellipsoid.semiAxes, ellipsoid.centre + ellipsoid.semiAxes};
}
Bounds bounds(const CylinderShape& cylinder) {
  const Vec3 axis = core::normalised(cylinder.axis);
  Vec3 reach;
  for (int a = 0; a < 3; ++a) {
    const double along = axis[a] == 0 ? 0 : std::abs(axis[a]) * cylinder.height / 2;
    reach[a] = along + cylinder.radius * std::sqrt(std::max(0.0, 1 - axis[a] * axis[a]));
  }
  return {cylinder.centre - reach, cylinder.centre + reach};
}
Bounds bounds(const WedgeShape& wedge) {
  const auto& c = wedge.corners;
  const Vec3 up{0, 0, wedge.height / 2};
  return {Vec3{std::min({c[0].x, c[1].x, c[2].x}), std::min({c[0].y, c[1].y, c[2].y}), c[0].z} - up,
          Vec3{std::max({c[0].x, c[1].x, c[2].x}), std::max({c[0].y, c[1].y, c[2].y}), c[0].z} + up};
}

double cube(double x) {
  return x > 0 ? x * x * x : 0;
}

}  // namespace

double signedDistance(const Shape& shape, Vec3 point) {
  return distanceTo(shape, point).value;
}

Vec3 outwardNormal(const Shape& shape, Vec3 point) {
  return distanceTo(shape, point).normal;
}

std::optional<Shape> sliceAt(const Shape& shape, double z) {
  return std::visit([&](const auto& form) { return slice(form, z); }, shape);
}

Bounds boundsOf(const Shape& shape) {
  return std::visit([](const auto& form) { return bounds(form); }, shape);
}

double planeCutFraction(Vec3 half, Vec3 normal, double offset) {
  // With y_i = (x_i n_i + |n_i| half_i) the box is [0, a_i] and the share that of sum y_i < t.
  double a[3];
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    a[axis] = 2 * std::abs(normal[axis]) * half[axis];
    sum += a[axis];
  }
  const double t = offset + sum / 2;
  if (t <= 0) return 0;
  if (t >= sum) return 1;
  // Axes along which the plane hardly moves count as parallel to it: a relative error of this size at most.
  constexpr double kNegligible = 1e-6;
  int used = 0;
  for (const double width : a)
    if (width > kNegligible * sum) a[used++] = width;
  if (used == 1) return std::clamp(t / a[0], 0.0, 1.0);
  if (used == 2) {
    const auto square = [](double x) { return x > 0 ? x * x : 0; };
    const double area = square(t) - square(t - a[0]) - square(t - a[1]) + square(t - a[0] - a[1]);
    return std::clamp(area / (2 * a[0] * a[1]), 0.0, 1.0);
  }
  // Inclusion and exclusion of the corners that stick out (Barrow and Smith, Am. Math. Mon. 86, 291 (1979)).
  const double volume = cube(t) - cube(t - a[0]) - cube(t - a[1]) - cube(t - a[2]) + cube(t - a[0] - a[1]) +
                        cube(t - a[0] - a[2]) + cube(t - a[1] - a[2]) - cube(t - a[0] - a[1] - a[2]);
  return std::clamp(volume / (6 * a[0] * a[1] * a[2]), 0.0, 1.0);
}

}  // namespace aula::fdtd
