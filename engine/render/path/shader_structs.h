// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its blocks lie in shaders/include, where GLSL reads them too.
#pragma once

#include <cstddef>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

/// The records that the path tracer's shaders and C++ share.
namespace aula::render::path {

namespace shader {
using glm::ivec4;
using glm::mat4;
using glm::uvec4;
using glm::vec4;

#include <path_constants.h>
#include <path_uniforms.h>

// std140, std430 and C++ agree while there are only four-component vectors.
static_assert(offsetof(PathUniforms, clips) == 4 * 16);
static_assert(offsetof(PathUniforms, lampDirection) == 10 * 16);
static_assert(offsetof(PathUniforms, environment) == 22 * 16);
static_assert(sizeof(PathUniforms) == 29 * 16);
static_assert(sizeof(PathInstance) == 11 * 16);
static_assert(sizeof(PathMaterial) == 4 * 16);
static_assert(sizeof(PathVolume) == 6 * 16);

/// What each dispatch is told.
struct PathPush {
  ivec4 tile;
  ivec4 samples;
  uvec4 sums;
};
}  // namespace shader

}  // namespace aula::render::path
