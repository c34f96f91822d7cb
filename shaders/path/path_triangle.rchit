// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_ray_tracing : require
#include "path_payload.glsl"
layout(location = 0) rayPayloadInEXT PathPayload payload;
hitAttributeEXT vec2 barycentric;
void main() {
  payload = PathPayload(gl_HitTEXT, uint(gl_InstanceCustomIndexEXT), uint(gl_PrimitiveID), barycentric,
                        gl_HitKindEXT == gl_HitKindFrontFacingTriangleEXT ? 1u : 0u);
}
