// SPDX-License-Identifier: Apache-2.0
// A see-through particle's surface.
#include "shading.glsl"
#include "transparent_out.glsl"

layout(set = 0, binding = 6) uniform sampler2D shadowMaps;

void writeGlass(vec3 colour, vec3 normal, vec3 point) {
  float opacity = push.surface.x;
  if (push.options.z != 0) {
    writeTransparent(unlitRadiance(colour) * opacity, opacity, point);
    return;
  }
  float metallic = push.surface.y, roughness = push.surface.z;
  Lit lit = shade(colour, metallic, roughness, push.surface.w, push.emission.a, point, normal, 1.0, shadowMaps,
                  gl_FragCoord.xy);
  // What is mirrored does not pass: at a rim even clear glass hides what lies behind.
  float cosine = max(dot(normal, towardsViewer(point)), 0.0);
  float mirrored = kDielectricF0 + (1.0 - kDielectricF0) * schlickWeight(cosine);
  float share = 1.0 - (1.0 - opacity) * (1.0 - mirrored * (1.0 - roughness));
  writeTransparent(lit.diffuse * opacity + lit.specular + push.emission.rgb, share, point);
}
