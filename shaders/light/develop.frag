// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "tone_map.glsl"

// Exposure, the film's curve, the background behind, sRGB's encoding; and the light itself, kept for whoever asks.
layout(set = 0, binding = 0) uniform sampler2D radianceImage;
layout(push_constant) uniform Push {
  vec4 background;  // rgb: linear; a: opacity
  vec4 options;     // x: exposure; y: 0 filmic, 1 none; z: the radiance is a sum to be divided by this
  vec4 empty;       // The finished picture where nothing is.
} push;
layout(location = 0) in vec2 uv;
layout(location = 0) out vec4 outPicture;
layout(location = 1) out vec4 outRadiance;

void main() {
  vec4 light = textureLod(radianceImage, uv, 0.0) / push.options.z;
  outRadiance = light;
  float a = clamp(light.a, 0.0, 1.0);
  if (a <= 0.0) {
    outPicture = push.empty;
    return;
  }
  vec3 own = developed(light.rgb / a, push.options.x, int(push.options.y));
  float whole = a + (1.0 - a) * push.background.a;
  vec3 shown = a * own + (1.0 - a) * push.background.a * push.background.rgb;
  outPicture = vec4(encodeSrgb(shown / whole), whole);
}
