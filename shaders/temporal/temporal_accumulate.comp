// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each pixel of the finished picture: the history, fetched from where the surface was and kept within what the samples around
// allow, and this frame's samples, each weighed by how near it fell.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D radiance;
layout(set = 0, binding = 2) uniform sampler2D dilated;
layout(set = 0, binding = 3) uniform sampler2D verdict;
layout(set = 0, binding = 4) uniform sampler2D history;       // Encoded light.
layout(set = 0, binding = 5) uniform sampler2D historyState;  // Samples gathered, lock, place within the pixel.
layout(set = 0, binding = 6, rgba16f) uniform writeonly image2D outHistory;
layout(set = 0, binding = 7, rgba16f) uniform writeonly image2D outState;

const float kPi = 3.14159265;
// Of the bell that gathers samples, in pixels of the picture, and of the one for want of history, in drawn pixels.
const float kNarrow = 0.42;
const float kWide = 0.5;
// Standard deviations of the samples around that a history may differ by, where the light is changing and where it is not; how soon
// it is given up where it does by more.
const float kBox = 0.8;
const float kLooseBox = 2.0;
const float kPull = 0.5;
// A sample within so many pixels says whether a locked history is true.
const float kWitness = 1.25;

// A history's texel is not resampled when it moves, which would soften it every frame: it keeps its value and the place within
// (or a little beyond) its pixel that it stands for. Gives the texel that stands nearest to `at`, and its way from there.
struct Texel {
  ivec2 index;
  vec4 state;
  vec2 offset;
};
Texel nearestTexel(vec2 at) {
  ivec2 last = ivec2(temporal.outputSize.xy) - 1;
  ivec2 base = clamp(ivec2(round(at)), ivec2(0), last);
  Texel best = Texel(base, texelFetch(historyState, base, 0), vec2(0.0));
  best.offset = vec2(base) + best.state.zw - at;
  float distance2 = dot(best.offset, best.offset);
  // Within its pixel, or hardly beyond: enough, and steady where two are as near.
  if (all(lessThan(abs(best.offset), vec2(0.52)))) return best;
  for (int i = 0; i < 9; ++i) {
    ivec2 index = clamp(base + ivec2(i % 3, i / 3) - 1, ivec2(0), last);
    vec4 state = texelFetch(historyState, index, 0);
    vec2 offset = vec2(index) + state.zw - at;
    float d = dot(offset, offset);
    if (d < distance2) {
      distance2 = d;
      best = Texel(index, state, offset);
    }
  }
  return best;
}

