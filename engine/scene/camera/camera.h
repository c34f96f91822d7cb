// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/vec3.h"

namespace aula::scene {

/// Where a scene is seen from, in the lab's frame (metres). Controllers (orbit, fly, walk) make these; the
/// renderer only reads.
struct Camera {
  core::Vec3 eye{0, -5, 2};
  core::Vec3 target{0, 0,
                    0};    ///< Looked at; its distance is also the orthographic camera's size and the focus.
  core::Vec3 up{0, 0, 1};  ///< Need not be square to the view; must not be along it.
  bool isOrthographic = false;
  double fieldOfView =
      30;  ///< Degrees, vertical. An orthographic camera shows at the target what a perspective one would.
  /// Where the target stands in the picture: 0, 0 in the middle; 1 is half the picture's width to the right,
  /// half its height down. For pictures that leave room for something beside the scene.
  double shiftX = 0, shiftY = 0;
  /// Distances drawn, m; 0: chosen from the scene.
  double nearest = 0, farthest = 0;
};

/// A camera with a name: "front", "inside the aperture".
struct Viewpoint {
  std::string name;
  Camera camera;
};

}  // namespace aula::scene
