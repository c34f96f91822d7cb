// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "mesh.glsl"
#include "clip.glsl"

layout(location = 0) in vec3 point;
layout(location = 1) flat in float mirror;
layout(location = 0) out vec4 outCount;

// Leavings less enterings of a closed mesh behind the point where this pixel's ray comes through the clip planes: above
// zero, that point lies inside. Four meshes are counted at once, one a channel.
void main() {
  // An orthographic eye is far behind everything.
  vec3 origin = stage.eye.w > 0.5 ? stage.eye.xyz : point - 8.0 * stage.forward.xyz;
  ClipSpan span = clipSpan(origin, point - origin);
  if (span.plane < 0 || span.enter <= 0.0 || span.enter >= span.leave || span.enter >= 1.0) discard;
  bool isFront = gl_FrontFacing == (mirror > 0.0);
  outCount = vec4(equal(ivec4(mesh.flags.z), ivec4(0, 1, 2, 3))) * (isFront ? -1.0 : 1.0);
}
