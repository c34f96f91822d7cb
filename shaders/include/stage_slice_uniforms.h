// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only mat4, vec4 and ivec4, which lie the same way in both.
struct StageSliceUniforms {
  vec4 corner, across, up;    // The rectangle corner + s across + t up in stage space, s and t from 0 to 1.
  vec4 node, nodeAcross, nodeUp;  // The same in nodes of the values: node + s nodeAcross + t nodeUp.
  vec4 limits;                // Place in the map: texture value times x, plus y; z: 1 for the nearest node.
  ivec4 nodes;                // Along x, y, z; w: 1 where the values lie in a 2-D image.
};
