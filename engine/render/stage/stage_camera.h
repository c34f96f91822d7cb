// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "render/stage/stage_space.h"

namespace aula::render::stage {

/// A camera in the stage's frame. Clip space has y down and depth 1 near, 0 far.
struct StageCamera {
  glm::mat4 viewFromStage{1};
  glm::mat4 clipFromView{1};
  glm::vec3 eye{0};
  glm::vec3 forward{0, 0, -1};
  bool isPerspective = true;
  float pixelSize = 1;  ///< At distance 1; everywhere where orthographic.

  [[nodiscard]] glm::mat4 clipFromStage() const { return clipFromView * viewFromStage; }
};

/// `box`: where things are, for the distances drawn where the camera leaves them open. Throws core::Error
/// (input) for an eye on its target, an up along the view, a field of view outside 0.1 to 170 degrees.
[[nodiscard]] StageCamera stageCamera(const scene::Camera& camera, const StageSpace& space,
                                      const StageBox& box, int width, int height);

/// A lamp as a camera: everything in the box, seen along its light, in a square of `texels`.
[[nodiscard]] StageCamera lampCamera(glm::vec3 towards, const StageBox& box, int texels);

/// Moves what is drawn by so many pixels (x right, y down).
[[nodiscard]] glm::mat4 jittered(const glm::mat4& clipFromStage, glm::vec2 pixels, int width, int height);

}  // namespace aula::render::stage
