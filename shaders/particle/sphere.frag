// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "gbuffer_out.glsl"
#include "particle_hit.glsl"
#include "particle_surface.glsl"

layout(location = 0) in vec3 offset;
layout(location = 1) flat in vec4 ball;
layout(location = 2) flat in vec3 colour;
layout(location = 3) flat in vec3 previous;
layout(depth_less) out float gl_FragDepth;

void main() {
  Hit hit = hitBall(ball, offset);
  float depth = depthOf(ball.xyz + ball.w * hit.local);
  if (!hit.isHit || depth > 1.0) discard;
  if (hit.isCut) depth = min(depthOfFace(depth, 1.0 - dot(hit.local, hit.local)), gl_FragCoord.z);
  gl_FragDepth = depth;
  vec3 shift = ball.w * hit.local;
  writeParticle(colour, hit.normal, motionOf(ball.xyz + shift, previous + shift));
}
