// SPDX-License-Identifier: Apache-2.0
#include "scene/view/bounds.h"

#include <algorithm>
#include <cmath>

#include "compute/shared_array.h"

namespace aula::scene {

namespace {

Bounds of(const VolumeView& view) {
  const std::array<int, 3> n{view.nx, view.ny, view.nz};
  Bounds bounds{view.origin, view.origin};
  for (int axis = 0; axis < 3; ++axis) {
    const double step = view.spacing[axis];
    const double from = n[std::size_t(axis)] > 1 ? 0 : -0.5 * step;
    const double to = n[std::size_t(axis)] > 1 ? (n[std::size_t(axis)] - 1) * step : 0.5 * step;
    bounds.lower[axis] += std::min(from, to);
    bounds.upper[axis] += std::max(from, to);
  }
  return bounds;
}

Bounds of(const IsoSurfaceView& view) {
  return of(view.volume);
}

Bounds of(const SliceView& view) {
  Bounds bounds;
  for (const double s : {0.0, 1.0})
    for (const double t : {0.0, 1.0}) bounds.add(view.corner + s * view.u + t * view.v);
  return bounds;
}

Bounds of(const ParticlesView& view) {
  Bounds bounds;
  const auto radiusOf = [&](std::size_t i) -> double {
    if (!view.radii || view.radii->empty()) return view.bondRadius;
    return view.radii->size() == 1 ? view.radii->front() : i < view.radii->size() ? (*view.radii)[i] : 0;
  };
  const auto add = [&](std::size_t i, Float3 p) {
    const double radius = radiusOf(i);
    const core::Vec3 centre = toVec3(p), margin{radius, radius, radius};
    bounds.add(centre - margin);
    bounds.add(centre + margin);
  };
  if (view.positions) {
    for (std::size_t i = 0; i < view.positions->size(); ++i) add(i, (*view.positions)[i]);
  } else if (view.sharedPositions && view.sharedPositions->hostPointer()) {
    const auto* raw = static_cast<const float*>(view.sharedPositions->hostPointer());
    for (std::size_t i = 0; i < view.sharedPositions->bytes() / (4 * sizeof(float)); ++i)
      add(i, {raw[4 * i], raw[4 * i + 1], raw[4 * i + 2]});
  }
  return bounds;
}

Bounds of(const GlyphsView& view) {
  Bounds bounds;
  if (!view.positions || !view.vectors) return bounds;
  for (std::size_t i = 0; i < std::min(view.positions->size(), view.vectors->size()); ++i) {
    core::Vec3 half = (0.5 * view.metresPerUnit) * toVec3((*view.vectors)[i]);
    const double length = 2 * core::length(half);
    if (view.longest > 0 && length > view.longest) half = (view.longest / length) * half;
    bounds.add(toVec3((*view.positions)[i]) - half);
    bounds.add(toVec3((*view.positions)[i]) + half);
  }
  return bounds;
}

Bounds of(const RibbonView& view) {
  Bounds bounds;
  for (std::size_t i = 0; i < view.points.size(); ++i) {
    const double width = view.widths.empty() ? 0 : view.widths[std::min(i, view.widths.size() - 1)];
    Bounds point;
    point.add(view.points[i]);
    bounds.add(point.grown(0.5 * std::max(width, double(view.thickness))));
  }
  return bounds;
}

Bounds of(const LinesView& view) {
  Bounds bounds;
  for (const auto& polyline : view.polylines)
    for (const core::Vec3 p : polyline) bounds.add(p);
  return bounds;
}

Bounds of(const MeshView& view) {
  Bounds bounds;
  if (!view.mesh) return bounds;
  const Bounds own = boundsOf(*view.mesh);
  if (view.instances.empty()) return own;
  // One copy is worth the exact box; for many the corners' box is enough.
  if (view.instances.size() == 1) {
    for (const Float3 p : view.mesh->positions) bounds.add(view.instances[0].point(toVec3(p)));
    return bounds;
  }
  for (const Transform& instance : view.instances) bounds.add(transformed(own, instance));
  return bounds;
}

Bounds of(const LabelView& view) {
  Bounds bounds;
  bounds.add(view.position);
  return bounds;
}

Bounds of(const RulerView& view) {
  Bounds bounds;
  bounds.add(view.from);
  bounds.add(view.to);
  return bounds;
}

}  // namespace

Bounds boundsOf(const TriangleMesh& mesh) {
  Bounds bounds;
  for (const Float3 p : mesh.positions) bounds.add(toVec3(p));
  return bounds;
}

Bounds transformed(const Bounds& bounds, const Transform& transform) {
  Bounds result;
  if (bounds.isEmpty()) return result;
  for (int i = 0; i < 8; ++i) result.add(transform.point(bounds.corner(i)));
  return result;
}

Bounds boundsOf(const View& view) {
  return std::visit([](const auto& any) { return of(any); }, view);
}

Bounds boundsOf(const Frame& frame) {
  Bounds bounds;
  for (const View& view : frame.views) bounds.add(boundsOf(view));
  return bounds;
}

}  // namespace aula::scene
