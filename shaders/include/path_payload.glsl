// SPDX-License-Identifier: Apache-2.0
// What the stages of the ray-tracing pipeline tell each other.
struct PathPayload {
  float t;
  uint instance, primitive;
  vec2 barycentric;
  uint isFront;
};
