// SPDX-License-Identifier: Apache-2.0
// What the passes of the temporal upscaler share.
#ifndef AULA_TEMPORAL
#define AULA_TEMPORAL
#include "temporal_uniforms.h"

layout(set = 0, binding = 0, std140) uniform TemporalBlock { TemporalUniforms temporal; };

// Histories are kept and filtered as the eye weighs light: a square root (near to sRGB's curve) and a shoulder, so that neither
// a filter's lobes nor half-precision numbers do visible harm. Averages are taken of light itself (decoded), as a lens does.
vec4 encodeLight(vec4 light, float exposure) {
  vec3 s = sqrt(max(light.rgb, vec3(0.0)) * exposure);
  return vec4(s / (1.0 + s), light.a);
}
vec4 decodeLight(vec4 code, float exposure) {
  vec3 e = clamp(code.rgb, vec3(0.0), vec3(0.999));
  vec3 s = e / (1.0 - e);
  return vec4(s * s / exposure, clamp(code.a, 0.0, 1.0));
}

// How bright an encoded, premultiplied colour looks on the background; BT.709's weights.
float seenLuma(vec4 code) {
  vec3 b = sqrt(temporal.background.rgb);
  return dot(code.rgb + (1.0 - code.a) * b / (1.0 + b), vec3(0.2126, 0.7152, 0.0722));
}

// Malvar and Sullivan 2003: luma, and two differences that are cheap.
vec3 yCoCgFromRgb(vec3 c) {
  return vec3(0.25 * c.r + 0.5 * c.g + 0.25 * c.b, 0.5 * c.r - 0.5 * c.b, -0.25 * c.r + 0.5 * c.g - 0.25 * c.b);
}
vec3 rgbFromYCoCg(vec3 c) { return vec3(c.x + c.y - c.z, c.x + c.z, c.x - c.y - c.z); }

float viewDistance(float depth) {
  return (temporal.depth.x * depth + temporal.depth.y) / (temporal.depth.z * depth + temporal.depth.w);
}

ivec2 inInput(ivec2 p) { return clamp(p, ivec2(0), ivec2(temporal.inputSize.xy) - 1); }
#endif
