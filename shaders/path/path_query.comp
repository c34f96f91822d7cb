// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "path_scene.glsl"
#include "path_trace_query.glsl"
#include "path_integrator.glsl"

layout(local_size_x = 8, local_size_y = 4) in;

void main() { tracePixel(gl_GlobalInvocationID.xy); }
