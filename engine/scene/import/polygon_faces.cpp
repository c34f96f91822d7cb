// SPDX-License-Identifier: Apache-2.0
#include "scene/import/polygon_faces.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scene/geometry/frame_along.h"
#include "scene/geometry/polygon.h"

namespace aula::scene {

void addFace(TriangleMesh& mesh, std::span<const unsigned> corners) {
  const std::size_t n = corners.size();
  if (n < 3) return;
  const auto addFan = [&] {
    for (std::size_t i = 2; i < n; ++i)
      mesh.triangles.insert(mesh.triangles.end(), {corners[0], corners[i - 1], corners[i]});
  };
  const bool isSound = std::all_of(corners.begin(), corners.end(), [&](unsigned corner) {
    if (corner >= mesh.positions.size()) return false;
    const Float3 p = mesh.positions[corner];
    return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
  });
  if (n == 3 || !isSound) return addFan();

  const core::Vec3 first = toVec3(mesh.positions[corners[0]]);
  const auto at = [&](std::size_t i) { return toVec3(mesh.positions[corners[i % n]]) - first; };
  core::Vec3 normal;
  for (std::size_t i = 0; i < n; ++i) normal = normal + cross(at(i), at(i + 1));
  if (!(length(normal) > 0) || !std::isfinite(length(normal))) return addFan();
  if (n == 4 && dot(cross(at(1) - at(0), at(2) - at(1)), normal) > 0 &&
      dot(cross(at(2) - at(1), at(3) - at(2)), normal) > 0 &&
      dot(cross(at(3) - at(2), at(0) - at(3)), normal) > 0 &&
      dot(cross(at(0) - at(3), at(1) - at(0)), normal) > 0)
    return addFan();
  const Across across = anyAcross(normalised(normal));
  std::vector<Point2> flat;
  for (std::size_t i = 0; i < n; ++i) flat.push_back({dot(across.u, at(i)), dot(across.v, at(i))});
  Outline outline(n);
  std::iota(outline.begin(), outline.end(), 0U);
  for (const std::uint32_t i : fillPolygon(flat, {outline})) mesh.triangles.push_back(corners[i]);
}

}  // namespace aula::scene
