// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/vec3.hpp>

#include "render/stage/stage_pass.h"
#include "scene/bounds.h"

namespace aula::render::stage {

/// The renderer's frame for a scene of these bounds: `before` again where the scene is still about that size
/// and place, so that what lies on the device need not be told anew; a new one otherwise.
[[nodiscard]] StageSpace chooseSpace(const scene::Bounds& bounds, const StageSpace* before);

/// A box in the stage's frame.
struct StageBox {
  glm::vec3 lower{-1}, upper{1};
  [[nodiscard]] glm::vec3 centre() const { return 0.5F * (lower + upper); }
  [[nodiscard]] float radius() const;
  [[nodiscard]] glm::vec3 corner(int index) const;
};
[[nodiscard]] StageBox stageBox(const scene::Bounds& bounds, const StageSpace& space);

/// Stage of the frame before = matrix * stage of now.
[[nodiscard]] glm::mat4 changeOfSpace(const StageSpace& before, const StageSpace& now);

}  // namespace aula::render::stage
