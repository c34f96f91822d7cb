// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "mesh_surface.glsl"
#include "shading.glsl"
#include "transparent_out.glsl"

layout(set = 0, binding = 8) uniform sampler2D shadowMaps;

void main() {
  MeshSurface m = surfaceHere();
  Surface s = m.surface;
  if (s.isUnlit) {
    writeTransparent(unlitRadiance(s.base) * m.opacity, m.opacity, point);
    return;
  }
  Lit lit = shade(s.base, s.metallic, s.roughness, s.clearCoat, s.clearCoatRoughness, point, s.normal, 1.0, shadowMaps,
                  gl_FragCoord.xy);
  // What is mirrored does not pass: at a rim even clear glass hides what lies behind.
  float cosine = max(dot(s.normal, towardsViewer(point)), 0.0);
  float mirrored = kDielectricF0 + (1.0 - kDielectricF0) * schlickWeight(cosine);
  float opacity = 1.0 - (1.0 - m.opacity) * (1.0 - mirrored * (1.0 - s.roughness));
  writeTransparent(lit.diffuse * m.opacity + lit.specular + m.emission, opacity, point);
}
