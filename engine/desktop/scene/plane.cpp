// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/plane.h"

#include <algorithm>
#include <cmath>

namespace aula::desktop {

Plane planeFrom(const scene::VolumeView& view) {
  const int n[3] = {view.nx, view.ny, view.nz};
  Plane plane;
  plane.normal = n[2] == 1 ? 2 : n[1] == 1 ? 1 : n[0] == 1 ? 0 : 2;
  plane.horizontal = plane.normal == 0 ? 1 : 0;
  plane.vertical = plane.normal == 2 ? 1 : 2;
  const auto range = [&](int axis, double& low, double& high) {
    low = view.origin[axis] - (n[axis] == 1 ? view.spacing[axis] / 2 : 0);
    high = n[axis] == 1 ? low + view.spacing[axis] : low + (n[axis] - 1) * view.spacing[axis];
  };
  range(plane.horizontal, plane.lattice.left, plane.lattice.right);
  range(plane.vertical, plane.lattice.bottom, plane.lattice.top);
  plane.lattice.columns = n[plane.horizontal];
  plane.lattice.rows = n[plane.vertical];
  const int layer = n[plane.normal] / 2;
  plane.at = view.origin[plane.normal] + layer * view.spacing[plane.normal];
  plane.halfThickness = view.spacing[plane.normal] / 2;
  plane.lattice.values =
      view.values->data() + static_cast<std::ptrdiff_t>(plane.lattice.columns) * plane.lattice.rows * layer;
  return plane;
}

std::vector<const std::vector<core::Vec3>*> outlinesIn(const scene::LinesView& lines, const Plane& plane) {
  const double slack = plane.halfThickness * (1 + 1e-6);
  double low = INFINITY, high = -INFINITY;
  std::vector<const std::vector<core::Vec3>*> inPlane, all;
  for (const auto& polyline : lines.polylines) {
    bool isIn = true;
    for (const core::Vec3& p : polyline) {
      low = std::min(low, p[plane.normal]);
      high = std::max(high, p[plane.normal]);
      isIn = isIn && std::abs(p[plane.normal] - plane.at) <= slack;
    }
    all.push_back(&polyline);
    if (isIn) inPlane.push_back(&polyline);
  }
  if (low > plane.at + slack || high < plane.at - slack) return {};
  return inPlane.empty() ? all : inPlane;
}

}  // namespace aula::desktop
