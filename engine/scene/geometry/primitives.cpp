// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/primitives.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include "core/assert.h"
#include "scene/geometry/revolution.h"

namespace aula::scene {

namespace {

constexpr double kPi = std::numbers::pi;

/// A rectangle of points, facing cross(u, v).
void addSheet(TriangleMesh& mesh, core::Vec3 corner, core::Vec3 u, core::Vec3 v, int columns, int rows) {
  const auto first = std::uint32_t(mesh.positions.size());
  const Float3 normal = toFloat3(normalised(cross(u, v)));
  for (int j = 0; j <= rows; ++j)
    for (int i = 0; i <= columns; ++i) {
      const double s = double(i) / columns, t = double(j) / rows;
      mesh.positions.push_back(toFloat3(corner + s * u + t * v));
      mesh.normals.push_back(normal);
      mesh.textureCoordinates.push_back({float(s), float(1 - t)});
    }
  const auto at = [&](int i, int j) { return first + std::uint32_t(j * (columns + 1) + i); };
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i)
      mesh.triangles.insert(mesh.triangles.end(), {at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j),
                                                   at(i + 1, j + 1), at(i, j + 1)});
}

Axle axleFrom(core::Vec3 from, core::Vec3 to) {
  const core::Vec3 axis = length(to - from) > 0 ? normalised(to - from) : core::Vec3{0, 0, 1};
  return {from, axis, anyAcross(axis)};
}

/// The part of a ball's outline from latitude `from` to `to` (radians), its centre at `height`. The poles
/// have no radius at all.
std::vector<ProfilePoint> arc(double radius, double height, double from, double to, int steps) {
  std::vector<ProfilePoint> profile;
  for (int j = 0; j <= steps; ++j) {
    const double latitude = from + (to - from) * j / steps;
    const bool isPole = std::abs(std::abs(latitude) - kPi / 2) < 1e-9;
    const double c = isPole ? 0 : std::cos(latitude);
    profile.push_back({radius * c, height + radius * std::sin(latitude), c, std::sin(latitude)});
  }
  return profile;
}

}  // namespace

TriangleMesh makeBox(core::Vec3 lower, core::Vec3 upper) {
  AULA_ASSERT(lower.x < upper.x && lower.y < upper.y && lower.z < upper.z);
  // Faces from the corners' own coordinates, so that they meet in the same bits.
  TriangleMesh mesh;
  for (int axis = 0; axis < 3; ++axis)
    for (const bool isUpper : {false, true}) {
      const auto first = std::uint32_t(mesh.positions.size());
      const int u = (axis + 1) % 3, v = (axis + 2) % 3;
      core::Vec3 normal;
      normal[axis] = isUpper ? 1 : -1;
      for (int i = 0; i < 4; ++i) {
        core::Vec3 p = isUpper ? upper : lower;
        p[u] = i % 2 == 1 ? upper[u] : lower[u];
        p[v] = i / 2 == 1 ? upper[v] : lower[v];
        mesh.positions.push_back(toFloat3(p));
        mesh.normals.push_back(toFloat3(normal));
        mesh.textureCoordinates.push_back({float(i % 2), float(1 - i / 2)});
      }
      for (const std::uint32_t corner : {0U, 1U, 3U, 0U, 3U, 2U})
        // The lower face looks the other way: its two middle corners change places.
        mesh.triangles.push_back(first + (isUpper                      ? corner
                                          : corner == 0 || corner == 3 ? corner
                                                                       : 3 - corner));
    }
  return mesh;
}

TriangleMesh makeSphere(double radius, int segments, int rings) {
  AULA_ASSERT(radius > 0 && rings >= 2);
  TriangleMesh mesh;
  addRevolution(mesh, arc(radius, 0, -kPi / 2, kPi / 2, rings), {}, Circle(segments));
  return mesh;
}

