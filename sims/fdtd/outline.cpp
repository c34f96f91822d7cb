// SPDX-License-Identifier: Apache-2.0
#include "fdtd/outline.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "fdtd/model/mixture.h"

namespace aula::fdtd {

namespace {

constexpr double kMaximumSamples = 4e6;
constexpr std::int64_t kStretch = 32;  ///< Samples of a row that are looked at together.

/// Segments between numbered points, joined into polylines. A number names the lattice edge a point lies on,
/// or the lattice square whose middle it is, so that neighbouring squares find each other's points.
class SegmentChain {
 public:
  void addPoint(std::int64_t id, core::Vec3 position) { points_.emplace(id, position); }
  void addSegment(std::int64_t a, std::int64_t b) {
    neighbours_[a].push_back(b);
    neighbours_[b].push_back(a);
  }

  [[nodiscard]] std::vector<std::vector<core::Vec3>> takePolylines() {
    std::vector<std::vector<core::Vec3>> lines;
    std::vector<std::int64_t> ids;
    for (const auto& [id, list] : neighbours_) ids.push_back(id);
    std::sort(ids.begin(), ids.end());  // The same order on every machine.
    // Open lines and branches from their ends first, what is left are closed loops.
    for (const bool wantsEnds : {true, false}) {
      for (const std::int64_t id : ids) {
        while (!neighbours_[id].empty() && (!wantsEnds || neighbours_[id].size() != 2))
          lines.push_back(walk(id));
      }
    }
    return lines;
  }

 private:
  std::vector<core::Vec3> walk(std::int64_t id) {
    std::vector<core::Vec3> line{points_.at(id)};
    while (!neighbours_[id].empty()) {
      const std::int64_t next = neighbours_[id].back();
      neighbours_[id].pop_back();
      auto& back = neighbours_[next];
      back.erase(std::find(back.begin(), back.end(), id));
      line.push_back(points_.at(next));
      id = next;
      if (back.size() > 1) break;  // A junction: other lines begin there too.
    }
    return line;
  }

  std::unordered_map<std::int64_t, core::Vec3> points_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> neighbours_;
};

/// The setup's objects, asked for the material at one point after another.
class Materials {
 public:
  explicit Materials(const Setup& setup) : scene_(setup), all_(scene_.all()) {
    const std::size_t axes = setup.grid.dimensions == Dimensions::three ? 3 : 2;
    for (std::size_t axis = 0; axis < axes; ++axis)
      isFolded_ = isFolded_ || setup.boundaries[axis][0].kind == BoundaryKind::periodic;
  }
  [[nodiscard]] int at(core::Vec3 point) const { return scene_.materialAt(scene_.wrapped(point), all_); }

  /// At `count` points from `first` to `last`; most of the way there is nothing but one material.
  template <class Place>
  void fill(std::int64_t count, const Place& place, int* out) const {
    const core::Vec3 first = place(0), last = place(count - 1);
    if (isFolded_) {
      for (std::int64_t i = 0; i < count; ++i) out[i] = at(place(i));
      return;
    }
    const Scene::Candidates near =
        scene_.candidatesNear(0.5 * (first + last), 0.51 * core::length(last - first));
    for (std::int64_t i = 0; i < count; ++i)
      out[i] = near.objects.empty() ? near.below : scene_.materialAt(place(i), near);
  }

 private:
  Scene scene_;
  Scene::Candidates all_;
  bool isFolded_ = false;
};

/// Where on the way from a to b the material stops being that of a.
core::Vec3 bisect(const Materials& materials, core::Vec3 a, core::Vec3 b, int materialOfA) {
  for (int i = 0; i < 24; ++i) {
    const core::Vec3 middle = 0.5 * (a + b);
    (materials.at(middle) == materialOfA ? a : b) = middle;
  }
  return 0.5 * (a + b);
}

double distanceToLine(core::Vec3 p, core::Vec3 a, core::Vec3 b) {
  const core::Vec3 along = b - a;
  const double length2 = core::dot(along, along);
  if (length2 == 0) return core::length(p - a);
  const double t = std::clamp(core::dot(p - a, along) / length2, 0.0, 1.0);
  return core::length(p - (a + t * along));
}

void simplifyBetween(const std::vector<core::Vec3>& line, double tolerance, std::vector<char>& keeps) {
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, line.size() - 1}};
  while (!spans.empty()) {
    const auto [first, last] = spans.back();
    spans.pop_back();
    double worst = 0;
    std::size_t where = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double distance = distanceToLine(line[i], line[first], line[last]);
      if (distance > worst) {
        worst = distance;
        where = i;
      }
    }
    if (worst <= tolerance) continue;
    keeps[where] = 1;
    spans.emplace_back(first, where);
    spans.emplace_back(where, last);
  }
}

}  // namespace

