// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/weld.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <unordered_map>

namespace aula::scene {

namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFFU;

/// For each point the earlier one that stands for it, or itself.
std::vector<std::uint32_t> representatives(const std::vector<Float3>& points, double tolerance) {
  std::vector<std::uint32_t> order(points.size()), standsFor(points.size());
  std::iota(order.begin(), order.end(), 0U);
  std::iota(standsFor.begin(), standsFor.end(), 0U);
  if (!(tolerance > 0)) {
    const auto key = [&](std::uint32_t i) {
      return std::array<float, 3>{points[i].x, points[i].y, points[i].z};  // -0 equals 0, as it must.
    };
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
    for (std::size_t i = 1; i < order.size(); ++i)
      if (key(order[i]) == key(order[i - 1])) standsFor[order[i]] = standsFor[order[i - 1]];
    return standsFor;
  }
  // In cells as wide as the tolerance only a cell and its neighbours need a look. Only those who stand for
  // themselves are looked at, so that chains of close points do not collapse.
  using Cell = std::array<double, 3>;
  const auto hash = [](const Cell& cell) {
    std::size_t h = 0;
    for (const double c : cell) h = (h ^ std::hash<double>{}(c)) * 0x9E3779B97F4A7C15U;
    return h ^ (h >> 32U);
  };
  std::unordered_map<Cell, std::vector<std::uint32_t>, decltype(hash)> cells(points.size(), hash);
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const core::Vec3 p = toVec3(points[i]);
    const Cell own{std::floor(p.x / tolerance), std::floor(p.y / tolerance), std::floor(p.z / tolerance)};
    for (int n = 0; n < 27; ++n) {
      const auto cell = cells.find({own[0] + n % 3 - 1, own[1] + n / 3 % 3 - 1, own[2] + n / 9 - 1});
      if (cell == cells.end()) continue;
      for (const std::uint32_t other : cell->second) {
        const core::Vec3 d = toVec3(points[other]) - p;
        if (dot(d, d) <= tolerance * tolerance) standsFor[i] = std::min(standsFor[i], other);
      }
    }
    if (standsFor[i] == i) cells[own].push_back(i);
  }
  return standsFor;
}

}  // namespace

TriangleMesh weld(const TriangleMesh& mesh, double tolerance) {
  const std::vector<std::uint32_t> standsFor = representatives(mesh.positions, tolerance);
  TriangleMesh result;
  std::vector<std::uint32_t> index(mesh.positions.size(), kNone);
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const std::array<std::uint32_t, 3> corners{standsFor[mesh.triangles[3 * t]],
                                               standsFor[mesh.triangles[3 * t + 1]],
                                               standsFor[mesh.triangles[3 * t + 2]]};
    if (corners[0] == corners[1] || corners[1] == corners[2] || corners[2] == corners[0]) continue;
    for (const std::uint32_t corner : corners) {
      if (index[corner] == kNone) {
        index[corner] = std::uint32_t(result.positions.size());
        result.positions.push_back(mesh.positions[corner]);
      }
      result.triangles.push_back(index[corner]);
    }
  }
  return result;
}

}  // namespace aula::scene
