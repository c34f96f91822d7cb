// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its block lies in shaders/include, where GLSL reads it too.
#pragma once

#include <glm/vec4.hpp>

namespace aula::render::shader {

using glm::ivec4;
using glm::vec4;

#include <mesh_uniforms.h>
static_assert(sizeof(MeshUniforms) == 4 * 16);

/// As in mesh_vertex.glsl.
struct MeshInstance {
  vec4 rows[3], before[3], tint;
};
static_assert(sizeof(MeshInstance) == 7 * 16);

/// As in mesh.glsl.
enum MeshFlag : int {
  kMeshTwoSided = 1,
  kMeshFlat = 2,
  kMeshUnlit = 4,
  kMeshColoured = 8,
  kMeshDeforms = 16,
  kMeshHasBaseTexture = 32,
  kMeshHasNormalTexture = 64,
  kMeshHasRoughnessTexture = 128,
  kMeshHasEmissionTexture = 256
};

}  // namespace aula::render::shader
