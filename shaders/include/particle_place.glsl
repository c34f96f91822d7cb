// SPDX-License-Identifier: Apache-2.0
// What the vertex shaders of balls and rods share: where particles lie, and the flat shapes they are drawn on. One draw is
// one list of triangles without vertex attributes or instances: three (six) vertices read the particle they belong to.
#include "stage.glsl"
#include "particle_push.h"

layout(push_constant) uniform Push { ParticlePush push; };
layout(std430, binding = 1) readonly buffer Positions { float positions[]; };
layout(std430, binding = 2) readonly buffer PreviousPositions { float previousPositions[]; };
layout(std430, binding = 3) readonly buffer Radii { float radii[]; };
layout(std430, binding = 4) readonly buffer Colours { float colours[]; };
layout(std430, binding = 5) readonly buffer Order { uint order[]; };

vec3 particlePosition(uint i) {
  uint k = i * uint(push.strides.x);
  return push.place.w * vec3(positions[k], positions[k + 1u], positions[k + 2u]) + push.place.xyz;
}

// In the stage's frame of now; the stage's own change is in the uniforms.
vec3 previousPosition(uint i) {
  uint k = i * uint(push.strides.y);
  return push.place.w * vec3(previousPositions[k], previousPositions[k + 1u], previousPositions[k + 2u]) + push.place.xyz;
}

float particleRadius(uint i) { return push.place.w * radii[i * uint(push.strides.z)]; }

vec3 colourOf(uint i) {
  uint k = i * uint(push.strides.w);
  return vec3(colours[k], colours[k + 1u], colours[k + 2u]);
}

// A unit vector square to a unit one.
vec3 squareTo(vec3 axis) {
  return normalize(abs(axis.z) < 0.9 ? vec3(axis.y, -axis.x, 0.0) : vec3(0.0, axis.z, -axis.y));
}

// Nothing is drawn: a triangle of three such vertices lies outside the picture.
const vec4 kNowhere = vec4(2.0, 2.0, 0.0, 1.0);

// A polygon so near that the near plane would cut it away is drawn on that plane; depths behind it stay behind.
vec4 clipOf(vec3 position, vec3 nearest) {
  vec4 clip = stage.clipFromStage * vec4(position, 1.0);
  vec4 ahead = stage.clipFromStage * vec4(nearest, 1.0);
  if (ahead.z > ahead.w) clip.z = clip.w;
  return clip;
}
