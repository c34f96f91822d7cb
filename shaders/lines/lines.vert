// SPDX-License-Identifier: Apache-2.0
#version 460

layout(push_constant) uniform Push { vec2 clipPerPixel; } push;
layout(location = 0) in vec3 position;  // pixels from the upper left corner; depth
layout(location = 1) in vec4 shape;     // distance from the middle, half the width, length so far, length of a dash; pixels
layout(location = 2) in vec4 vertexColour;
layout(location = 0) out vec4 lineShape;
layout(location = 1) out vec4 lineColour;

void main() {
  lineShape = shape;
  lineColour = vertexColour;
  gl_Position = vec4(position.xy * push.clipPerPixel - 1.0, position.z, 1.0);
}
