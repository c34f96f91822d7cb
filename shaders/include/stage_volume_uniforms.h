// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only mat4, vec4 and ivec4, which lie the same way in both.
struct StageVolumeUniforms {
  mat4 unitFromStage;  // To 0..1 from the volume's first to its last node.
  mat4 stageFromUnit;
  vec4 nodes;          // Nodes along x, y, z; steps for a distance between nodes.
  vec4 bricks;         // Cells along x, y, z over the cells of a brick; cells of a brick's side.
  vec4 table;          // Texture value to place in the tables: times x, plus y; z: entries of the tables.
  ivec4 options;       // x: lit by its gradient; y: the eighth towards the viewer is cut away; z: its corner's signs in bits.
};
