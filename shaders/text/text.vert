// SPDX-License-Identifier: Apache-2.0
#version 460

layout(push_constant) uniform Push { vec2 clipPerPixel; } push;
layout(location = 0) in vec2 position;  // pixels from the upper left corner
layout(location = 1) in vec2 texel;     // in the atlas
layout(location = 2) in vec4 vertexColour;
layout(location = 0) out vec2 atlasTexel;
layout(location = 1) out vec4 textColour;

void main() {
  atlasTexel = texel;
  textColour = vertexColour;
  gl_Position = vec4(position * push.clipPerPixel - 1.0, 0.0, 1.0);
}
