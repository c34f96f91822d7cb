// SPDX-License-Identifier: Apache-2.0
// What opaque things leave in the images of the stage, and how it is read back.
//   base      RGBA8 sRGB    base colour; alpha: subsurface, strength times radius over the scene's largest
//   normal    RG16 snorm    unit normal in the stage's frame, towards the viewer, octahedral (Cigolle 2014, listing 2)
//   material  RGBA8 unorm   roughness, metallic, clear coat, its roughness halved; above 0.75: unlit, nothing else counts
//   motion    RG16 float    picture now minus picture before, unjittered, y down, 1 the whole picture
//   radiance  RGBA16 float  emission and unlit colours; alpha 1 where there is something
#ifndef AULA_GBUFFER
#define AULA_GBUFFER

struct Surface {
  vec3 base;
  float subsurface;
  vec3 normal;
  float roughness;
  float metallic;
  float clearCoat;
  float clearCoatRoughness;
  bool isUnlit;
};

vec2 encodeNormal(vec3 n) {
  vec2 p = n.xy / (abs(n.x) + abs(n.y) + abs(n.z));
  vec2 folded = (1.0 - abs(p.yx)) * vec2(p.x >= 0.0 ? 1.0 : -1.0, p.y >= 0.0 ? 1.0 : -1.0);
  return n.z < 0.0 ? folded : p;
}

vec3 decodeNormal(vec2 e) {
  vec3 n = vec3(e, 1.0 - abs(e.x) - abs(e.y));
  if (n.z < 0.0) n.xy = (1.0 - abs(n.yx)) * vec2(n.x >= 0.0 ? 1.0 : -1.0, n.y >= 0.0 ? 1.0 : -1.0);
  return normalize(n);
}

vec4 encodeMaterial(Surface s) {
  return vec4(s.roughness, s.metallic, s.clearCoat, s.isUnlit ? 1.0 : 0.5 * clamp(s.clearCoatRoughness, 0.0, 1.0));
}

Surface decodeSurface(vec4 base, vec2 normal, vec4 material) {
  return Surface(base.rgb, base.a, decodeNormal(normal), material.r, material.g, material.b, min(2.0 * material.a, 1.0),
                 material.a > 0.75);
}
#endif
