// SPDX-License-Identifier: Apache-2.0
#include "fdtd/picture_lines.h"

#include <algorithm>
#include <utility>

#include "fdtd/outline.h"

namespace aula::fdtd {

namespace {

/// Objects' outlines and the inner edge of the absorbing layers.
std::vector<scene::LinesView> makeLines(const SimulationSpec& spec, const InstrumentPlan::Plane& plane) {
  std::vector<scene::LinesView> lines;
  const Grid& grid = spec.setup.grid;
  if (spec.scene.hasOutlines) {
    double finest = grid.dx;
    for (int axis = 0; axis < (grid.dimensions == Dimensions::three ? 3 : 2); ++axis) {
      finest = std::min(finest, grid.spacing(axis));
    }
    auto outlines = traceOutlines(spec.setup, {plane.normal, plane.lower, plane.upper}, 0.5 * finest);
    if (!outlines.empty()) lines.push_back({"objects", std::move(outlines), false});
  }
  if (spec.scene.hasBoundary) {
    const Bounds interior = interiorBounds(spec.setup);
    const int u = plane.normal == 0 ? 1 : 0;
    const int v = plane.normal == 2 ? 1 : 2;
    const double slack = 0.01 * std::min(grid.spacing(u), grid.spacing(v));
    const bool reachesBeyond =
        plane.lower[u] < interior.lower[u] - slack || plane.upper[u] > interior.upper[u] + slack ||
        plane.lower[v] < interior.lower[v] - slack || plane.upper[v] > interior.upper[v] + slack;
    if (reachesBeyond) {
      std::vector<core::Vec3> box;
      for (const auto& [isUpperU, isUpperV] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}) {
        core::Vec3 corner = plane.lower;
        corner[u] = isUpperU ? std::min(interior.upper[u], plane.upper[u])
                             : std::max(interior.lower[u], plane.lower[u]);
        corner[v] = isUpperV ? std::min(interior.upper[v], plane.upper[v])
                             : std::max(interior.lower[v], plane.lower[v]);
        box.push_back(corner);
      }
      lines.push_back({"absorbing layers", {std::move(box)}, true});
    }
  }
  return lines;
}

/// The part of an instrument's line that a picture of a plane shows; lines that leave the plane are left out.
std::optional<scene::LinesView> makeMark(const InstrumentPlan& instrument, const InstrumentPlan::Plane& plane,
                                         const Grid& grid) {
  const auto line = instrument.line();
  if (!line) return std::nullopt;
  core::Vec3 first = line->first;
  core::Vec3 last = line->second;
  for (int axis = 0; axis < 3; ++axis) {
    // Instruments' lines run along an axis, so that each coordinate can be clipped by itself.
    const double slack = 0.51 * grid.spacing(axis);
    if (std::min(first[axis], last[axis]) > plane.upper[axis] + slack ||
        std::max(first[axis], last[axis]) < plane.lower[axis] - slack)
      return std::nullopt;
    if (axis == plane.normal && first[axis] != last[axis]) return std::nullopt;
    first[axis] = std::clamp(first[axis], plane.lower[axis], plane.upper[axis]);
    last[axis] = std::clamp(last[axis], plane.lower[axis], plane.upper[axis]);
  }
  return scene::LinesView{instrument.name(), {{first, last}}, true};
}

}  // namespace

std::vector<scene::LinesView> makePictureLines(const SimulationSpec& spec) {
  std::vector<scene::LinesView> all;
  for (const auto& plan : spec.instruments) {
    const auto& views = spec.scene.views;
    const auto plane = plan->plane();
    if (!plane || std::find(views.begin(), views.end(), plan->name()) == views.end()) continue;
    for (scene::LinesView& lines : makeLines(spec, *plane)) all.push_back(std::move(lines));
    for (const auto& marked : spec.instruments) {
      const auto& marks = spec.scene.marks;
      if (std::find(marks.begin(), marks.end(), marked->name()) == marks.end()) continue;
      if (auto mark = makeMark(*marked, *plane, spec.setup.grid)) all.push_back(std::move(*mark));
    }
  }
  return all;
}

}  // namespace aula::fdtd
