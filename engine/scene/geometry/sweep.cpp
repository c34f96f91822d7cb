// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/sweep.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assert.h"
#include "core/error.h"
#include "scene/geometry/frame_along.h"
#include "scene/geometry/primitives.h"
#include "scene/geometry/revolution.h"

namespace aula::scene {

namespace {

/// A closed outline at one point of the curve, counter-clockwise seen against the curve's direction.
struct Ring {
  std::vector<core::Vec3> offsets;  ///< From the curve's point, m.
  std::vector<core::Vec3> normals;
};

/// Joins rings into a surface and closes its ends with flat fans.
void addRings(TriangleMesh& mesh, const std::vector<core::Vec3>& points,
              const std::vector<core::Vec3>& tangents, const std::vector<Ring>& rings, bool isLoop) {
  const std::size_t around = rings[0].offsets.size(), n = points.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < around; ++k) {
      mesh.positions.push_back(toFloat3(points[i] + rings[i].offsets[k]));
      mesh.normals.push_back(toFloat3(rings[i].normals[k]));
    }
  const auto at = [&](std::size_t i, std::size_t k) { return std::uint32_t((i % n) * around + k % around); };
  for (std::size_t i = 0; i + (isLoop ? 0 : 1) < n; ++i)
    for (std::size_t k = 0; k < around; ++k)
      mesh.triangles.insert(mesh.triangles.end(), {at(i, k), at(i, k + 1), at(i + 1, k + 1), at(i, k),
                                                   at(i + 1, k + 1), at(i + 1, k)});
  if (isLoop) return;
  for (const bool isEnd : {false, true}) {
    const std::size_t i = isEnd ? n - 1 : 0;
    const auto centre = std::uint32_t(mesh.positions.size());
    const Float3 normal = toFloat3(isEnd ? tangents[i] : -tangents[i]);
    mesh.positions.push_back(toFloat3(points[i]));
    mesh.normals.push_back(normal);
    for (std::size_t k = 0; k < around; ++k) {
      mesh.positions.push_back(mesh.positions[at(i, k)]);
      mesh.normals.push_back(normal);
    }
    for (std::size_t k = 0; k < around; ++k) {
      const auto a = centre + 1 + std::uint32_t(k), b = centre + 1 + std::uint32_t((k + 1) % around);
      mesh.triangles.insert(mesh.triangles.end(), {centre, isEnd ? a : b, isEnd ? b : a});
    }
  }
}

}  // namespace

TriangleMesh makeTube(const std::vector<core::Vec3>& given, double radius, int segments, bool isLoop) {
  const std::vector<core::Vec3> points = withoutRepeats(given, isLoop);
  AULA_ASSERT(radius > 0 && points.size() >= (isLoop ? 3U : 2U));
  const std::size_t n = points.size();
  const std::vector<core::Vec3> tangents = tangentsOf(points, isLoop);
  std::vector<core::Vec3> u{anyAcross(tangents[0]).u};
  for (std::size_t i = 1; i < n; ++i)
    u.push_back(transported(u[i - 1], tangents[i - 1], tangents[i], points[i] - points[i - 1]));
  double twist = 0;
  if (isLoop) {
    // Carried once around, the frame comes back turned; each ring takes its share of the way back.
    const core::Vec3 home = transported(u[n - 1], tangents[n - 1], tangents[0], points[0] - points[n - 1]);
    twist = -std::atan2(dot(cross(u[0], home), tangents[0]), dot(u[0], home)) / double(n);
  }
  const Circle circle(segments);
  std::vector<Ring> rings(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double angle = twist * double(i);
    const core::Vec3 v = cross(tangents[i], u[i]);
    const core::Vec3 a = std::cos(angle) * u[i] + std::sin(angle) * v;
    const core::Vec3 b = cross(tangents[i], a);
    // At a bend the ring lies in the plane between both pieces and is stretched, so that the tube keeps its
    // width; at sharp bends no more than fourfold.
    core::Vec3 bend;
    double stretch = 0;
    if (isLoop || (i > 0 && i + 1 < n)) {
      const core::Vec3 before = normalised(points[i] - points[(i + n - 1) % n]);
      const core::Vec3 sideways = before - dot(before, tangents[i]) * tangents[i];
      if (length(sideways) > 1e-9) {
        bend = normalised(sideways);
        stretch = 1 / std::max(dot(before, tangents[i]), 0.25) - 1;
      }
    }
    for (int k = 0; k < segments; ++k) {
      const core::Vec3 out = circle.cosine(k) * a + circle.sine(k) * b;
      rings[i].offsets.push_back(radius * (out + (stretch * dot(out, bend)) * bend));
      rings[i].normals.push_back(out);
    }
  }
  TriangleMesh mesh;
  addRings(mesh, points, tangents, rings, isLoop);
  return mesh;
}

