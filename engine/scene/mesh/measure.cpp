// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/measure.h"

#include <algorithm>
#include <utility>

namespace aula::scene {

namespace {

core::Vec3 cornerOf(const TriangleMesh& mesh, std::size_t triangle, std::size_t corner) {
  return toVec3(mesh.positions[mesh.triangles[3 * triangle + corner]]);
}

}  // namespace

double surfaceArea(const TriangleMesh& mesh) {
  double sum = 0;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const core::Vec3 a = cornerOf(mesh, t, 0);
    sum += 0.5 * length(cross(cornerOf(mesh, t, 1) - a, cornerOf(mesh, t, 2) - a));
  }
  return sum;
}

double enclosedVolume(const TriangleMesh& mesh) {
  if (mesh.positions.empty()) return 0;
  // From a point of the mesh: far from the origin the sum would lose its digits.
  const core::Vec3 origin = toVec3(mesh.positions[0]);
  double sum = 0;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t)
    sum += dot(cornerOf(mesh, t, 0) - origin,
               cross(cornerOf(mesh, t, 1) - origin, cornerOf(mesh, t, 2) - origin)) /
           6;
  return sum;
}

int eulerCharacteristic(const TriangleMesh& mesh) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  edges.reserve(mesh.triangles.size());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t)
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const std::uint32_t a = mesh.triangles[3 * t + corner], b = mesh.triangles[3 * t + (corner + 1) % 3];
      edges.emplace_back(std::min(a, b), std::max(a, b));
    }
  std::sort(edges.begin(), edges.end());
  const auto edgeCount = std::unique(edges.begin(), edges.end()) - edges.begin();
  std::vector<std::uint32_t> used = mesh.triangles;
  std::sort(used.begin(), used.end());
  const auto pointCount = std::unique(used.begin(), used.end()) - used.begin();
  return int(pointCount - edgeCount) + int(mesh.triangleCount());
}

}  // namespace aula::scene
