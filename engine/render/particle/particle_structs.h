// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its blocks lie in shaders/include, where GLSL reads them too.
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

namespace aula::render::shader {

using glm::ivec4;
using glm::mat4;
using glm::vec4;

#include <line_piece.h>
#include <particle_push.h>
static_assert(sizeof(ParticlePush) == 6 * 16);
static_assert(sizeof(LinePiece) == 4 * 16 && sizeof(LinePush) == 2 * 16);

}  // namespace aula::render::shader
