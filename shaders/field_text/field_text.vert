// SPDX-License-Identifier: Apache-2.0
#version 460

layout(push_constant) uniform Push { vec2 clipPerPixel; } push;
layout(location = 0) in vec2 position;  // pixels from the upper left corner
layout(location = 1) in vec2 texel;     // in the atlas
layout(location = 2) in float texelsPerPixel;
layout(location = 3) in vec4 vertexColour;
layout(location = 4) in vec4 vertexHalo;
layout(location = 0) out vec2 atlasTexel;
layout(location = 1) out float scale;
layout(location = 2) out vec4 textColour;
layout(location = 3) out vec4 haloColour;

void main() {
  atlasTexel = texel;
  scale = texelsPerPixel;
  textColour = vertexColour;
  haloColour = vertexHalo;
  gl_Position = vec4(position * push.clipPerPixel - 1.0, 0.0, 1.0);
}
