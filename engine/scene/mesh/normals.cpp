// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/normals.h"

#include <cmath>

namespace aula::scene {

std::vector<Float3> computeNormals(const TriangleMesh& mesh) {
  std::vector<core::Vec3> sums(mesh.positions.size());
  for (std::size_t t = 0; t + 2 < mesh.triangles.size(); t += 3) {
    const std::array<std::uint32_t, 3> index{mesh.triangles[t], mesh.triangles[t + 1], mesh.triangles[t + 2]};
    const std::array<core::Vec3, 3> p{toVec3(mesh.positions[index[0]]), toVec3(mesh.positions[index[1]]),
                                      toVec3(mesh.positions[index[2]])};
    const core::Vec3 area = cross(p[1] - p[0], p[2] - p[0]);
    const double twice = length(area);
    if (!(twice > 0)) continue;
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const core::Vec3 a = p[(corner + 1) % 3] - p[corner], b = p[(corner + 2) % 3] - p[corner];
      // atan2 of the cross and dot products keeps its precision at all angles, acos does not.
      sums[index[corner]] = sums[index[corner]] + (std::atan2(twice, dot(a, b)) / twice) * area;
    }
  }
  std::vector<Float3> normals(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double size = length(sums[i]);
    normals[i] = size > 0 && std::isfinite(size) ? toFloat3(sums[i] / size) : Float3{0, 0, 1};
  }
  return normals;
}

}  // namespace aula::scene
