// SPDX-License-Identifier: Apache-2.0
// For vertex shaders of meshes.
#include "mesh.glsl"

struct MeshInstance {
  vec4 rows[3];      // stage = rows * mesh
  vec4 before[3];    // The same a frame ago, in the stage's frame of now.
  vec4 tint;         // rgb: times the colour; a: -1 where it is mirrored, else 1.
};
layout(set = 0, binding = 2, std430) readonly buffer Instances { MeshInstance instances[]; };
layout(set = 0, binding = 3, std430) readonly buffer Before { float cornersBefore[]; };  // As the vertices lie: 9 words each.

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 textureAt;
layout(location = 3) in vec4 colour;  // sRGB

vec3 placed(vec4 rows[3], vec3 p) {
  vec4 q = vec4(p, 1.0);
  return vec3(dot(rows[0], q), dot(rows[1], q), dot(rows[2], q));
}

// Normals turn with the cofactors of the matrix, which is its inverse transposed but for a factor; that factor's sign is
// the mirroring.
vec3 turned(vec4 rows[3], float mirror, vec3 n) {
  vec3 a = rows[0].xyz, b = rows[1].xyz, c = rows[2].xyz;
  return mirror * vec3(dot(cross(b, c), n), dot(cross(c, a), n), dot(cross(a, b), n));
}
