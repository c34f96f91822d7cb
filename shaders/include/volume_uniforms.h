// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only mat4, vec4 and ivec4, which lie the same way in both.
struct VolumeUniforms {
  mat4 unitFromClip;  // clip space to the volume's own cube, 0 to 1 from its first to its last node
  vec4 viewport;      // left, top, width, height in pixels
  vec4 nodes;         // nodes along x, y, z; opacity per unit of length of the longest side
  vec4 size;          // length of the sides over the longest; steps per node distance
  ivec4 options;      // 1: the map diverges; 1: the octant towards the viewer is cut away; its corner's signs in bits
};
