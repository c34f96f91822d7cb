// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// For each pixel of the finished picture: the history, fetched from where the surface was, corrected by how this frame's samples
// differ from it, kept within what they allow; and the samples themselves, each weighted by how near it fell.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D radiance;
layout(set = 0, binding = 2) uniform sampler2D moved;
layout(set = 0, binding = 3) uniform sampler2D depths;
layout(set = 0, binding = 4) uniform sampler2D verdict;
layout(set = 0, binding = 5) uniform sampler2D surprise;
layout(set = 0, binding = 6) uniform sampler2D drift;
layout(set = 0, binding = 7) uniform sampler2D history;        // Linear light, premultiplied.
layout(set = 0, binding = 8) uniform sampler2D historyState;   // Samples gathered, 0, mean surprise, mean size of surprises.
layout(set = 0, binding = 9) uniform sampler2D historyOrigin;  // Whose light it is: motion in pixels, view distance, lock.
layout(set = 0, binding = 10, rgba16f) uniform writeonly image2D outHistory;
layout(set = 0, binding = 11, rgba16f) uniform writeonly image2D outState;
layout(set = 0, binding = 12, rgba16f) uniform writeonly image2D outOrigin;

const float kPi = 3.14159265;
// Standard deviations of bells: of the one that gathers samples, in pixels of the picture, about as wide as the one stills use
// (stage/sample_pattern.h); in drawn pixels of the one for want of history; and of the one that gathers surprises.
const float kNarrow = 0.45;
const float kWide = 0.5;
const float kDriftWidth = 0.8;
// What moves with a pixel of the picture lies within so many of them; the more, the coarser the samples.
const float kReach = 1.5;
// Standard deviations of the samples around that a history on the move may differ by.
const float kBox = 1.0;
// Of surprises: the share that a history on the move always follows, and how many times its error the mean must be to be followed.
const float kFollow = 0.2;
const float kDoubt = 20.0;
// How fast means over frames forget, and the part of the size of surprises from which their mean says that light is changing.
const float kForget = 0.2;
const float kPersistent = 0.3;
// Pixels a frame from which a history counts as on the move.
const float kMoves = 0.05;

vec4 boxed(vec4 light) {
  vec4 code = encodeLight(light);
  return vec4(yCoCgFromRgb(code.rgb), code.a);
}

// Which surface is seen here, and how it moved.
struct Seen {
  ivec2 sample_;
  vec2 motion;     // In uv.
  float distance;  // From the viewer.
  float lock;      // 1: thin, and just hit by a sample; less since.
};

// What lies in front of the surface that the nearest sample hit, if within reach, since its smooth rim covers this pixel; else the
// sample's own. Not what is nearest to the viewer (AMD 2022): where round things turn, their rim stands still and what is nearer
// does not.
Seen seenAt(ivec2 nearest, vec2 place, float ratio) {
  float own = viewDistance(texelFetch(depths, nearest, 0).r);
  Seen seen = Seen(nearest, vec2(0.0), own, 0.0);
  float closest = kReach * kReach;
  for (int i = 0; i < 9; ++i) {
    ivec2 q = inInput(nearest + ivec2(i % 3, i / 3) - 1);
    float there = viewDistance(texelFetch(depths, q, 0).r);
    vec2 away = (vec2(q) + 0.5 - place) * ratio;
    if (own - there > pixelAt(there) && dot(away, away) < closest) {
      closest = dot(away, away);
      seen.sample_ = q;
      seen.distance = there;
    }
  }
  seen.motion = texelFetch(moved, seen.sample_, 0).xy;
  if (texelFetch(verdict, seen.sample_, 0).g > 0.5) seen.lock = 1.0;
  return seen;
}

// A thing too thin for this frame's samples may be on its way here: the history knows it and how it moved.
Seen remembered(Seen seen, ivec2 o, vec2 uv) {
  ivec2 base = ivec2(floor((uv - seen.motion) * temporal.outputSize.xy));
  float behind = seen.distance - 0.5 * pixelAt(seen.distance), closest = 1.0;
  for (int i = 0; i < 9; ++i) {
    ivec2 q = inOutput(base + ivec2(i % 3, i / 3) - 1);
    vec4 origin = texelFetch(historyOrigin, q, 0);
    vec2 miss = vec2(q) + origin.xy - vec2(o);
    if (origin.w < 0.1 || origin.z >= behind || dot(miss, miss) >= closest) continue;
    closest = dot(miss, miss);
    seen.motion = origin.xy * temporal.outputSize.zw;
    seen.distance = origin.z;
    seen.lock = max(origin.w - temporal.weights.z, 0.0);
  }
  return seen;
}

