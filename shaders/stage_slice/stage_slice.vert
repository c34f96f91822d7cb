// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "stage.glsl"
#include "stage_slice_uniforms.h"

layout(set = 0, binding = 1, std140) uniform Slice { StageSliceUniforms slice; };
layout(location = 0) out vec3 node;
layout(location = 1) out vec3 position;

void main() {
  vec2 st = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
  position = slice.corner.xyz + st.x * slice.across.xyz + st.y * slice.up.xyz;
  node = slice.node.xyz + st.x * slice.nodeAcross.xyz + st.y * slice.nodeUp.xyz;
  gl_Position = stage.clipFromStage * vec4(position, 1.0);
}