TriangleMesh makeIcosphere(double radius, int subdivisions) {
  AULA_ASSERT(radius > 0 && subdivisions >= 0 && subdivisions <= 8);
  // The icosahedron's corners are those of three golden rectangles.
  const double a = 1, b = std::numbers::phi;
  std::vector<core::Vec3> points{{-a, b, 0},  {a, b, 0},  {-a, -b, 0}, {a, -b, 0}, {0, -a, b},  {0, a, b},
                                 {0, -a, -b}, {0, a, -b}, {b, 0, -a},  {b, 0, a},  {-b, 0, -a}, {-b, 0, a}};
  for (core::Vec3& p : points) p = normalised(p);
  // Neighbours are the pairs at the smallest distance; a face is three of them, turned to face outwards.
  std::vector<std::uint32_t> triangles;
  const double edge = 2 / std::sqrt(b * b + 1) * 1.01;
  const auto isEdge = [&](std::size_t i, std::size_t j) { return length(points[i] - points[j]) < edge; };
  for (std::uint32_t i = 0; i < 12; ++i)
    for (std::uint32_t j = i + 1; j < 12; ++j)
      for (std::uint32_t k = j + 1; k < 12; ++k) {
        if (!isEdge(i, j) || !isEdge(j, k) || !isEdge(i, k)) continue;
        const bool isOut = dot(cross(points[j] - points[i], points[k] - points[i]), points[i]) > 0;
        triangles.insert(triangles.end(), {i, isOut ? j : k, isOut ? k : j});
      }
  for (int level = 0; level < subdivisions; ++level) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    const auto middle = [&](std::uint32_t i, std::uint32_t j) {
      const auto [at, isNew] = middles.try_emplace(std::minmax(i, j), std::uint32_t(points.size()));
      if (isNew) points.push_back(normalised(points[i] + points[j]));
      return at->second;
    };
    std::vector<std::uint32_t> finer;
    for (std::size_t t = 0; t < triangles.size(); t += 3) {
      const std::uint32_t p = triangles[t], q = triangles[t + 1], r = triangles[t + 2];
      const std::uint32_t pq = middle(p, q), qr = middle(q, r), rp = middle(r, p);
      finer.insert(finer.end(), {p, pq, rp, q, qr, pq, r, rp, qr, pq, qr, rp});
    }
    triangles = std::move(finer);
  }
  TriangleMesh mesh;
  mesh.triangles = std::move(triangles);
  for (const core::Vec3 p : points) {
    mesh.positions.push_back(toFloat3(radius * p));
    mesh.normals.push_back(toFloat3(p));
  }
  return mesh;
}

TriangleMesh makeCylinder(core::Vec3 from, core::Vec3 to, double radius, int segments) {
  const double height = length(to - from);
  AULA_ASSERT(radius > 0 && height > 0);
  TriangleMesh mesh;
  const Axle axle = axleFrom(from, to);
  const Circle circle(segments);
  addRevolution(mesh, {{0, 0, 0, -1}, {radius, 0, 0, -1}}, axle, circle);
  addRevolution(mesh, {{radius, 0, 1, 0}, {radius, height, 1, 0}}, axle, circle);
  addRevolution(mesh, {{radius, height, 0, 1}, {0, height, 0, 1}}, axle, circle);
  return mesh;
}

TriangleMesh makeCone(core::Vec3 from, core::Vec3 tip, double radius, int segments) {
  const double height = length(tip - from);
  AULA_ASSERT(radius > 0 && height > 0);
  TriangleMesh mesh;
  const Axle axle = axleFrom(from, tip);
  const Circle circle(segments);
  const double slant = std::hypot(radius, height);
  addRevolution(mesh, {{0, 0, 0, -1}, {radius, 0, 0, -1}}, axle, circle);
  addRevolution(mesh,
                {{radius, 0, height / slant, radius / slant}, {0, height, height / slant, radius / slant}},
                axle, circle);
  return mesh;
}