void main() {
  ivec2 o = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(o, ivec2(temporal.outputSize.xy)))) return;
  bool hasHistory = temporal.light.w > 0.5;
  float ratio = temporal.jitter.z;
  vec2 uv = (vec2(o) + 0.5) * temporal.outputSize.zw;
  vec2 place = uv * temporal.inputSize.xy + temporal.jitter.xy;
  ivec2 nearest = inInput(ivec2(floor(place)));
  Seen seen = seenAt(nearest, place, ratio);
  if (hasHistory && seen.sample_ == nearest && seen.lock <= 0.0) seen = remembered(seen, o, uv);

  // This frame's samples: near ones, and, where little has been gathered, all around; and what surprises in them.
  float narrow = 1.0 / (2.0 * kNarrow * kNarrow), wide = 1.0 / (2.0 * kWide * kWide * ratio * ratio),
        driftWide = 1.0 / (2.0 * kDriftWidth * kDriftWidth * ratio * ratio);
  vec4 near = vec4(0.0), around = vec4(0.0), surprises = vec4(0.0), mean = vec4(0.0), squares = vec4(0.0);
  float nearWeight = 0.0, aroundWeight = 0.0, surprisesWeight = 0.0, surprisesWeights = 0.0;
  float luma = 0.0, lumas = 0.0, local = 0.0;
  for (int i = 0; i < 9; ++i) {
    ivec2 step = ivec2(i % 3, i / 3) - 1, q = inInput(nearest + step);
    vec4 light = texelFetch(radiance, q, 0);
    vec2 away = (vec2(nearest + step) + 0.5 - place) * ratio;
    float distance2 = dot(away, away);
    float w = exp(-distance2 * narrow), v = exp(-distance2 * wide), u = exp(-distance2 * driftWide);
    near += w * light;
    nearWeight += w;
    around += v * light;
    aroundWeight += v;
    float l = texelFetch(moved, q, 0).z;
    surprises += u * texelFetch(surprise, q, 0);
    surprisesWeight += u;
    surprisesWeights += u * u;
    luma += u * l;
    lumas += u * l * l;
    local += (step.x == 0 ? 0.5 : 0.25) * (step.y == 0 ? 0.5 : 0.25) * texelFetch(drift, q, 0).r;
    vec4 code = boxed(light);
    mean += code / 9.0;
    squares += code * code / 9.0;
  }
  surprises /= surprisesWeight;
  luma /= surprisesWeight;
  float variance = max(lumas / surprisesWeight - luma * luma, 0.0) * surprisesWeights / (surprisesWeight * surprisesWeight);
  float weight = nearWeight / (2.0 * kPi * kNarrow * kNarrow);  // In units of one pixel's worth of samples.

  vec2 uvBefore = uv - seen.motion, pixels = seen.motion * temporal.outputSize.xy;
  bool isKnown = hasHistory && isInside(uvBefore);
  vec4 state = isKnown ? textureLod(historyState, uvBefore, 0.0) : vec4(0.0);
  vec4 judged = texelFetch(verdict, seen.sample_, 0);
  float gathered = state.x * (1.0 - judged.r) * (1.0 - judged.b);
  vec4 fresh = mix(nearWeight > 1e-4 ? near / nearWeight : around / aroundWeight, around / aroundWeight, clamp(1.0 - gathered, 0.0, 1.0));

  vec4 result = fresh;
  float total = max(weight, 0.05);
  vec2 errors = vec2(0.0);
  if (gathered > 0.0) {
    // Is the history late? Surprises made of chance change their sign from frame to frame; where light changes they do not (Trigg
    // and Leach 1967). Light itself is compared, whose mean over places within a pixel is right, over about 5 x 5 pixels.
    errors = mix(state.zw, vec2(local, abs(local)), max(kForget, 1.0 / (2.0 + gathered)));
    float late = smoothstep(kPersistent, kPersistent + 0.3, abs(errors.x) / (errors.y + 0.002)) * smoothstep(0.003, 0.01, abs(errors.x));
    float moving = max(late, smoothstep(0.0, kMoves, length(pixels)));
    // Corrected by what samples around agree on: their mean, as far as it is more than chance. Detail the history keeps.
    float follow = kFollow * moving;
    float trust = luma * luma / (luma * luma + kDoubt * variance + 1e-6);
    vec4 old = max(historyAt(history, uvBefore) + (follow + (1.0 - follow) * trust * moving) * surprises, vec4(0.0));

    // On the move it may not leave the colours around (Salvi 2016), but for thin things that were there already.
    vec4 code = boxed(old), spread = sqrt(max(squares - mean * mean, vec4(0.0)));
    vec4 kept = mix(code, clamp(code, mean - kBox * spread, mean + kBox * spread), smoothstep(0.0, 0.5, moving));
    vec4 origin = texelFetch(historyOrigin, inOutput(ivec2(floor(uvBefore * temporal.outputSize.xy))), 0);
    bool isSame = length(origin.xy - pixels) < 0.3 && abs(origin.z - seen.distance) < 0.5 * pixelAt(seen.distance) + 0.001 * seen.distance;
    if (isSame) kept = mix(kept, code, seen.lock);
    float pulled = length((code - kept).xyz) + abs(code.a - kept.a);
    gathered /= 1.0 + 0.5 * pulled / (length(spread.xyz) + 0.02);
    gathered = min(gathered, mix(temporal.weights.x, temporal.weights.y, moving));
    vec4 past = decodeLight(vec4(rgbFromYCoCg(kept.xyz), kept.a));
    result = (gathered * past + weight * fresh) / max(gathered + weight, 1e-5);
    total = gathered + weight;
  }
  imageStore(outHistory, o, result);
  imageStore(outState, o, vec4(total, 0.0, errors));
  imageStore(outOrigin, o, vec4(pixels, seen.distance, seen.lock));
}
