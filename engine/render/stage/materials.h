// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/vec3.hpp>

#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// How far light travels below the surfaces of a scene: that of the material where it goes furthest. The
/// blur has one tint for the whole picture; materials differ in strength.
struct SceneSubsurface {
  float radius = 0;  ///< m; 0: nothing scatters.
  glm::vec3 tint{1, 1, 1};
};
[[nodiscard]] SceneSubsurface subsurfaceOf(const scene::Frame& frame);

/// For the G-buffer: strength times radius over the scene's largest, 0 to 1.
[[nodiscard]] float subsurfaceShare(const scene::Material& material, const StageFrame& stage);

}  // namespace aula::render::stage
