// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_ray_tracing : require
#include "path_payload.glsl"
layout(location = 0) rayPayloadInEXT PathPayload payload;
void main() { payload = PathPayload(gl_HitTEXT, uint(gl_InstanceCustomIndexEXT), uint(gl_PrimitiveID), vec2(0.0), 1u); }
