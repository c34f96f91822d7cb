// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "slice_uniforms.h"

layout(set = 0, binding = 0) uniform Block { SliceUniforms u; };
layout(location = 0) out vec2 node;

// One quad as a strip of four corners.
void main() {
  vec2 corner = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
  node = mix(u.nodeRange.xy, u.nodeRange.zw, corner);
  gl_Position = u.clipFromNode * vec4(node, 0.0, 1.0);
}
