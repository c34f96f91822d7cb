// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "scene/bounds.h"
#include "scene/camera/camera.h"
#include "scene/ray.h"

/// Between the lab's frame and a picture's pixels. Pixels count from the upper left corner of the picture;
/// the middle of the first is (0.5, 0.5). The same conventions as the renderer: the field of view is
/// vertical, an orthographic camera shows at its target what a perspective one would.
namespace aula::scene {

struct Viewport {
  double width = 1, height = 1;  ///< Pixels, positive.
  [[nodiscard]] double aspect() const { return width / height; }
};

/// Unit vectors; right and up span the picture.
struct CameraAxes {
  core::Vec3 right, up, forward;
};
/// Of any camera: one whose eye is its target looks along +y, an `up` along the view is replaced.
[[nodiscard]] CameraAxes axesOf(const Camera& camera);
/// Metres from the picture's middle to its upper edge, in the plane through the target.
[[nodiscard]] double halfHeightAtTarget(const Camera& camera);

/// From the eye (orthographic: from the plane through it) through the point of the picture; unit direction.
[[nodiscard]] Ray rayThrough(const Camera& camera, const Viewport& viewport, double x, double y);
/// Where the ray through the point of the picture meets the plane through the target, square to the view.
[[nodiscard]] core::Vec3 pointAtTarget(const Camera& camera, const Viewport& viewport, double x, double y);

struct PicturePoint {
  double x = 0, y = 0;  ///< Pixels; may lie outside the picture.
  double depth = 0;     ///< m, along the view.
};
/// Nothing for points beside or behind the eye of a perspective camera.
[[nodiscard]] std::optional<PicturePoint> project(const Camera& camera, const Viewport& viewport,
                                                  core::Vec3 point);

/// The camera moved along its own directions so that all of `bounds` is seen, in the middle of the picture,
/// as large as fits with `margin` (a share of the picture) around it. Nothing changes for empty bounds; a
/// point is shown from 1 m.
[[nodiscard]] Camera fitted(const Camera& camera, const Bounds& bounds, const Viewport& viewport,
                            double margin = 0.05);

}  // namespace aula::scene
