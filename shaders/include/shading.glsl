// SPDX-License-Identifier: Apache-2.0
// All light that a surface sends to the viewer: lamps with their shadows, and the room. Needs stage.glsl.
#ifndef AULA_SHADING
#define AULA_SHADING
#include "brdf.glsl"
#include "environment.glsl"
#include "shadow.glsl"

struct Lit {
  vec3 diffuse;
  vec3 specular;
};

// Light that comes out of an occluded place after several bounces (Jimenez 2016, eq. 10).
vec3 bouncedVisibility(float visibility, vec3 albedo) {
  vec3 a = 2.0404 * albedo - 0.3324;
  vec3 b = -4.7951 * albedo + 0.6417;
  vec3 c = 2.7552 * albedo + 0.6903;
  float v = visibility;
  return max(vec3(v), ((v * a + b) * v + c) * v);
}

// Share of a mirrored room that is seen (Lagarde and de Rousiers 2014, section 4.10.2).
float specularVisibility(float nv, float visibility, float roughness) {
  return clamp(pow(nv + visibility, exp2(-16.0 * roughness - 1.0)) - 1.0 + visibility, 0.0, 1.0);
}

// `visibility`: of the room, cosine-weighted. A normal that turns away from the viewer (interpolated ones do at rims)
// counts as seen edge on.
Lit shade(vec3 base, float metallic, float roughness, float clearCoat, float clearCoatRoughness, vec3 point, vec3 normal,
          float visibility, sampler2D shadowMaps, vec2 pixel) {
  vec3 view = towardsViewer(point);
  float nv = max(dot(normal, view), 1e-3);
  Brdf b = makeBrdf(base, metallic, roughness, clearCoat, clearCoatRoughness, nv);
  Lit lit = Lit(vec3(0.0), vec3(0.0));
  for (int i = 0; i < stage.counts.y; ++i) {
    vec3 l = stage.lightDirection[i].xyz;
    if (dot(normal, l) <= 0.0) continue;
    vec3 illuminance = stage.lightColour[i].rgb * lampSeen(shadowMaps, i, point, normal, pixel);
    lit.diffuse += illuminance * diffuseTerm(b, normal, l);
    lit.specular += illuminance * specularTerm(b, normal, view, l);
  }
  int room = stage.room.x;
  vec3 mirrored = reflect(-view, normal);
  float seen = specularVisibility(nv, visibility, roughness);
  vec3 matt = diffuseAlbedo(b);
  lit.diffuse += stage.ambient.x * matt * bouncedVisibility(visibility, base) * environmentMean(normal, room);
  vec3 gloss = b.specularAlbedo * (1.0 - b.coatAlbedo) * environmentRadiance(mirrored, b.alpha, room);
  if (b.coatAlbedo > 0.0) gloss += b.coatAlbedo * environmentRadiance(mirrored, b.coatAlpha, room);
  lit.specular += stage.ambient.x * seen * gloss;
  return lit;
}
#endif
