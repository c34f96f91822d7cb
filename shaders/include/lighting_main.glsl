// SPDX-License-Identifier: Apache-2.0
// Light on what the opaque passes left behind, added to their own radiance. With SUBSURFACE the diffuse light of surfaces
// that scatter goes to an image of its own, to be spread.
#include "gbuffer.glsl"
#include "shading.glsl"

layout(set = 0, binding = 1) uniform sampler2D baseImage;
layout(set = 0, binding = 2) uniform sampler2D normalImage;
layout(set = 0, binding = 3) uniform sampler2D materialImage;
layout(set = 0, binding = 4) uniform sampler2D depthImage;
layout(set = 0, binding = 5) uniform sampler2D visibilityImage;
layout(set = 0, binding = 6) uniform sampler2D shadowMaps;
layout(location = 0) in vec2 uv;
layout(location = 0) out vec4 outRadiance;
#ifdef SUBSURFACE
layout(location = 1) out vec4 outScattered;
#endif

// Ambient visibility is computed for every second pixel a side: of the four around, those at this pixel's depth count.
float visibilityAt(ivec2 pixel, float depth, vec3 point, vec3 normal) {
  if (stage.room.y == 0) return 1.0;
  ivec2 last = textureSize(visibilityImage, 0) - 1;
  vec2 at = 0.5 * (vec2(pixel) - 0.5);
  ivec2 corner = ivec2(floor(at));
  vec2 f = at - vec2(corner);
  float sum = 0.0;
  float weights = 0.0;
  for (int i = 0; i < 4; ++i) {
    ivec2 step = ivec2(i & 1, i >> 1);
    ivec2 p = clamp(corner + step, ivec2(0), last);
    ivec2 full = min(2 * p, textureSize(depthImage, 0) - 1);
    float d = texelFetch(depthImage, full, 0).r;
    if (d <= 0.0) continue;
    vec3 there = stagePosition((vec2(full) + 0.5) * stage.size.zw, d);
    float apart = abs(dot(there - point, normal)) / (4.0 * pixelSize(point));
    vec2 share = mix(1.0 - f, f, vec2(step));
    float w = (share.x * share.y + 0.01) * exp2(-min(apart, 14.0));
    sum += w * texelFetch(visibilityImage, p, 0).r;
    weights += w;
  }
  return weights > 0.0 ? sum / weights : 1.0;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  float depth = texelFetch(depthImage, pixel, 0).r;
  if (depth <= 0.0) discard;
  vec4 material = texelFetch(materialImage, pixel, 0);
  if (material.a > 0.75) discard;
  Surface s = decodeSurface(texelFetch(baseImage, pixel, 0), texelFetch(normalImage, pixel, 0).rg, material);
  vec3 point = stagePosition(uv, depth);
  float visibility = visibilityAt(pixel, depth, point, s.normal);
  Lit lit = shade(s.base, s.metallic, s.roughness, s.clearCoat, s.clearCoatRoughness, point, s.normal, visibility, shadowMaps,
                  gl_FragCoord.xy);
#ifdef SUBSURFACE
  bool isScattering = s.subsurface > 0.0;
  outScattered = isScattering ? vec4(lit.diffuse, 1.0) : vec4(0.0);
  outRadiance = vec4(isScattering ? lit.specular : lit.diffuse + lit.specular, 0.0);
#else
  outRadiance = vec4(lit.diffuse + lit.specular, 0.0);
#endif
}
