// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its block lies in shaders/include, where GLSL reads it too.
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

namespace aula::render::temporal::shader {

using glm::vec4;

#include <temporal_uniforms.h>

static_assert(sizeof(TemporalUniforms) == 7 * 16);

}  // namespace aula::render::temporal::shader
