// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/topology.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace aula::scene {

namespace {

struct Edge {
  std::uint32_t low, high;
  int direction;  ///< +1: from low to high.
};

std::string place(core::Vec3 p) {
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%.4g, %.4g, %.4g m", p.x, p.y, p.z);
  return text.data();
}

}  // namespace

EdgeReport examineEdges(const TriangleMesh& mesh) {
  std::vector<Edge> edges;
  edges.reserve(mesh.triangles.size());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t)
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const std::uint32_t a = mesh.triangles[3 * t + corner], b = mesh.triangles[3 * t + (corner + 1) % 3];
      // An edge from a point to itself belongs to a triangle collapsed to a line: its other two edges pair
      // up.
      if (a != b) edges.push_back({std::min(a, b), std::max(a, b), a < b ? 1 : -1});
    }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return a.low != b.low ? a.low < b.low : a.high != b.high ? a.high < b.high : a.direction < b.direction;
  });
  EdgeReport report;
  for (std::size_t from = 0, to = 0; from < edges.size(); from = to) {
    int balance = 0;
    for (to = from;
         to < edges.size() && edges[to].low == edges[from].low && edges[to].high == edges[from].high; ++to)
      balance += edges[to].direction;
    ++report.edges;
    if (balance == 0) continue;
    const core::Vec3 middle =
        0.5 * (toVec3(mesh.positions[edges[from].low]) + toVec3(mesh.positions[edges[from].high]));
    const std::size_t count = to - from;
    if (count == 1) {
      if (report.open++ == 0) report.firstOpen = middle;
      continue;
    }
    if (report.crowded + report.contrary == 0) report.firstFault = middle;
    ++(count == 2 ? report.contrary : report.crowded);
  }
  return report;
}

std::string describe(const EdgeReport& report) {
  if (report.isWatertight()) return {};
  if (report.edges == 0) return "It has no triangles.";
  std::string text;
  const auto add = [&](std::size_t count, const std::string& one, const std::string& many, core::Vec3 where) {
    if (count == 0) return;
    text += (text.empty() ? "It has " : " and ") + std::to_string(count) + " " + (count == 1 ? one : many) +
            " (" + (count == 1 ? "" : "one of them ") + "at " + place(where) + ")";
  };
  add(report.open, "open edge", "open edges", report.firstOpen);
  add(report.crowded, "edge of three or more triangles", "edges of three or more triangles",
      report.firstFault);
  add(report.contrary, "edge whose triangles are turned contrary ways",
      "edges whose triangles are turned contrary ways", report.firstFault);
  return text + ".";
}

}  // namespace aula::scene
