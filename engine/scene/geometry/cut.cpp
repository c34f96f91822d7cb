// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/cut.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/error.h"
#include "scene/geometry/frame_along.h"
#include "scene/geometry/polygon.h"
#include "scene/mesh/check.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

namespace aula::scene {

namespace {

/// Follows the cut's directed pieces into closed outlines. At a point where several meet any of them will do:
/// every piece is used once.
std::vector<Outline> chained(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pieces) {
  std::multimap<std::uint32_t, std::uint32_t> next(pieces.begin(), pieces.end());
  std::vector<Outline> outlines;
  while (!next.empty()) {
    Outline outline;
    const std::uint32_t start = next.begin()->first;
    for (auto at = next.begin(); at != next.end();) {
      const auto [from, to] = *at;
      outline.push_back(from);
      next.erase(at);
      at = to == start ? next.end() : next.find(to);
    }
    outlines.push_back(std::move(outline));
  }
  return outlines;
}

}  // namespace

CutMesh cutMesh(const TriangleMesh& mesh, const ClipPlane& plane) {
  checkMesh(mesh, "to be cut");
  TriangleMesh whole = weld(mesh);
  if (const EdgeReport edges = examineEdges(whole); !edges.isWatertight())
    throw core::inputError("Only a closed mesh can be cut and filled. " + describe(edges));
  // Points on the plane count as kept, so that every edge either crosses it once or not at all.
  std::vector<double> heights;
  for (const Float3 p : whole.positions) heights.push_back(dot(plane.normal, toVec3(p)) - plane.offset);
  CutMesh result;
  TriangleMesh& kept = result.kept;
  constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::vector<std::uint32_t> index(whole.positions.size(), kNone);
  const auto point = [&](std::uint32_t i) {
    if (index[i] == kNone) {
      index[i] = std::uint32_t(kept.positions.size());
      kept.positions.push_back(whole.positions[i]);
    }
    return index[i];
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> crossings;
  const auto crossing = [&](std::uint32_t inside, std::uint32_t outside) {
    // On the plane already: the corner itself, so that no two points lie at one place.
    if (heights[inside] == 0) return point(inside);
    const auto [at, isNew] = crossings.try_emplace({inside, outside}, std::uint32_t(kept.positions.size()));
    if (isNew) {
      const double t = heights[inside] / (heights[inside] - heights[outside]);
      kept.positions.push_back(
          toFloat3((1 - t) * toVec3(whole.positions[inside]) + t * toVec3(whole.positions[outside])));
    }
    return at->second;
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
  const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    if (a != b && b != c && c != a) kept.triangles.insert(kept.triangles.end(), {a, b, c});
  };
  for (std::size_t t = 0; t < whole.triangleCount(); ++t) {
    std::array<std::uint32_t, 3> c{whole.triangles[3 * t], whole.triangles[3 * t + 1],
                                   whole.triangles[3 * t + 2]};
    int inside = 0;
    for (const std::uint32_t corner : c) inside += heights[corner] >= 0 ? 1 : 0;
    if (inside == 0) continue;
    if (inside == 3) {
      add(point(c[0]), point(c[1]), point(c[2]));
      continue;
    }
    // Turned until the corner that is alone comes first.
    while ((heights[c[0]] >= 0) != (inside == 1) || (heights[c[1]] >= 0) == (inside == 1) ||
           (heights[c[2]] >= 0) == (inside == 1))
      std::rotate(c.begin(), c.begin() + 1, c.end());
    if (inside == 1) {
      const std::uint32_t b = crossing(c[0], c[1]), d = crossing(c[0], c[2]);
      add(point(c[0]), b, d);
      if (b != d) pieces.emplace_back(d, b);
    } else {
      const std::uint32_t b = crossing(c[1], c[0]), d = crossing(c[2], c[0]);
      add(b, point(c[1]), point(c[2]));
      add(b, point(c[2]), d);
      if (b != d) pieces.emplace_back(b, d);
    }
  }
  const Across across = anyAcross(-plane.normal);
  std::vector<Point2> flat;
  for (const Float3 p : kept.positions) flat.push_back({dot(across.u, toVec3(p)), dot(across.v, toVec3(p))});
  const std::vector<std::uint32_t> cap = fillPolygon(flat, chained(pieces));
  kept.triangles.insert(kept.triangles.end(), cap.begin(), cap.end());
  result.capTriangles = cap.size() / 3;
  for (std::size_t t = 0; t < cap.size(); t += 3) {
    const core::Vec3 a = toVec3(kept.positions[cap[t]]);
    result.capArea += 0.5 * dot(-plane.normal, cross(toVec3(kept.positions[cap[t + 1]]) - a,
                                                     toVec3(kept.positions[cap[t + 2]]) - a));
  }
  return result;
}

}  // namespace aula::scene
