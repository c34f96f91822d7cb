// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/polygon.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aula::scene {

namespace {

/// Twice the area of a, b, c: positive when counter-clockwise.
double turn(const Point2& a, const Point2& b, const Point2& c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

bool isWithin(const Point2& p, const Point2& a, const Point2& b, const Point2& c) {
  return turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0;
}

/// By the crossings of a ray along +x (half-open edges, so that a corner counts once).
bool isInside(const Point2& p, const std::vector<Point2>& points, const Outline& outline) {
  bool isIn = false;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const Point2 &a = points[outline[i]], &b = points[outline[(i + 1) % outline.size()]];
    if ((a[1] > p[1]) == (b[1] > p[1])) continue;
    if (p[0] < a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])) isIn = !isIn;
  }
  return isIn;
}

bool properlyCross(const Point2& a, const Point2& b, const Point2& c, const Point2& d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/// Joins a hole to the outline around it by the shortest bridge that crosses neither of them.
void bridge(Outline& outer, const Outline& hole, const std::vector<Point2>& points) {
  std::size_t start = 0;
  for (std::size_t i = 1; i < hole.size(); ++i)
    if (points[hole[i]] > points[hole[start]]) start = i;
  const Point2& from = points[hole[start]];
  std::vector<std::size_t> order(outer.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto distance = [&](std::size_t i) {
    return std::hypot(points[outer[i]][0] - from[0], points[outer[i]][1] - from[1]);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
  const auto isClear = [&](const Point2& to, const Outline& outline) {
    for (std::size_t i = 0; i < outline.size(); ++i)
      if (properlyCross(from, to, points[outline[i]], points[outline[(i + 1) % outline.size()]]))
        return false;
    return true;
  };
  // At a point that earlier bridges doubled only one of the copies looks towards the hole.
  const auto looksAt = [&](std::size_t i) {
    const Point2 &before = points[outer[(i + outer.size() - 1) % outer.size()]], &at = points[outer[i]],
                 &after = points[outer[(i + 1) % outer.size()]];
    const bool isConvex = turn(before, at, after) >= 0;
    const bool left = turn(at, after, from) >= 0, right = turn(before, at, from) >= 0;
    return isConvex ? left && right : left || right;
  };
  std::size_t end = order[0];
  for (const std::size_t i : order)
    if (looksAt(i) && isClear(points[outer[i]], outer) && isClear(points[outer[i]], hole)) {
      end = i;
      break;
    }
  Outline joined(outer.begin(), outer.begin() + std::ptrdiff_t(end) + 1);
  for (std::size_t i = 0; i <= hole.size(); ++i) joined.push_back(hole[(start + i) % hole.size()]);
  joined.insert(joined.end(), outer.begin() + std::ptrdiff_t(end), outer.end());
  outer = std::move(joined);
}

/// Cuts corners off until three are left. A proper ear holds no other corner; where rounding leaves none, the
/// least bad corner goes, so that it always ends.
void clipEars(Outline outline, const std::vector<Point2>& points, std::vector<std::uint32_t>& triangles) {
  const auto cornerOf = [&](std::size_t i) {
    const std::size_t n = outline.size();
    return std::array<std::uint32_t, 3>{outline[(i + n - 1) % n], outline[i], outline[(i + 1) % n]};
  };
  const auto isEar = [&](std::size_t i) {
    const auto [a, b, c] = cornerOf(i);
    const Point2 &pa = points[a], &pb = points[b], &pc = points[c];
    const double area = turn(pa, pb, pc);
    if (area < 0) return false;
    if (area == 0) return true;
    for (const std::uint32_t other : outline) {
      const Point2& p = points[other];
      // Copies of the ear's own corners (bridges' ends) do not count.
      if (p == pa || p == pb || p == pc) continue;
      if (isWithin(p, pa, pb, pc)) return false;
    }
    return true;
  };
  std::size_t at = 0;
  while (outline.size() > 3) {
    std::size_t tried = 0;
    while (tried < outline.size() && !isEar(at % outline.size())) {
      ++at;
      ++tried;
    }
    if (tried == outline.size()) {
      double best = -std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < outline.size(); ++i) {
        const auto [a, b, c] = cornerOf(i);
        const double area = turn(points[a], points[b], points[c]);
        if (area > best) {
          best = area;
          at = i;
        }
      }
    }
    at %= outline.size();
    const auto corner = cornerOf(at);
    triangles.insert(triangles.end(), corner.begin(), corner.end());
    outline.erase(outline.begin() + std::ptrdiff_t(at));
    // Two on: ears in turn around the outline make fewer thin triangles than a fan.
    ++at;
  }
  triangles.insert(triangles.end(), outline.begin(), outline.end());
}

}  // namespace

double doubledArea(const std::vector<Point2>& points, const Outline& outline) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < outline.size(); ++i)
    sum += turn(points[outline[0]], points[outline[i]], points[outline[i + 1]]);
  return sum;
}

std::vector<std::uint32_t> fillPolygon(const std::vector<Point2>& points,
                                       const std::vector<Outline>& outlines) {
  std::vector<Outline> solids;
  std::vector<const Outline*> holes;
  for (const Outline& outline : outlines) {
    if (outline.size() < 3) continue;
    if (doubledArea(points, outline) >= 0)
      solids.push_back(outline);
    else
      holes.push_back(&outline);
  }
  // Each hole belongs to the smallest outline around it; one with none around it is filled by itself.
  std::vector<std::vector<const Outline*>> holesOf(solids.size());
  std::vector<std::uint32_t> triangles;
  for (const Outline* hole : holes) {
    std::size_t best = solids.size();
    double bestArea = std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < solids.size(); ++s) {
      const auto within = std::count_if(hole->begin(), hole->end(), [&](std::uint32_t i) {
        return isInside(points[i], points, solids[s]);
      });
      const double area = doubledArea(points, solids[s]);
      if (2 * std::size_t(within) > hole->size() && area < bestArea) {
        best = s;
        bestArea = area;
      }
    }
    if (best < solids.size())
      holesOf[best].push_back(hole);
    else
      clipEars(*hole, points, triangles);
  }
  for (std::size_t s = 0; s < solids.size(); ++s) {
    // From the right: a bridge then never has to pass a hole that is not joined yet.
    const auto rightmost = [&](const Outline* hole) {
      Point2 best = points[hole->front()];
      for (const std::uint32_t i : *hole) best = std::max(best, points[i]);
      return best;
    };
    std::sort(holesOf[s].begin(), holesOf[s].end(),
              [&](const Outline* a, const Outline* b) { return rightmost(a) > rightmost(b); });
    Outline outer = solids[s];
    for (const Outline* hole : holesOf[s]) bridge(outer, *hole, points);
    clipEars(std::move(outer), points, triangles);
  }
  return triangles;
}

}  // namespace aula::scene
