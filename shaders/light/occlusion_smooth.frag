// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "stage.glsl"
#include "gbuffer.glsl"

// The mean of 4 x 4 neighbours that lie on the same surface: one of each direction occlusion.frag looked in.
layout(set = 0, binding = 1) uniform sampler2D visibilityImage;
layout(set = 0, binding = 2) uniform sampler2D depthImage;
layout(set = 0, binding = 3) uniform sampler2D normalImage;
layout(location = 0) out float outVisibility;

void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  ivec2 full = ivec2(stage.size.xy) - 1;
  ivec2 pixel = min(2 * here, full);
  float depth = texelFetch(depthImage, pixel, 0).r;
  outVisibility = 1.0;
  if (depth <= 0.0) return;
  vec3 p = stagePosition((vec2(pixel) + 0.5) * stage.size.zw, depth);
  vec3 n = decodeNormal(texelFetch(normalImage, pixel, 0).rg);
  float thin = 1.0 / (4.0 * pixelSize(p));
  ivec2 last = textureSize(visibilityImage, 0) - 1;
  float sum = 0.0;
  float weights = 0.0;
  for (int y = -2; y < 2; ++y) {
    for (int x = -2; x < 2; ++x) {
      ivec2 q = here + ivec2(x, y);
      if (any(lessThan(q, ivec2(0))) || any(greaterThan(q, last))) continue;
      ivec2 there = min(2 * q, full);
      float d = texelFetch(depthImage, there, 0).r;
      if (d <= 0.0) continue;
      vec3 apart = stagePosition((vec2(there) + 0.5) * stage.size.zw, d) - p;
      float w = max(1.0 - abs(dot(apart, n)) * thin, 0.0) + 1e-4;
      sum += w * texelFetch(visibilityImage, q, 0).r;
      weights += w;
    }
  }
  outVisibility = weights > 0.0 ? sum / weights : 1.0;
}
