// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only vec4, which lies the same way in both.
struct LinePiece {
  vec4 from, to;                 // xyz: ends, stage; w: length of the line up to there, pixels (dashed lines)
  vec4 previousFrom, previousTo; // xyz: the ends a frame ago, in the stage's frame of now
};
struct LinePush {
  vec4 colour;  // rgb linear; a: half the width, pixels
  vec4 dash;    // x: length of a dash, pixels, 0 for solid; y: of a dash and the gap after it
};
