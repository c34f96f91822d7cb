// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "stage.glsl"
#include "gbuffer.glsl"

// How much of the room each point sees, cosine-weighted: ground-truth ambient occlusion (Jimenez, Wu, Pesce and Jarabo 2016).
// For every second pixel a side; neighbours look in other directions (their section 5, 4 x 4 pixels), which
// occlusion_smooth.frag gathers.
layout(set = 0, binding = 1) uniform sampler2D depthImage;
layout(set = 0, binding = 2) uniform sampler2D normalImage;
layout(location = 0) out float outVisibility;

const int kSlices = 2;
const int kSteps = 4;
const float kPi = 3.14159265;

void main() {
  ivec2 half2 = ivec2(gl_FragCoord.xy);
  ivec2 size = ivec2(stage.size.xy);
  ivec2 pixel = min(2 * half2, size - 1);
  outVisibility = 1.0;
  float depth = texelFetch(depthImage, pixel, 0).r;
  if (depth <= 0.0) return;
  vec3 p = stagePosition((vec2(pixel) + 0.5) * stage.size.zw, depth);
  float reach = stage.ambient.z;
  float inPixels = reach / pixelSize(p);
  if (inPixels < 2.0) return;
  // Very close things would be sampled too thinly: look less far there.
  float most = 0.35 * stage.size.y;
  reach *= min(1.0, most / inPixels);
  inPixels = min(inPixels, most);

  vec3 n = decodeNormal(texelFetch(normalImage, pixel, 0).rg);
  vec3 v = towardsViewer(p);
  vec3 right = vec3(stage.viewFromStage[0].x, stage.viewFromStage[1].x, stage.viewFromStage[2].x);
  vec3 up = vec3(stage.viewFromStage[0].y, stage.viewFromStage[1].y, stage.viewFromStage[2].y);
  // Jimenez 2016, section 5: directions and offsets in a pattern of 4 x 4; another turn every frame.
  int frame = stage.counts.z;
  float turn = fract(float((((half2.x + half2.y) & 3) << 2) + (half2.x & 3)) / 16.0 + 0.61803399 * float(frame & 63));
  float shift = fract(0.25 * float((half2.y - half2.x) & 3) + 0.75487767 * float(frame & 63));

  float sum = 0.0;
  [[dont_unroll]] for (int slice = 0; slice < kSlices; ++slice) {
    float phi = kPi * (float(slice) + turn) / float(kSlices);
    vec2 along = vec2(cos(phi), sin(phi));
    vec3 direction = right * along.x - up * along.y;
    vec3 across = direction - v * dot(direction, v);
    vec3 axis = normalize(cross(across, v));
    vec3 flatNormal = n - axis * dot(n, axis);
    float share = length(flatNormal);
    float cosine = clamp(dot(flatNormal, v) / max(share, 1e-5), -1.0, 1.0);
    float gamma = sign(dot(across, flatNormal)) * acos(cosine);
    float angles[2];
    for (int side = 0; side < 2; ++side) {
      float heading = side == 0 ? 1.0 : -1.0;
      float lowest = cos(gamma + heading * 0.5 * kPi);
      float horizon = lowest;
      [[dont_unroll]] for (int i = 0; i < kSteps; ++i) {
        float t = (float(i) + shift) / float(kSteps);
        float far = max(t * t * inPixels, float(i) + 1.0);
        ivec2 q = pixel + ivec2(round(heading * along * far));
        if (any(lessThan(q, ivec2(0))) || any(greaterThanEqual(q, size))) break;
        float d = texelFetch(depthImage, q, 0).r;
        if (d <= 0.0) continue;
        vec3 apart = stagePosition((vec2(q) + 0.5) * stage.size.zw, d) - p;
        float distance = max(length(apart), 1e-6);
        // What is further than the reach does not count; in between less and less, so that thin things in front do not
        // darken all that lies behind.
        float weight = clamp((1.0 - distance / reach) / 0.6, 0.0, 1.0);
        horizon = max(horizon, mix(lowest, dot(apart, v) / distance, weight));
      }
      angles[side] = heading * acos(clamp(horizon, -1.0, 1.0));
    }
    // Their eq. 10: what is seen between two horizons, for a normal turned by gamma.
    float arc = 0.0;
    for (int side = 0; side < 2; ++side) {
      float h = gamma + clamp(angles[side] - gamma, -0.5 * kPi, 0.5 * kPi);
      arc += 0.25 * (cos(gamma) + 2.0 * h * sin(gamma) - cos(2.0 * h - gamma));
    }
    sum += share * arc;
  }
  outVisibility = clamp(sum / float(kSlices), 0.0, 1.0);
}
