// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its blocks lie in shaders/include, where GLSL reads them too.
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

/// The uniform blocks that shaders and C++ share.
namespace aula::render::shader {

using glm::ivec4;
using glm::mat4;
using glm::vec4;

#include <slice_uniforms.h>

static_assert(sizeof(SliceUniforms) == 64 + 3 * 16);

}  // namespace aula::render::shader
