// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// The gathered texels, each where it stands within its pixel, drawn onto the picture's own grid: the only time they are resampled.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D history;
layout(set = 0, binding = 2) uniform sampler2D historyState;
layout(set = 0, binding = 3, rgba16f) uniform writeonly image2D shown;  // Encoded.

const float kPi = 3.14159265;
// Lobes reach 2.5 pixels, so that five texels a side, each within half a pixel of its middle, are all that count.
const float kReach = 2.5;

// A sinc under a raised cosine.
vec2 kernel(vec2 x) {
  x = min(abs(x), vec2(kReach));
  vec2 window = cos(x * (0.5 * kPi / kReach));
  vec2 sinc = sin(kPi * x) / (kPi * max(x, vec2(1e-3)));
  return mix(sinc, vec2(1.0), lessThan(x, vec2(1e-3))) * window * window;
}

void main() {
  ivec2 o = ivec2(gl_GlobalInvocationID.xy);
  ivec2 last = ivec2(temporal.outputSize.xy) - 1;
  if (any(greaterThan(o, last))) return;
  vec4 middle = texelFetch(history, o, 0);
  vec2 place = texelFetch(historyState, o, 0).zw;
  if (all(lessThan(abs(place), vec2(1.0 / 64.0)))) {
    imageStore(shown, o, middle);
    return;
  }
  vec4 sum = vec4(0.0), low = middle, high = middle;
  float total = 0.0;
  for (int j = -2; j <= 2; ++j) {
    for (int i = -2; i <= 2; ++i) {
      ivec2 q = clamp(o + ivec2(i, j), ivec2(0), last);
      vec2 away = vec2(i, j) + texelFetch(historyState, q, 0).zw;
      vec2 k = kernel(away);
      vec4 v = texelFetch(history, q, 0);
      sum += k.x * k.y * v;
      total += k.x * k.y;
      if (all(lessThan(abs(away), vec2(1.0)))) {
        low = min(low, v);
        high = max(high, v);
      }
    }
  }
  // Lobes may overshoot a little, as a sharp picture does, but not ring.
  vec4 room = 0.25 * (high - low);
  imageStore(shown, o, total > 0.2 ? clamp(sum / total, low - room, high + room) : middle);
}
