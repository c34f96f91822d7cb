// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "gbuffer_out.glsl"
#include "particle_hit.glsl"
#include "particle_surface.glsl"

layout(location = 0) in vec3 offset;
layout(location = 1) flat in vec4 rod;
layout(location = 2) flat in vec4 axis;
layout(location = 3) flat in vec3 colour;
layout(location = 4) flat in vec3 colour2;
layout(location = 5) flat in vec3 previous;
layout(location = 6) flat in vec3 previous2;
layout(depth_less) out float gl_FragDepth;

void main() {
  Hit hit = hitRod(rod, axis, offset);
  vec3 position = rod.xyz + rod.w * hit.local;
  float depth = depthOf(position);
  if (!hit.isHit || depth > 1.0) discard;
  gl_FragDepth = depth;
  // The point keeps its share of the rod's length and its place across it.
  float share = dot(hit.local, axis.xyz) / axis.w;
  vec3 second = rod.xyz + rod.w * axis.w * axis.xyz;
  vec3 before = position + mix(previous - rod.xyz, previous2 - second, share);
  writeParticle(share < 0.5 ? colour : colour2, hit.normal, motionOf(position, before));
}
