#version 460
// SPDX-License-Identifier: Apache-2.0
// Everything is blended as it is encoded: textures of the interface hold encoded values; those whose format the
// device decodes on reading are encoded again (IEC 61966-2-1).
layout(location = 0) in vec2 at;
layout(location = 1) in vec4 tint;
layout(binding = 0) uniform sampler2D image;
layout(push_constant) uniform Push {
  vec2 scale, offset;
  uint isLinear;
};
layout(location = 0) out vec4 colour;

void main() {
  vec4 texel = texture(image, at);
  if (isLinear != 0) {
    vec3 low = 12.92 * texel.rgb, high = 1.055 * pow(max(texel.rgb, vec3(0)), vec3(1 / 2.4)) - 0.055;
    texel.rgb = mix(high, low, lessThanEqual(texel.rgb, vec3(0.0031308)));
  }
  colour = tint * texel;
}