MeshView makeRibbon(const RibbonView& ribbon) {
  const auto refuse = [&](const std::string& what) {
    throw core::inputError("The ribbon \"" + ribbon.name + "\" cannot be drawn: " + what);
  };
  if (ribbon.widths.size() != 1 && ribbon.widths.size() != ribbon.points.size())
    refuse("it has " + std::to_string(ribbon.widths.size()) + " widths for " +
           std::to_string(ribbon.points.size()) + " points; one, or one a point are allowed.");
  if (!ribbon.colours.empty() && ribbon.colours.size() != ribbon.points.size())
    refuse("it has " + std::to_string(ribbon.colours.size()) + " colours for " +
           std::to_string(ribbon.points.size()) + " points; none, or one a point are allowed.");
  for (const core::Vec3 p : ribbon.points)
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
      refuse("a point of it is not finite.");
  for (const float width : ribbon.widths)
    if (!(width >= 0) || !std::isfinite(width)) refuse("a width of it is negative or not finite.");
  std::vector<std::size_t> kept;
  const std::vector<core::Vec3> points = withoutRepeats(ribbon.points, false, &kept);
  if (points.size() < 2)
    refuse("it has " + std::to_string(points.size()) + " different points; two or more are needed.");

  const std::vector<core::Vec3> tangents = tangentsOf(points, false);
  // Half a circle on each side of the band, and the flat faces between them.
  constexpr int kHalf = 6;
  std::vector<Ring> rings(points.size());
  core::Vec3 across;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const core::Vec3 carried =
        i == 0 ? anyAcross(tangents[0]).u
               : transported(across, tangents[i - 1], tangents[i], points[i] - points[i - 1]);
    const core::Vec3 wanted = kept[i] < ribbon.across.size() ? ribbon.across[kept[i]] : core::Vec3{};
    core::Vec3 square = wanted - dot(wanted, tangents[i]) * tangents[i];
    // A direction along the curve or none at all: the one before is carried on. A band looks the same turned
    // half round, so of two directions that is taken which turns it less.
    const bool isUsable = length(square) > 1e-3 * length(wanted) && length(wanted) > 0;
    across = isUsable ? normalised(square) : carried;
    if (i > 0 && dot(across, carried) < 0) across = -across;
    const core::Vec3 up = cross(tangents[i], across);

    const double width = ribbon.widths.size() == 1 ? ribbon.widths[0] : ribbon.widths[kept[i]];
    const double thickness = std::min(ribbon.thickness > 0 ? double(ribbon.thickness) : width / 5, width);
    const double edge = thickness / 2, flat = width / 2 - edge;
    for (int k = 0; k < 2 * (kHalf + 1); ++k) {
      const bool isFar = k > kHalf;
      const double angle = std::numbers::pi * (double(isFar ? k - kHalf - 1 : k) / kHalf - 0.5) +
                           (isFar ? std::numbers::pi : 0);
      const core::Vec3 out = std::cos(angle) * across + std::sin(angle) * up;
      rings[i].offsets.push_back((isFar ? -flat : flat) * across + edge * out);
      rings[i].normals.push_back(out);
    }
  }
  TriangleMesh mesh;
  addRings(mesh, points, tangents, rings, false);
  if (!ribbon.colours.empty()) {
    const std::size_t around = rings[0].offsets.size();
    for (std::size_t i = 0; i < points.size(); ++i)
      mesh.colours.insert(mesh.colours.end(), around, ribbon.colours[kept[i]]);
    mesh.colours.insert(mesh.colours.end(), around + 1, ribbon.colours[kept.front()]);
    mesh.colours.insert(mesh.colours.end(), around + 1, ribbon.colours[kept.back()]);
  }
  MeshView view;
  view.name = ribbon.name;
  view.material = ribbon.material;
  view.mesh = std::make_shared<const TriangleMesh>(std::move(mesh));
  return view;
}

MeshView makeArrows(const GlyphsView& glyphs, const std::function<Colour(double)>& colourOf) {
  MeshView view;
  view.name = glyphs.name;
  // An arrow of length 1, the same for all: renderers upload it once.
  static const auto kArrow = std::make_shared<const TriangleMesh>(makeArrow(1, 0.035, 0.1, 16));
  view.mesh = kArrow;
  view.material.baseColour = {1, 1, 1};
  if (!glyphs.positions || !glyphs.vectors) return view;
  if (glyphs.positions->size() != glyphs.vectors->size())
    throw core::inputError("The arrows \"" + glyphs.name + "\" have " +
                           std::to_string(glyphs.positions->size()) + " positions and " +
                           std::to_string(glyphs.vectors->size()) + " vectors.");
  for (std::size_t i = 0; i < glyphs.positions->size(); ++i) {
    const core::Vec3 vector = toVec3((*glyphs.vectors)[i]), middle = toVec3((*glyphs.positions)[i]);
    const double strength = length(vector);
    double size = strength * glyphs.metresPerUnit;
    if (glyphs.longest > 0) size = std::min(size, glyphs.longest);
    // Nothing to point along, or not a number.
    if (!(size > 0) || !std::isfinite(strength)) continue;
    const core::Vec3 direction = vector / strength;
    const Across across = anyAcross(direction);
    view.instances.push_back(
        {size * across.u, size * across.v, size * direction, middle - (0.5 * size) * direction});
    view.tints.push_back(colourOf(strength));
  }
  // An empty list would mean "once, as it is".
  if (view.instances.empty()) view.mesh = nullptr;
  return view;
}

}  // namespace aula::scene
