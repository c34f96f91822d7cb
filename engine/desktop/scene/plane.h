// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "desktop/scene/colour_image.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// A view one node thick, seen straight on: which axes of the lab lie across and upwards, and its values.
struct Plane {
  int horizontal = 0, vertical = 1, normal = 2;  ///< 0, 1, 2: x, y, z.
  double at = 0, halfThickness = 0;              ///< m, along the normal.
  Lattice lattice;                               ///< m; points into the view's values.
};

/// Of a view that is thick along all axes the middle along z. The view must outlive the plane.
[[nodiscard]] Plane planeFrom(const scene::VolumeView& view);

/// The polylines of an outline to draw over the plane: of an object that the plane cuts those that lie in it;
/// where there are none, as of a box's edges, all; of an object beside the plane, nothing.
[[nodiscard]] std::vector<const std::vector<core::Vec3>*> outlinesIn(const scene::LinesView& lines,
                                                                     const Plane& plane);

}  // namespace aula::desktop