void main() {
  ivec2 o = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(o, ivec2(temporal.outputSize.xy)))) return;
  float exposure = temporal.light.x, ratio = temporal.jitter.z;
  vec2 uv = (vec2(o) + 0.5) * temporal.outputSize.zw;
  vec2 place = uv * temporal.inputSize.xy + temporal.jitter.xy;
  ivec2 nearest = inInput(ivec2(floor(place)));

  vec2 moved = texelFetch(dilated, nearest, 0).xy;
  vec4 judged = texelFetch(verdict, nearest, 0);
  vec2 uvBefore = uv - moved;
  bool isKnown = temporal.light.w > 0.5 && all(greaterThanEqual(uvBefore, vec2(0.0))) && all(lessThanEqual(uvBefore, vec2(1.0)));
  Texel texel = Texel(ivec2(0), vec4(0.0), vec2(0.0));
  if (isKnown) texel = nearestTexel(uvBefore * temporal.outputSize.xy - 0.5);
  float gathered = texel.state.x * (1.0 - judged.r) * (1.0 - judged.a);
  // Too far to stand for this pixel: the surface has grown here.
  if (any(greaterThan(abs(texel.offset), vec2(0.75)))) gathered = 0.0;
  vec2 offset = gathered > 0.0 ? texel.offset : vec2(0.0);
  vec4 old = isKnown ? texelFetch(history, texel.index, 0) : vec4(0.0);

  float dimmest = 1e9, brightest = -1e9;
  for (int i = 0; i < 9; ++i) {
    float luma = texelFetch(dilated, inInput(nearest + ivec2(i % 3, i / 3) - 1), 0).z;
    dimmest = min(dimmest, luma);
    brightest = max(brightest, luma);
  }
  float oldLuma = seenLuma(old);
  float change = textureLod(verdict, place * temporal.inputSize.zw, 0.0).g;

  // This frame's samples: near ones as a narrow bell in pixels of the picture, and, where little has been gathered, all around.
  float sharpness = 1.0 / (2.0 * kNarrow * kNarrow);
  float width = kWide * ratio;
  float wideness = 1.0 / (2.0 * width * width);
  vec4 near = vec4(0.0), around = vec4(0.0);
  float nearWeight = 0.0, aroundWeight = 0.0;
  float seenThin = 0.0, closest = 1e9;
  int witnesses = 0;
  vec4 mean = vec4(0.0), squares = vec4(0.0), low = vec4(1e9), high = vec4(-1e9);
  for (int i = 0; i < 9; ++i) {
    ivec2 q = nearest + ivec2(i % 3, i / 3) - 1;
    vec4 light = texelFetch(radiance, inInput(q), 0);
    vec2 away = (vec2(q) + 0.5 - place) * ratio - offset;
    float distance2 = dot(away, away);
    float w = exp(-distance2 * sharpness), v = exp(-distance2 * wideness);
    near += w * light;
    nearWeight += w;
    around += v * light;
    aroundWeight += v;
    vec4 code = encodeLight(light, exposure);
    code.rgb = yCoCgFromRgb(code.rgb);
    mean += code;
    squares += code * code;
    low = min(low, code);
    high = max(high, code);
    float luma = texelFetch(dilated, inInput(q), 0).z;
    if (distance2 < kWitness * kWitness) {
      ++witnesses;
      closest = min(closest, abs(luma - oldLuma));
      seenThin = max(seenThin, texelFetch(verdict, inInput(q), 0).b);
    }
  }
  mean /= 9.0;
  vec4 spread = sqrt(max(squares / 9.0 - mean * mean, vec4(0.0)));

  // A bell of this width covers 2 pi sigma² pixels; in units of one pixel's worth of samples:
  float weight = nearWeight / (2.0 * kPi * kNarrow * kNarrow);
  float need = clamp(1.0 - gathered, 0.0, 1.0);
  vec4 fresh = mix(nearWeight > 1e-4 ? near / nearWeight : around / aroundWeight, around / aroundWeight, need);

  vec4 result = fresh;
  float total = max(weight, 0.05);
  // Near a line or dot that the samples catch only now and then, the history may differ from what is around; until several
  // samples that fell near it are not like it.
  bool isDoubted = witnesses > 0 && closest > 0.35 * (brightest - dimmest) + 0.01;
  float lock = gathered > 0.0 ? max(texel.state.y - (isDoubted ? temporal.weights.z : 0.1 * temporal.weights.z), 0.0) : 0.0;
  if (seenThin > 0.5) lock = 1.0;
  if (gathered > 0.0) {
    // The history may not leave the colours around, but for what is locked (Karis 2014; Salvi 2016: by variance).
    vec4 code = vec4(yCoCgFromRgb(old.rgb), old.a);
    float box = mix(kLooseBox, kBox, change);
    vec4 lowest = mean - box * spread, highest = mean + box * spread;
    vec4 kept = clamp(code, lowest, highest);
    kept = mix(kept, code, min(3.0 * lock, 1.0) * (1.0 - change));
    float pulled = length((code - kept).xyz) + abs(code.a - kept.a);
    gathered *= 1.0 / (1.0 + kPull * pulled / (length(spread.xyz) + 0.02));
    vec4 past = decodeLight(vec4(rgbFromYCoCg(kept.xyz), kept.a), exposure);
    float most = mix(temporal.weights.x, temporal.weights.y, change);
    gathered = min(gathered, most);
    result = (gathered * past + weight * fresh) / max(gathered + weight, 1e-5);
    total = gathered + weight;
  }
  imageStore(outHistory, o, encodeLight(result, exposure));
  imageStore(outState, o, vec4(total, lock, offset));
}
