// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
// Takes back the softness of gathered pictures: subtracts the four neighbours as far as no colour leaves their range (after the
// published idea of RCAS, AMD 2022: the lobe is limited by the contrast that is there). In codes, from and to light.
#include "temporal.glsl"
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 1) uniform sampler2D history;
layout(set = 0, binding = 2, rgba16f) uniform writeonly image2D picture;

// The strongest lobe; at 1/4 the weights' sum would vanish, and half of that rings on histories that are sharp as they are.
const float kStrongest = 0.03;

void main() {
  ivec2 o = ivec2(gl_GlobalInvocationID.xy);
  ivec2 last = ivec2(temporal.outputSize.xy) - 1;
  if (any(greaterThan(o, last))) return;
  vec4 middle = encodeLight(texelFetch(history, o, 0));
  vec4 sum = vec4(0.0), low = vec4(1e9), high = vec4(-1e9);
  const ivec2 sides[4] = ivec2[4](ivec2(0, -1), ivec2(-1, 0), ivec2(1, 0), ivec2(0, 1));
  for (int i = 0; i < 4; ++i) {
    vec4 v = encodeLight(texelFetch(history, inOutput(o + sides[i]), 0));
    sum += v;
    low = min(low, v);
    high = max(high, v);
  }
  // result = (middle - lobe sum) / (1 - 4 lobe) must stay from 0 to 1 and is at its worst where the middle is an extreme.
  vec4 most = min(min(low, middle) / max(4.0 * high, vec4(1e-4)), (1.0 - max(high, middle)) / max(4.0 - 4.0 * low, vec4(1e-4)));
  float limit = min(min(most.r, most.g), most.b);
  float lobe = clamp(limit, 0.0, kStrongest) * temporal.light.z;
  vec4 result = (middle - lobe * sum) / (1.0 - 4.0 * lobe);
  imageStore(picture, o, decodeLight(clamp(result, vec4(0.0), vec4(1.0))));
}
