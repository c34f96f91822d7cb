// SPDX-License-Identifier: Apache-2.0
#version 460

layout(location = 0) out vec2 uv;

// One triangle that covers the picture.
void main() {
  uv = vec2(gl_VertexIndex == 1 ? 2.0 : 0.0, gl_VertexIndex == 2 ? 2.0 : 0.0);
  gl_Position = vec4(2.0 * uv - 1.0, 0.0, 1.0);
}
