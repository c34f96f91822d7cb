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
layout(set = 0, binding = 5) uniform sampler2D historyState;  // Samples gathered, lock.
layout(set = 0, binding = 6, rgba16f) uniform writeonly image2D outHistory;
layout(set = 0, binding = 7, rg16f) uniform writeonly image2D outState;

const float kPi = 3.14159265;
// Of the bell that gathers samples, in pixels of the picture, and of the one for want of history, in drawn pixels.
layout(constant_id = 0) const float kNarrow = 0.42;
layout(constant_id = 1) const float kWide = 0.5;
// Standard deviations of the samples around that a history may differ by; how soon it is given up where it does by more.
layout(constant_id = 2) const float kBox = 1.25;
layout(constant_id = 3) const float kPull = 0.5;

// Lanczos 1964's kernel with three lobes: of six taps the one that loses least of a picture moved again and again.
float lanczos3(float x) {
  x = abs(x);
  if (x < 1e-4) return 1.0;
  if (x >= 3.0) return 0.0;
  return 3.0 * sin(kPi * x) * sin(kPi * x / 3.0) / (kPi * kPi * x * x);
}

vec4 fetchHistory(vec2 at) {
  ivec2 last = ivec2(temporal.outputSize.xy) - 1;
  vec2 corner = floor(at);
  vec2 part = at - corner;
  ivec2 c = ivec2(corner);
  if (all(lessThan(abs(part - round(part)), vec2(1.0 / 128.0)))) return texelFetch(history, clamp(ivec2(round(at)), ivec2(0), last), 0);
  float wx[6], wy[6];
  float sx = 0.0, sy = 0.0;
  for (int i = 0; i < 6; ++i) {
    wx[i] = lanczos3(float(i - 2) - part.x);
    wy[i] = lanczos3(float(i - 2) - part.y);
    sx += wx[i];
    sy += wy[i];
  }
  vec4 sum = vec4(0.0), low = vec4(1e9), high = vec4(-1e9);
  for (int j = 0; j < 6; ++j) {
    vec4 row = vec4(0.0);
    for (int i = 0; i < 6; ++i) {
      vec4 v = texelFetch(history, clamp(c + ivec2(i - 2, j - 2), ivec2(0), last), 0);
      row += wx[i] * v;
      if (i >= 2 && i <= 3 && j >= 2 && j <= 3) { low = min(low, v); high = max(high, v); }
    }
    sum += wy[j] * row;
  }
  // Lobes may overshoot a little, as a sharp picture does, but not ring.
  vec4 room = 0.25 * (high - low);
  return clamp(sum / (sx * sy), low - room, high + room);
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
  vec2 state = isKnown ? textureLod(historyState, uvBefore, 0.0).xy : vec2(0.0);
  float trust = (1.0 - judged.r) * (1.0 - judged.g) * (1.0 - judged.a);
  float gathered = state.x * trust;
  float lock = state.y * trust;

  // This frame's samples: near ones as a narrow bell in pixels of the picture, and, where little has been gathered, all around.
  float sharpness = 1.0 / (2.0 * kNarrow * kNarrow);
  float width = kWide * ratio;
  float wideness = 1.0 / (2.0 * width * width);
  vec4 near = vec4(0.0), around = vec4(0.0);
  float nearWeight = 0.0, aroundWeight = 0.0, seenThin = 0.0;
  vec4 mean = vec4(0.0), squares = vec4(0.0), low = vec4(1e9), high = vec4(-1e9);
  float boxWeight = 0.0;
  for (int i = 0; i < 9; ++i) {
    ivec2 q = nearest + ivec2(i % 3, i / 3) - 1;
    vec4 light = texelFetch(radiance, inInput(q), 0);
    vec2 away = (vec2(q) + 0.5 - place) * ratio;
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
    if (distance2 < 1.0) seenThin = max(seenThin, texelFetch(verdict, inInput(q), 0).b);
  }
  mean /= 9.0;
  vec4 spread = sqrt(max(squares / 9.0 - mean * mean, vec4(0.0)));

  // A bell of this width covers 2 pi sigma² pixels; in units of one pixel's worth of samples:
  float weight = nearWeight / (2.0 * kPi * kNarrow * kNarrow);
  float need = clamp(1.0 - gathered, 0.0, 1.0);
  vec4 fresh = mix(nearWeight > 1e-4 ? near / nearWeight : around / aroundWeight, around / aroundWeight, need);

  vec4 result = fresh;
  float total = max(weight, 0.05);
  lock = max(lock - temporal.weights.z, 0.0);
  if (seenThin > 0.5 && judged.r < 0.5) lock = 1.0;
  if (gathered > 0.0) {
    vec2 at = uvBefore * temporal.outputSize.xy - 0.5;
    vec4 old = fetchHistory(at);
    // The history may not leave the colours around, but for what is locked (Karis 2014; Salvi 2016: by variance).
    vec4 code = vec4(yCoCgFromRgb(old.rgb), old.a);
    vec4 lowest = max(mean - kBox * spread, low), highest = min(mean + kBox * spread, high);
    vec4 kept = clamp(code, lowest, highest);
    kept = mix(kept, code, min(lock, 1.0));
    float pulled = length((code - kept).xyz) + abs(code.a - kept.a);
    gathered *= 1.0 / (1.0 + kPull * pulled / (length(spread.xyz) + 0.02));
    vec4 past = decodeLight(vec4(rgbFromYCoCg(kept.xyz), kept.a), exposure);
    // At rest the history is exact and may grow old; where it moves each fetch costs a little sharpness.
    vec2 shift = abs(at - round(at));
    float most = mix(temporal.weights.x, temporal.weights.y, clamp(8.0 * max(shift.x, shift.y), 0.0, 1.0));
    gathered = min(gathered, most);
    result = (gathered * past + weight * fresh) / max(gathered + weight, 1e-5);
    total = gathered + weight;
  }
  imageStore(outHistory, o, encodeLight(result, exposure));
  imageStore(outState, o, vec4(total, lock, 0.0, 0.0));
}
