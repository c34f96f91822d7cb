// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its blocks lie in shaders/include, where GLSL reads them too.
#pragma once

#include <cstddef>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

/// The uniform blocks that the stage's shaders and C++ share.
namespace aula::render::shader {

using glm::ivec4;
using glm::mat4;
using glm::vec4;

#include <stage_slice_uniforms.h>
#include <stage_uniforms.h>
#include <stage_volume_uniforms.h>

// std140 and C++ agree while there are only mat4, vec4 and ivec4.
static_assert(offsetof(StageUniforms, eye) == 6 * 64);
static_assert(offsetof(StageUniforms, clips) == 6 * 64 + 4 * 16);
static_assert(offsetof(StageUniforms, shadowFromStage) == 6 * 64 + 18 * 16);
static_assert(offsetof(StageUniforms, counts) == 10 * 64 + 20 * 16);
static_assert(sizeof(StageSliceUniforms) == 8 * 16);
static_assert(sizeof(StageVolumeUniforms) == 2 * 64 + 4 * 16);
static_assert(sizeof(StageUniforms) == 10 * 64 + 22 * 16);

}  // namespace aula::render::shader
