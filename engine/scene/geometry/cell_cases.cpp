// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/cell_cases.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"

namespace aula::scene {

namespace {

/// The corners of the six faces, counter-clockwise seen from outside the cell.
std::array<std::array<int, 4>, 6> makeFaces() {
  std::array<std::array<int, 4>, 6> faces{};
  for (int axis = 0; axis < 3; ++axis) {
    const int u = 1 << (axis + 1) % 3, v = 1 << (axis + 2) % 3, top = 1 << axis;
    faces[std::size_t(2 * axis)] = {0, v, u + v, u};
    faces[std::size_t(2 * axis) + 1] = {top, top + u, top + u + v, top + v};
  }
  return faces;
}

int edgeBetween(int a, int b) {
  const auto& edges = cellEdges();
  for (int e = 0; e < 12; ++e)
    if (edges[std::size_t(e)].corner == std::min(a, b) &&
        std::min(a, b) + (1 << edges[std::size_t(e)].axis) == std::max(a, b))
      return e;
  AULA_ASSERT(!"corners without an edge");
  return -1;
}

/// Whether both edges lie in one face: all four ends agree in a coordinate.
bool shareFace(int a, int b) {
  const CellEdge p = cellEdges()[std::size_t(a)], q = cellEdges()[std::size_t(b)];
  for (int axis = 0; axis < 3; ++axis)
    if (axis != p.axis && axis != q.axis && ((p.corner ^ q.corner) & (1 << axis)) == 0) return true;
  return false;
}

/// Cuts the part from `i` to `j` of an outline into triangles, all of whose diagonals cross the cell's
/// inside; false where that is impossible.
bool triangulate(const std::vector<int>& outline, std::size_t i, std::size_t j,
                 std::vector<std::uint8_t>& triangles) {
  if (j - i < 2) return true;
  const auto isSide = [&](std::size_t a, std::size_t b) {
    return b - a == 1 || (a == 0 && b + 1 == outline.size());
  };
  const auto isAllowed = [&](std::size_t a, std::size_t b) {
    return isSide(a, b) || !shareFace(outline[a], outline[b]);
  };
  for (std::size_t k = i + 1; k < j; ++k) {
    if (!isAllowed(i, k) || !isAllowed(k, j)) continue;
    const std::size_t before = triangles.size();
    for (const std::size_t corner : {i, k, j}) triangles.push_back(std::uint8_t(outline[corner]));
    if (triangulate(outline, i, k, triangles) && triangulate(outline, k, j, triangles)) return true;
    triangles.resize(before);
  }
  return false;
}

CellCase makeCase(unsigned inside) {
  static const auto kFaces = makeFaces();
  const auto isInside = [&](int corner) { return (inside >> unsigned(corner) & 1U) != 0; };
  // In each face the outline runs from where a walk around the face enters a stretch of inside corners to
  // where it leaves that stretch: so the corners of a diagonal stay apart, and the surface faces the outside.
  std::array<int, 12> next{};
  next.fill(-1);
  for (const auto& face : kFaces)
    for (std::size_t c = 0; c < 4; ++c) {
      if (isInside(face[c]) || !isInside(face[(c + 1) % 4])) continue;
      std::size_t last = c + 1;
      while (isInside(face[(last + 1) % 4])) ++last;
      next[std::size_t(edgeBetween(face[c], face[(c + 1) % 4]))] =
          edgeBetween(face[last % 4], face[(last + 1) % 4]);
    }
  CellCase result;
  for (std::size_t start = 0; start < 12; ++start) {
    std::vector<int> outline;
    for (int e = int(start); e >= 0 && next[std::size_t(e)] >= 0;) {
      outline.push_back(e);
      e = std::exchange(next[std::size_t(e)], -1);
    }
    if (outline.empty() || triangulate(outline, 0, outline.size() - 1, result.triangles)) continue;
    // No case has two such outlines.
    AULA_ASSERT(result.aroundCentre.empty());
    for (std::size_t i = 0; i < outline.size(); ++i) {
      result.aroundCentre.push_back(std::uint8_t(outline[i]));
      for (const int e : {outline[i], outline[(i + 1) % outline.size()], int(kCentre)})
        result.triangles.push_back(std::uint8_t(e));
    }
  }
  return result;
}

}  // namespace

const std::array<CellEdge, 12>& cellEdges() {
  static const std::array<CellEdge, 12> kEdges = [] {
    std::array<CellEdge, 12> edges{};
    std::size_t count = 0;
    for (int axis = 0; axis < 3; ++axis)
      for (int corner = 0; corner < 8; ++corner)
        if ((corner & (1 << axis)) == 0) edges[count++] = {corner, axis};
    return edges;
  }();
  return kEdges;
}

const std::array<CellCase, 256>& cellCases() {
  static const std::array<CellCase, 256> kCases = [] {
    std::array<CellCase, 256> cases;
    for (unsigned inside = 0; inside < 256; ++inside) cases[inside] = makeCase(inside);
    return cases;
  }();
  return kCases;
}

}  // namespace aula::scene
