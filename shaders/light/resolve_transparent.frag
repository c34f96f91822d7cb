// SPDX-License-Identifier: Apache-2.0
#version 460

layout(set = 0, binding = 0) uniform sampler2D sumImage;
layout(set = 0, binding = 1) uniform sampler2D depthSumImage;
layout(location = 0) out vec4 colour;

// McGuire and Bavoil 2013, eq. 6; blended as a premultiplied colour over what is there.
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  float hidden = 1.0 - exp(-texelFetch(depthSumImage, pixel, 0).r);
  if (hidden <= 0.0) discard;
  vec4 sum = texelFetch(sumImage, pixel, 0);
  colour = vec4(sum.rgb / max(sum.a, 1e-5) * hidden, hidden);
}
