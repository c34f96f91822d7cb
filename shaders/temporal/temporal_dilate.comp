// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each drawn pixel: the motion of the nearest surface among its neighbours, so that an edge's smooth rim moves with what is in
// front; where its own surface was a frame ago (AMD 2022, "reconstruct and dilate"); and what the history says of this very sample.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D radiance;
layout(set = 0, binding = 2) uniform sampler2D depth;
layout(set = 0, binding = 3) uniform sampler2D motion;
layout(set = 0, binding = 4) uniform sampler2D history;
layout(set = 0, binding = 5, rgba16f) uniform writeonly image2D dilated;     // Motion, luma, luma less the history's.
layout(set = 0, binding = 6, rg32f) uniform writeonly image2D dilatedDepth;  // And the farthest around that is not nothing.
layout(set = 0, binding = 7, r32ui) uniform uimage2D nearestBefore;         // Depth's bits: those of numbers from 0 on sort as they do.

void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(p, ivec2(temporal.inputSize.xy)))) return;

  float nearest = texelFetch(depth, p, 0).r, farthest = nearest;
  ivec2 from = p;
  for (int i = 0; i < 9; ++i) {
    ivec2 q = inInput(p + ivec2(i % 3, i / 3) - 1);
    float d = texelFetch(depth, q, 0).r;
    if (d > nearest) { nearest = d; from = q; }
    if (d > 0.0 && (d < farthest || farthest <= 0.0)) farthest = d;
  }
  vec2 moved = texelFetch(motion, from, 0).xy;

  // Where the sample stands without jitter, and the four pixels it lay between a frame ago.
  vec2 steady = vec2(p) + 0.5 - temporal.jitter.xy;
  vec2 ownMotion = texelFetch(motion, p, 0).xy;
  float own = texelFetch(depth, p, 0).r;
  vec2 before = steady - ownMotion * temporal.inputSize.xy - 0.5;
  ivec2 corner = ivec2(floor(before));
  vec2 part = before - vec2(corner);
  for (int i = 0; i < 4; ++i) {
    ivec2 o = ivec2(i & 1, i >> 1);
    vec2 share = mix(1.0 - part, part, vec2(o));
    ivec2 q = corner + o;
    if (share.x * share.y > 0.05 && all(greaterThanEqual(q, ivec2(0))) && all(lessThan(q, ivec2(temporal.inputSize.xy))))
      imageAtomicMax(nearestBefore, q, floatBitsToUint(own));
  }

  vec4 code = encodeLight(texelFetch(radiance, p, 0), temporal.light.x);
  vec2 uvBefore = steady * temporal.inputSize.zw - ownMotion;
  vec4 expected = textureLod(history, uvBefore, 0.0);
  bool isKnown = temporal.light.w > 0.5 && all(equal(uvBefore, clamp(uvBefore, vec2(0.0), vec2(1.0))));
  float luma = seenLuma(code);
  imageStore(dilated, p, vec4(moved, luma, isKnown ? luma - seenLuma(expected) : 0.0));
  imageStore(dilatedDepth, p, vec4(nearest, farthest, 0.0, 0.0));
}
