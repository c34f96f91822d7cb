// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "anatomy/shape/solid.h"
#include "scene/mesh/bvh.h"

namespace aula::anatomy {

namespace {

using Corners = std::array<Vec3, 3>;

/// The piece of the planes' common line that lies in a triangle, given its corners' distances from the other
/// plane: how far along `line` it begins and ends. Empty where the triangle does not reach through the plane.
struct Piece {
  double from = 1, to = -1;
};
Piece pieceOf(const Corners& corners, const std::array<double, 3>& d, Vec3 line) {
  double least = INFINITY, most = -INFINITY;
  int found = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t j = (i + 1) % 3;
    if ((d[i] < 0) == (d[j] < 0)) continue;
    const Vec3 p = corners[i] + d[i] / (d[i] - d[j]) * (corners[j] - corners[i]);
    least = std::min(least, dot(line, p));
    most = std::max(most, dot(line, p));
    ++found;
  }
  return found == 2 ? Piece{least, most} : Piece{};
}

/// The length of two triangles' common line (Möller 1997, "A Fast Triangle-Triangle Intersection Test");
/// 0 where they do not cross, or lie in one plane.
double commonLine(const Corners& a, const Corners& b) {
  const Vec3 normalA = cross(a[1] - a[0], a[2] - a[0]), normalB = cross(b[1] - b[0], b[2] - b[0]);
  Vec3 line = cross(normalA, normalB);
  if (!(length(line) > 1e-12 * length(normalA) * length(normalB))) return 0;
  line = normalised(line);
  std::array<double, 3> aOverB{}, bOverA{};
  for (std::size_t i = 0; i < 3; ++i) {
    aOverB[i] = dot(normalB, a[i] - b[0]);
    bOverA[i] = dot(normalA, b[i] - a[0]);
  }
  const Piece inA = pieceOf(a, aOverB, line), inB = pieceOf(b, bOverA, line);
  if (inA.to < inA.from || inB.to < inB.from) return 0;
  return std::max(0.0, std::min(inA.to, inB.to) - std::max(inA.from, inB.from));
}

bool overlap(const scene::FloatBox& a, const scene::FloatBox& b) {
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (a.lower[axis] > b.upper[axis] || b.lower[axis] > a.upper[axis]) return false;
  return true;
}

}  // namespace

std::size_t crossings(const scene::TriangleMesh& mesh, double tolerance, std::size_t most) {
  const scene::Bvh tree = scene::makeBvh(mesh);
  if (tree.nodes().empty()) return 0;
  const auto cornersOf = [&](std::uint32_t t) {
    Corners c;
    for (std::size_t i = 0; i < 3; ++i) c[i] = scene::toVec3(mesh.positions[mesh.triangles[3 * t + i]]);
    return c;
  };
  const auto sharesCorner = [&](std::uint32_t s, std::uint32_t t) {
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j)
        if (mesh.triangles[3 * s + i] == mesh.triangles[3 * t + j]) return true;
    return false;
  };
  std::size_t count = 0;
  std::vector<std::uint32_t> stack;
  for (std::uint32_t s = 0; s < mesh.triangleCount(); ++s) {
    const Corners corners = cornersOf(s);
    scene::FloatBox box;
    for (std::size_t i = 0; i < 3; ++i) box.add(mesh.positions[mesh.triangles[3 * s + i]]);
    stack.assign(1, 0);
    while (!stack.empty()) {
      const scene::Bvh::Node& node = tree.nodes()[stack.back()];
      stack.pop_back();
      if (!overlap(node.box, box)) continue;
      if (node.count == 0) {
        stack.push_back(node.first);
        stack.push_back(node.first + 1);
        continue;
      }
      for (std::uint32_t i = 0; i < node.count; ++i) {
        const std::uint32_t t = tree.order()[node.first + i];
        if (t <= s || sharesCorner(s, t)) continue;
        if (commonLine(corners, cornersOf(t)) > tolerance && ++count >= most) return count;
      }
    }
  }
  return count;
}

}  // namespace aula::anatomy
