// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each drawn pixel: whether its history is worth anything, whether it is part of something thin, and how far the light around
// is from the history's on the whole.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D moved;
layout(set = 0, binding = 2) uniform sampler2D depths;
layout(set = 0, binding = 3) uniform usampler2D nearestBefore;
layout(set = 0, binding = 4) uniform sampler2D reactive;
layout(constant_id = 0) const int kHasReactive = 1;
layout(set = 0, binding = 5, rgba8) uniform writeonly image2D verdict;  // Uncovered, thin, reactive.
layout(set = 0, binding = 6, r32f) uniform writeonly image2D drift;     // Mean of 3 x 3 surprises' luma.

// 1 where a nearer surface lay over this one a frame ago.
float uncovered(ivec2 p) {
  vec2 depth = texelFetch(depths, p, 0).rg;
  vec2 before = vec2(p) - temporal.jitter.xy - texelFetch(moved, p, 0).xy * temporal.inputSize.xy;
  ivec2 corner = ivec2(floor(before));
  vec2 part = before - vec2(corner);
  float here = viewDistance(depth.r);
  // Another surface lies farther in front than this one's own slope explains.
  float slope = depth.g > 0.0 ? max(viewDistance(depth.g) - here, 0.0) : 0.0;
  float limit = temporal.weights.w * pixelAt(here) + 1.5 * slope;
  float hidden = 0.0, total = 0.0;
  for (int i = 0; i < 4; ++i) {
    ivec2 o = ivec2(i & 1, i >> 1);
    vec2 share = mix(1.0 - part, part, vec2(o));
    ivec2 q = corner + o;
    if (any(lessThan(q, ivec2(0))) || any(greaterThanEqual(q, ivec2(temporal.inputSize.xy)))) continue;
    float weight = share.x * share.y;
    if (weight < 0.05) continue;
    float then = uintBitsToFloat(texelFetch(nearestBefore, q, 0).r);
    total += weight;
    if (then <= depth.r) continue;
    // Nothing at all is infinitely far behind everything.
    if (depth.r <= 0.0 || here - viewDistance(then) > limit) hidden += weight;
  }
  return total > 0.0 ? hidden / total : 0.0;
}

// 1 where farther things lie on both sides, some way across: narrower than two pixels.
float thin(ivec2 p) {
  float depth = texelFetch(depths, p, 0).r;
  if (depth <= 0.0) return 0.0;
  float here = viewDistance(depth), limit = here + temporal.weights.w * pixelAt(here);
  const ivec2 ways[4] = ivec2[4](ivec2(1, 0), ivec2(0, 1), ivec2(1, 1), ivec2(1, -1));
  for (int i = 0; i < 4; ++i) {
    if (viewDistance(texelFetch(depths, inInput(p + ways[i]), 0).r) > limit &&
        viewDistance(texelFetch(depths, inInput(p - ways[i]), 0).r) > limit)
      return 1.0;
  }
  return 0.0;
}

void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(p, ivec2(temporal.inputSize.xy)))) return;
  float most = 0.0, mean = 0.0;
  for (int i = 0; i < 9; ++i) {
    ivec2 q = inInput(p + ivec2(i % 3, i / 3) - 1);
    mean += texelFetch(moved, q, 0).z / 9.0;
    if (kHasReactive != 0) most = max(most, texelFetch(reactive, q, 0).r);
  }
  imageStore(verdict, p, vec4(uncovered(p), thin(p), most, 0.0));
  imageStore(drift, p, vec4(mean));
}
