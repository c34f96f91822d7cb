// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: the shaders' own text, read as C++ (glm): the studio and the film's curve are the
// same on both sides because they are the same lines.
#pragma once

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

namespace aula::render::path {
namespace {
namespace glsl {

using glm::clamp;
using glm::dot;
using glm::max;
using glm::min;
using glm::mix;
using glm::vec2;
using glm::vec3;
using std::pow;
using std::sqrt;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <environment.glsl>
#include <tone_map.glsl>
#pragma GCC diagnostic pop

}  // namespace glsl
}  // namespace
}  // namespace aula::render::path
