// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only mat4, vec4 and ivec4, which lie the same way in both.
struct SliceUniforms {
  mat4 clipFromNode;  // (column, row, 0, 1) in nodes to clip space
  vec4 nodeRange;     // first column, first row, last column, last row
  vec4 limits;        // value at the map's start, 1 / (end - start), opacity, unused
  ivec4 options;      // columns, rows, 1: nearest node, unused
};
