// SPDX-License-Identifier: Apache-2.0
// For fragment shaders of see-through things (StagePass::drawTransparent): weighted blended order-independent transparency
// (McGuire and Bavoil 2013). Needs stage.glsl.
#ifndef AULA_TRANSPARENT_OUT
#define AULA_TRANSPARENT_OUT

layout(location = 0) out vec4 outSum;
layout(location = 1) out float outDepth;
layout(location = 2) out float outReactive;

// Colour is premultiplied (light that comes from the thing itself); opacity: share of what lies behind that is hidden.
void writeTransparent(vec3 colour, float opacity, vec3 point) {
  float a = clamp(opacity, 0.0, 1.0);
  // Nearer counts more: their eq. 9 with the stage (about 2 deep) in place of their 500 units.
  float z = dot(point, stage.forward.xyz) + 1.3;
  float weight = clamp(0.03 / (1e-4 + pow(max(z, 0.0) * 0.5, 4.0)), 1e-2, 300.0);
  outSum = vec4(min(colour, vec3(100.0)), a) * weight;
  // Added up, its exponential is the product of what each lets through: the same blending for all images, which not every
  // device could vary.
  outDepth = -log(max(1.0 - a, 1e-4));
  outReactive = 0.6 * a;
}
#endif
