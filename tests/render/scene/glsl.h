// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: the shaders' own text, read as C++ (glm), so that tests can integrate it on the
// CPU.
#pragma once

#include <algorithm>
#include <cmath>
#include <glm/glm.hpp>

namespace aula::render::glsl {

using glm::abs;
using glm::clamp;
using glm::cross;
using glm::dot;
using glm::max;
using glm::min;
using glm::mix;
using glm::normalize;
using glm::vec2;
using glm::vec3;
using std::cos;
using std::pow;
using std::sin;
using std::sqrt;

// Each test program's file has its own copy and uses some of it.
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-const-variable"
namespace {
#include <brdf.glsl>
#include <environment.glsl>
#include <tone_map.glsl>
}  // namespace

}  // namespace aula::render::glsl
