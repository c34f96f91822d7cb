// SPDX-License-Identifier: Apache-2.0
// For fragment shaders of opaque things (StagePass::drawOpaque): the outputs, and what fills them.
#ifndef AULA_GBUFFER_OUT
#define AULA_GBUFFER_OUT
#include "gbuffer.glsl"
#include "stage.glsl"

layout(location = 0) out vec4 outBase;
layout(location = 1) out vec2 outNormal;
layout(location = 2) out vec4 outMaterial;
layout(location = 3) out vec2 outMotion;
layout(location = 4) out vec4 outRadiance;

void writeSurface(Surface s, vec3 emission, vec2 motion) {
  outBase = vec4(s.base, s.subsurface);
  outNormal = encodeNormal(s.normal);
  outMaterial = encodeMaterial(s);
  outMotion = motion;
  outRadiance = vec4(emission, 1.0);
}

// Shown in exactly this (linear) colour.
void writeUnlit(vec3 colour, vec3 normal, vec2 motion) {
  writeSurface(Surface(vec3(0.0), 0.0, normal, 1.0, 0.0, 0.0, 0.0, true), unlitRadiance(colour), motion);
}
#endif
