// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "stage.glsl"

layout(location = 0) in vec3 point;
layout(location = 1) flat in float mirror;

// Only for meshes that clip planes cut.
void main() {
  if (isClippedAway(point)) discard;
}
