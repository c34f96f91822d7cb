// SPDX-License-Identifier: Apache-2.0
// What the passes of the temporal upscaler share.
#ifndef AULA_TEMPORAL
#define AULA_TEMPORAL
#include "temporal_uniforms.h"

layout(set = 0, binding = 0, std140) uniform TemporalBlock { TemporalUniforms temporal; };

const vec3 kLuma = vec3(0.2126, 0.7152, 0.0722);  // BT.709's weights.

// Light as the eye weighs it: a square root (near to sRGB's curve) and a shoulder. Only comparisons of colours use it; what is
// averaged, kept and resampled is light itself, as in a lens: codes would darken every edge.
vec4 encodeLight(vec4 light) {
  vec3 s = sqrt(max(light.rgb, vec3(0.0)) * temporal.light.x);
  return vec4(s / (1.0 + s), light.a);
}
vec4 decodeLight(vec4 code) {
  vec3 e = clamp(code.rgb, vec3(0.0), vec3(0.999));
  vec3 s = e / (1.0 - e);
  return vec4(s * s / temporal.light.x, clamp(code.a, 0.0, 1.0));
}

// Malvar and Sullivan 2003: luma, and two differences that are cheap.
vec3 yCoCgFromRgb(vec3 c) {
  return vec3(0.25 * c.r + 0.5 * c.g + 0.25 * c.b, 0.5 * c.r - 0.5 * c.b, -0.25 * c.r + 0.5 * c.g - 0.25 * c.b);
}
vec3 rgbFromYCoCg(vec3 c) { return vec3(c.x + c.y - c.z, c.x + c.z, c.x - c.y - c.z); }

// What is not there at all lies this far away, near the largest half-precision number.
const float kFarthest = 6e4;
float viewDistance(float depth) {
  return depth <= 0.0 ? kFarthest : min((temporal.depth.x * depth + temporal.depth.y) / (temporal.depth.z * depth + temporal.depth.w), kFarthest);
}
// The side of a drawn pixel there.
float pixelAt(float distance) { return temporal.background.w > 0.0 ? temporal.background.w * distance : -temporal.background.w; }

ivec2 inInput(ivec2 p) { return clamp(p, ivec2(0), ivec2(temporal.inputSize.xy) - 1); }
ivec2 inOutput(ivec2 p) { return clamp(p, ivec2(0), ivec2(temporal.outputSize.xy) - 1); }

vec4 cubic(float t) {
  return vec4(t * (-0.5 + t * (1.0 - 0.5 * t)), 1.0 + t * t * (-2.5 + 1.5 * t), t * (0.5 + t * (2.0 - 1.5 * t)),
              t * t * (-0.5 + 0.5 * t));
}
// The picture between its pixels (Catmull and Rom 1974), kept near the four around, so that lobes do not ring. Some overshoot
// is a sharp picture's right.
vec4 historyAt(sampler2D history, vec2 uv) {
  vec2 at = uv * temporal.outputSize.xy - 0.5;
  ivec2 corner = ivec2(floor(at));
  vec2 part = at - vec2(corner);
  vec4 across = cubic(part.x), down = cubic(part.y);
  vec4 sum = vec4(0.0), low = vec4(1e9), high = vec4(-1e9);
  for (int j = 0; j < 4; ++j) {
    for (int i = 0; i < 4; ++i) {
      vec4 v = texelFetch(history, inOutput(corner + ivec2(i, j) - 1), 0);
      sum += across[i] * down[j] * v;
      if (i % 3 != 0 && j % 3 != 0) {
        low = min(low, v);
        high = max(high, v);
      }
    }
  }
  vec4 room = 0.2 * (high - low);
  return max(clamp(sum, low - room, high + room), vec4(0.0));
}
bool isInside(vec2 uv) { return all(equal(uv, clamp(uv, vec2(0.0), vec2(1.0)))); }
#endif