std::vector<core::Vec3> simplify(const std::vector<core::Vec3>& line, double tolerance) {
  if (line.size() < 3) return line;
  std::vector<char> keeps(line.size(), 0);
  keeps.front() = keeps.back() = 1;
  simplifyBetween(line, tolerance, keeps);
  std::vector<core::Vec3> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keeps[i]) result.push_back(line[i]);
  }
  return result;
}

std::vector<std::vector<core::Vec3>> traceOutlines(const Setup& setup, const PlaneRectangle& plane,
                                                   double spacing) {
  if (setup.objects.empty()) return {};
  const int u = plane.normal == 0 ? 1 : 0;
  const int v = plane.normal == 2 ? 1 : 2;
  const double width = plane.upper[u] - plane.lower[u];
  const double height = plane.upper[v] - plane.lower[v];
  spacing = std::max(spacing, std::sqrt(width * height / kMaximumSamples));
  const auto columns = std::int64_t(std::ceil(width / spacing)) + 1;
  const auto rows = std::int64_t(std::ceil(height / spacing)) + 1;
  if (columns < 2 || rows < 2) return {};

  const auto place = [&](std::int64_t i, std::int64_t j) {
    core::Vec3 point = plane.lower;
    point[u] += width * double(i) / double(columns - 1);
    point[v] += height * double(j) / double(rows - 1);
    return point;
  };
  const Materials materials(setup);
  std::vector<int> material(std::size_t(columns * rows));
#pragma omp parallel for schedule(static)
  for (std::int64_t j = 0; j < rows; ++j) {
    for (std::int64_t i = 0; i < columns; i += kStretch)
      materials.fill(
          std::min(kStretch, columns - i), [&](std::int64_t n) { return place(i + n, j); },
          material.data() + j * columns + i);
  }

  // Each square of four samples joins the crossings on its sides; where more than two meet they meet in its
  // middle.
  SegmentChain chain;
  const auto at = [&](std::int64_t i, std::int64_t j) { return material[std::size_t(j * columns + i)]; };
  for (std::int64_t j = 0; j + 1 < rows; ++j) {
    for (std::int64_t i = 0; i + 1 < columns; ++i) {
      const int here = at(i, j);
      if (here == at(i + 1, j) && here == at(i, j + 1) && here == at(i + 1, j + 1)) continue;
      struct Side {
        std::int64_t id;
        std::int64_t i0, j0, i1, j1;
      };
      const std::int64_t n = j * columns + i;
      const Side sides[4] = {{4 * n, i, j, i + 1, j},
                             {4 * (n + 1) + 1, i + 1, j, i + 1, j + 1},
                             {4 * (n + columns), i, j + 1, i + 1, j + 1},
                             {4 * n + 1, i, j, i, j + 1}};
      std::int64_t crossings[4];
      int count = 0;
      core::Vec3 mean;
      for (const Side& side : sides) {
        const int first = at(side.i0, side.j0);
        if (first == at(side.i1, side.j1)) continue;
        const core::Vec3 point = bisect(materials, place(side.i0, side.j0), place(side.i1, side.j1), first);
        chain.addPoint(side.id, point);
        crossings[count++] = side.id;
        mean = mean + point;
      }
      if (count == 2) chain.addSegment(crossings[0], crossings[1]);
      if (count > 2) {
        chain.addPoint(4 * n + 2, mean / double(count));
        for (int c = 0; c < count; ++c) chain.addSegment(crossings[c], 4 * n + 2);
      }
    }
  }
  std::vector<std::vector<core::Vec3>> lines = chain.takePolylines();
  for (auto& line : lines) line = simplify(line, 0.02 * spacing);
  return lines;
}

}  // namespace aula::fdtd
