// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/stage/shader_structs.h"
#include "render/stage/stage_camera.h"

namespace aula::render::stage {

/// What concerns the camera, as it is now; what was before is left alone. `drawn`: with jitter.
void setCamera(shader::StageUniforms& uniforms, const StageCamera& camera, const glm::mat4& drawn, int width,
               int height);

/// Planes in the stage's frame. Throws core::Error (input): more than six, a normal without length.
void setClips(shader::StageUniforms& uniforms, const scene::Frame& frame, const StageSpace& space);

/// Light, exposure and tone mapping by the style.
void setStyle(shader::StageUniforms& uniforms, const SceneStyle& style);

}  // namespace aula::render::stage
