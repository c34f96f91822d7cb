// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "particle_hit.glsl"

layout(location = 0) in vec3 offset;
layout(location = 1) flat in vec4 rod;
layout(location = 2) flat in vec4 axis;
layout(depth_less) out float gl_FragDepth;

void main() {
  Hit hit = hitRod(rod, axis, offset);
  if (!hit.isHit) discard;
  gl_FragDepth = depthOf(rod.xyz + rod.w * hit.local);
}
