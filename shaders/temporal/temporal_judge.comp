// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each drawn pixel: whether its history is worth anything (was it hidden, has its light changed), and whether it is a thin
// feature, which neighbours do not vouch for.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D dilated;
layout(set = 0, binding = 2) uniform sampler2D dilatedDepth;
layout(set = 0, binding = 3) uniform usampler2D nearestBefore;
layout(set = 0, binding = 4) uniform sampler2D reactive;
// Standard errors beyond which a change is one, and those beyond which it is certain are twice as many.
const float kT = 2.2;
layout(constant_id = 0) const int kHasReactive = 1;
layout(set = 0, binding = 5, rgba8) uniform writeonly image2D verdict;  // Uncovered, changed, thin, reactive.

// 1 where a nearer surface lay over this one a frame ago.
float uncovered(ivec2 p) {
  vec2 depths = texelFetch(dilatedDepth, p, 0).rg;
  float depth = depths.r;
  vec2 before = vec2(p) - temporal.jitter.xy - texelFetch(dilated, p, 0).xy * temporal.inputSize.xy;
  ivec2 corner = ivec2(floor(before));
  vec2 part = before - vec2(corner);
  float here = viewDistance(depth);
  float pixel = temporal.background.w > 0.0 ? temporal.background.w * here : -temporal.background.w;
  // Another surface lies farther in front than this one's own slope explains.
  float slope = depths.g > 0.0 ? viewDistance(depths.g) - here : 0.0;
  float limit = temporal.weights.w * pixel + 1.5 * slope;
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
    if (then <= depth) continue;
    // Nothing at all is infinitely far behind everything.
    if (depth <= 0.0 || here - viewDistance(then) > limit) hidden += weight;
  }
  return total > 0.0 ? hidden / total : 0.0;
}

// Whether the light of the surface here has changed since the history, 0 to 1: what most of the nine samples agree on (those near
// their median), so that lines and edges, which scatter about a true history, do not count; by Student's t.
float changed(ivec2 p) {
  float r[9];
  for (int i = 0; i < 9; ++i) r[i] = texelFetch(dilated, inInput(p + ivec2(i % 3, i / 3) - 1), 0).w;
  float median = r[4];
  for (int i = 0; i < 9; ++i) {
    int below = 0;
    for (int j = 0; j < 9; ++j) below += r[j] < r[i] || (r[j] == r[i] && j < i) ? 1 : 0;
    if (below == 4) median = r[i];
  }
  float lumas = 0.0, squares = 0.0, count = 0.0;
  for (int i = 0; i < 9; ++i) {
    if (abs(r[i] - median) > 0.5 * abs(median) + 0.01) continue;
    lumas += r[i];
    squares += r[i] * r[i];
    count += 1.0;
  }
  if (count < 5.0) return 0.0;
  float mean = lumas / count;
  // 0.002 is half a step of an 8-bit picture.
  float error = sqrt(max(squares / count - mean * mean, 0.0) / count) + 0.002;
  return smoothstep(kT, 2.0 * kT, abs(mean) / error) * smoothstep(0.002, 0.01, abs(mean));
}

// 1 where no square of four pixels that this one belongs to is of one brightness, and it is the brightest or darkest around:
// a line or a dot narrower than two pixels.
float thin(ivec2 p) {
  float v[9];
  float low = 1e9, high = -1e9;
  for (int i = 0; i < 9; ++i) {
    v[i] = texelFetch(dilated, inInput(p + ivec2(i % 3, i / 3) - 1), 0).z;
    low = min(low, v[i]);
    high = max(high, v[i]);
  }
  float range = high - low, middle = v[4];
  if (range < 0.02) return 0.0;
  float limit = 0.3 * range;
  const ivec3 squares[4] = ivec3[4](ivec3(0, 1, 3), ivec3(1, 2, 5), ivec3(3, 6, 7), ivec3(5, 7, 8));
  for (int i = 0; i < 4; ++i) {
    if (abs(v[squares[i].x] - middle) < limit && abs(v[squares[i].y] - middle) < limit && abs(v[squares[i].z] - middle) < limit)
      return 0.0;
  }
  return middle > high - limit || middle < low + limit ? 1.0 : 0.0;
}

void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(p, ivec2(temporal.inputSize.xy)))) return;
  float most = 0.0;
  for (int i = 0; i < 9 * kHasReactive; ++i) most = max(most, texelFetch(reactive, inInput(p + ivec2(i % 3, i / 3) - 1), 0).r);
  imageStore(verdict, p, vec4(uncovered(p), changed(p), thin(p), most));
}
