// SPDX-License-Identifier: Apache-2.0
#version 460

// One triangle that covers the viewport.
void main() { gl_Position = vec4(4.0 * float(gl_VertexIndex & 1) - 1.0, 4.0 * float(gl_VertexIndex >> 1) - 1.0, 0.0, 1.0); }
