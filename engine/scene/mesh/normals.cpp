// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/normals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

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

TriangleMesh withCreasedNormals(const TriangleMesh& mesh, double degrees) {
  const std::size_t corners = 3 * mesh.triangleCount();
  const auto pointOf = [&](std::size_t corner) { return toVec3(mesh.positions[mesh.triangles[corner]]); };
  // Of each triangle the unit normal, of each corner its angle.
  std::vector<core::Vec3> facing(mesh.triangleCount());
  std::vector<double> angles(corners);
  for (std::size_t c = 0; c < corners; ++c) {
    const std::size_t t = c / 3, first = 3 * t;
    const core::Vec3 a = pointOf(first + (c + 1 - first) % 3) - pointOf(c),
                     b = pointOf(first + (c + 2 - first) % 3) - pointOf(c);
    const double twice = length(cross(a, b));
    angles[c] = std::atan2(twice, dot(a, b));
    if (c == first && twice > 0 && std::isfinite(twice)) facing[t] = cross(a, b) / twice;
  }
  // Corners at one place stand together.
  std::vector<std::uint32_t> order(corners);
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t c) {
    const Float3 p = mesh.positions[mesh.triangles[c]];
    return std::array<float, 3>{p.x, p.y, p.z};
  };
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
  TriangleMesh result;
  result.positions.resize(corners);
  result.normals.resize(corners);
  result.triangles.resize(corners);
  const double least = std::cos(degrees * std::numbers::pi / 180);
  // Where hundreds of triangles meet (the middle of a fan) the mean of all is taken: no quadratic cost.
  constexpr std::size_t kMany = 256;
  for (std::size_t from = 0, to = 0; from < corners; from = to) {
    while (to < corners && key(order[to]) == key(order[from])) ++to;
    core::Vec3 all;
    if (to - from > kMany)
      for (std::size_t k = from; k < to; ++k) all = all + angles[order[k]] * facing[order[k] / 3];
    for (std::size_t k = from; k < to; ++k) {
      const std::uint32_t c = order[k];
      core::Vec3 sum = all;
      if (to - from <= kMany)
        for (std::size_t other = from; other < to; ++other)
          if (dot(facing[order[other] / 3], facing[c / 3]) >= least)
            sum = sum + angles[order[other]] * facing[order[other] / 3];
      const double size = length(sum);
      result.normals[c] = size > 0 && std::isfinite(size) ? toFloat3(sum / size) : Float3{0, 0, 1};
    }
  }
  const auto copy = [&](auto& target, const auto& source) {
    if (source.empty()) return;
    target.resize(corners);
    for (std::size_t c = 0; c < corners; ++c) target[c] = source[mesh.triangles[c]];
  };
  copy(result.positions, mesh.positions);
  copy(result.textureCoordinates, mesh.textureCoordinates);
  copy(result.colours, mesh.colours);
  std::iota(result.triangles.begin(), result.triangles.end(), 0U);
  return result;
}

}  // namespace aula::scene