TriangleMesh makeArrow(double length, double shaftRadius, double headRadius, int segments) {
  AULA_ASSERT(length > 0 && shaftRadius > 0 && headRadius > shaftRadius);
  TriangleMesh mesh;
  const Axle axle;
  const Circle circle(segments);
  const double head = std::min(2 * headRadius, length / 2), neck = length - head;
  const double slant = std::hypot(headRadius, head);
  addRevolution(mesh, {{0, 0, 0, -1}, {shaftRadius, 0, 0, -1}}, axle, circle);
  addRevolution(mesh, {{shaftRadius, 0, 1, 0}, {shaftRadius, neck, 1, 0}}, axle, circle);
  addRevolution(mesh, {{shaftRadius, neck, 0, -1}, {headRadius, neck, 0, -1}}, axle, circle);
  addRevolution(
      mesh,
      {{headRadius, neck, head / slant, headRadius / slant}, {0, length, head / slant, headRadius / slant}},
      axle, circle);
  return mesh;
}

TriangleMesh makeCapsule(core::Vec3 from, core::Vec3 to, double radius, int segments) {
  AULA_ASSERT(radius > 0);
  const double height = length(to - from);
  const int steps = std::max(2, segments / 4);
  std::vector<ProfilePoint> profile = arc(radius, 0, -kPi / 2, 0, steps);
  const std::vector<ProfilePoint> top = arc(radius, height, 0, kPi / 2, steps);
  profile.insert(profile.end(), top.begin() + (height > 0 ? 0 : 1), top.end());
  TriangleMesh mesh;
  addRevolution(mesh, profile, axleFrom(from, to), Circle(segments));
  return mesh;
}

TriangleMesh makeTorus(double radius, double tubeRadius, int segments, int sides) {
  AULA_ASSERT(radius > tubeRadius && tubeRadius > 0);
  const Circle around(sides);
  std::vector<ProfilePoint> profile;
  for (int j = 0; j <= sides; ++j)
    profile.push_back({radius + tubeRadius * around.cosine(j), tubeRadius * around.sine(j), around.cosine(j),
                       around.sine(j)});
  TriangleMesh mesh;
  addRevolution(mesh, profile, {}, Circle(segments));
  return mesh;
}

TriangleMesh makeGrid(core::Vec3 corner, core::Vec3 u, core::Vec3 v, int columns, int rows) {
  AULA_ASSERT(columns >= 1 && rows >= 1 && length(cross(u, v)) > 0);
  TriangleMesh mesh;
  addSheet(mesh, corner, u, v, columns, rows);
  return mesh;
}

TriangleMesh joined(const TriangleMesh& a, const TriangleMesh& b) {
  TriangleMesh mesh = a;
  mesh.positions.insert(mesh.positions.end(), b.positions.begin(), b.positions.end());
  const auto join = [&](auto& values, const auto& others) {
    const bool isComplete = values.size() == a.positions.size() && others.size() == b.positions.size();
    if (isComplete)
      values.insert(values.end(), others.begin(), others.end());
    else
      values.clear();
  };
  join(mesh.normals, b.normals);
  join(mesh.textureCoordinates, b.textureCoordinates);
  join(mesh.colours, b.colours);
  for (const std::uint32_t index : b.triangles)
    mesh.triangles.push_back(index + std::uint32_t(a.positions.size()));
  return mesh;
}

TriangleMesh transformed(const TriangleMesh& mesh, const Transform& transform) {
  TriangleMesh result = mesh;
  for (Float3& p : result.positions) p = toFloat3(transform.point(toVec3(p)));
  // Normals turn with the matrix of cofactors, whose columns are these, whatever the scale along each axis.
  const double sign = dot(transform.x, cross(transform.y, transform.z)) < 0 ? -1 : 1;
  const Transform cofactors{sign * cross(transform.y, transform.z),
                            sign * cross(transform.z, transform.x),
                            sign * cross(transform.x, transform.y),
                            {}};
  for (Float3& n : result.normals) {
    const core::Vec3 turned = cofactors.vector(toVec3(n));
    const double size = length(turned);
    if (size > 0) n = toFloat3(turned / size);
  }
  if (sign < 0)
    for (std::size_t t = 0; t + 2 < result.triangles.size(); t += 3)
      std::swap(result.triangles[t + 1], result.triangles[t + 2]);
  return result;
}

}  // namespace aula::scene
