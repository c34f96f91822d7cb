// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "stage.glsl"
#include "noise.glsl"

// Light below the skin: the diffuse light is blurred along the surface, first across, then down (separable subsurface
// scattering, Jimenez 2015). A channel's profile is two Gaussians of equal weight, a narrow and a wide one, as far apart as
// those fitted to skin (d'Eon and Luebke 2007); its width follows the surface's distance, and light does not leap to
// another depth.
layout(constant_id = 0) const int kIsDown = 0;
layout(set = 0, binding = 1) uniform sampler2D lightImage;
layout(set = 0, binding = 2) uniform sampler2D depthImage;
layout(set = 0, binding = 3) uniform sampler2D baseImage;
layout(location = 0) in vec2 uv;
layout(location = 0) out vec4 colour;

const int kTaps = 8;  // To each side.

vec3 profile(float distance, vec3 width) {
  vec3 x = distance / width;
  return 0.5 * (exp(-0.5 * x * x * 16.0) * 4.0 + exp(-0.5 * x * x)) / width;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec4 here = texelFetch(lightImage, pixel, 0);
  if (here.a <= 0.0) discard;
  float share = texelFetch(baseImage, pixel, 0).a;
  float depth = texelFetch(depthImage, pixel, 0).r;
  vec3 point = stagePosition(uv, depth);
  float size = pixelSize(point);
  vec3 width = max(stage.subsurface.rgb * share, vec3(0.05 * size));
  // Steps grow away from the middle, where the profile is steep.
  float reach = 2.2 * max(width.r, max(width.g, width.b)) / size;
  vec3 sum = vec3(0.0);
  vec3 weights = vec3(0.0);
  float turn = frameNoise(gl_FragCoord.xy) - 0.5;
  [[dont_unroll]] for (int i = -kTaps; i <= kTaps; ++i) {
    float t = (float(i) + (i == 0 ? 0.0 : turn)) / float(kTaps);
    float offset = sign(t) * t * t * reach;
    // The stretch of the profile that this tap stands for.
    float stretch = (i == 0 ? 0.5 : 2.0 * abs(t)) * reach / float(kTaps) * size;
    ivec2 p = pixel + (kIsDown != 0 ? ivec2(0, int(round(offset))) : ivec2(int(round(offset)), 0));
    p = clamp(p, ivec2(0), ivec2(stage.size.xy) - 1);
    vec4 light = texelFetch(lightImage, p, 0);
    vec3 there = stagePosition((vec2(p) + 0.5) * stage.size.zw, texelFetch(depthImage, p, 0).r);
    float apart = abs(dot(there - point, stage.forward.xyz));
    vec3 w = profile(length(vec2(offset * size, apart)), width) * stretch;
    if (light.a <= 0.0) {
      // Where nothing scatters the light stays here.
      light = here;
    } else {
      light.rgb = mix(light.rgb, here.rgb, clamp(apart / (4.0 * max(width.r, size)), 0.0, 1.0));
    }
    sum += w * light.rgb;
    weights += w;
  }
  colour = vec4(sum / max(weights, vec3(1e-9)), kIsDown != 0 ? 0.0 : 1.0);
}
