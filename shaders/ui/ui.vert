#version 460
// SPDX-License-Identifier: Apache-2.0
// The interface's triangles: from its units to the whole target.
layout(location = 0) in vec2 place;
layout(location = 1) in vec2 texturePlace;
layout(location = 2) in vec4 colour;
layout(push_constant) uniform Push {
  vec2 scale, offset;
  uint isLinear;
};
layout(location = 0) out vec2 at;
layout(location = 1) out vec4 tint;

void main() {
  gl_Position = vec4(place * scale + offset, 0, 1);
  at = texturePlace;
  tint = colour;
}
