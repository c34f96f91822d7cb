// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each drawn pixel: its motion; where its surface was a frame ago (AMD 2022, "reconstruct and dilate"); and by how much its
// light is not what the history expects just there.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D radiance;
layout(set = 0, binding = 2) uniform sampler2D depth;
layout(set = 0, binding = 3) uniform sampler2D motion;
layout(set = 0, binding = 4) uniform sampler2D history;
layout(set = 0, binding = 5, rgba16f) uniform writeonly image2D moved;     // Motion; luma of the surprise.
layout(set = 0, binding = 6, rg32f) uniform writeonly image2D depths;      // And the farthest around that is not nothing.
layout(set = 0, binding = 7, r32ui) uniform uimage2D nearestBefore;        // Depth's bits: those of numbers from 0 on sort as they do.
layout(set = 0, binding = 8, rgba16f) uniform writeonly image2D surprise;  // The sample less the history there.

void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(p, ivec2(temporal.inputSize.xy)))) return;

  float own = texelFetch(depth, p, 0).r, farthest = own;
  for (int i = 0; i < 9; ++i) {
    float d = texelFetch(depth, inInput(p + ivec2(i % 3, i / 3) - 1), 0).r;
    if (d > 0.0 && (d < farthest || farthest <= 0.0)) farthest = d;
  }

  // Where the sample stands without jitter, and the four pixels it lay between a frame ago.
  vec2 steady = vec2(p) + 0.5 - temporal.jitter.xy;
  vec2 motionHere = texelFetch(motion, p, 0).xy;
  vec2 before = steady - motionHere * temporal.inputSize.xy - 0.5;
  ivec2 corner = ivec2(floor(before));
  vec2 part = before - vec2(corner);
  for (int i = 0; i < 4; ++i) {
    ivec2 o = ivec2(i & 1, i >> 1);
    vec2 share = mix(1.0 - part, part, vec2(o));
    ivec2 q = corner + o;
    if (share.x * share.y > 0.05 && all(greaterThanEqual(q, ivec2(0))) && all(lessThan(q, ivec2(temporal.inputSize.xy))))
      imageAtomicMax(nearestBefore, q, floatBitsToUint(own));
  }

  vec2 uvBefore = steady * temporal.inputSize.zw - motionHere;
  vec4 difference = vec4(0.0);
  if (temporal.light.w > 0.5 && isInside(uvBefore)) difference = texelFetch(radiance, p, 0) - historyAt(history, uvBefore);
  // As it would be seen: what lies behind is no light of the scene and is not exposed.
  float luma = dot(temporal.light.x * difference.rgb - difference.a * temporal.background.rgb, kLuma);
  imageStore(moved, p, vec4(motionHere, luma, 0.0));
  imageStore(depths, p, vec4(own, farthest, 0.0, 0.0));
  imageStore(surprise, p, difference);
}
