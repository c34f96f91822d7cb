// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "particle_hit.glsl"
#include "particle_glass.glsl"

layout(location = 0) in vec3 offset;
layout(location = 1) flat in vec4 rod;
layout(location = 2) flat in vec4 axis;
layout(location = 3) flat in vec3 colour;
layout(location = 4) flat in vec3 colour2;
layout(depth_less) out float gl_FragDepth;

void main() {
  Hit hit = hitRod(rod, axis, offset);
  vec3 position = rod.xyz + rod.w * hit.local;
  float depth = depthOf(position);
  if (!hit.isHit || depth > 1.0) discard;
  gl_FragDepth = depth;
  writeGlass(dot(hit.local, axis.xyz) < 0.5 * axis.w ? colour : colour2, hit.normal, position);
}
