// SPDX-License-Identifier: Apache-2.0
// Rays by the ray-tracing pipeline.
#include "path_payload.glsl"
layout(set = 0, binding = 1) uniform accelerationStructureEXT scene;
layout(location = 0) rayPayloadEXT PathPayload payload;

Hit traceNearest(vec3 origin, vec3 direction, float nearest, float farthest, uint mask, bool onlyFront) {
  payload.t = -1.0;
  traceRayEXT(scene, gl_RayFlagsOpaqueEXT | (onlyFront ? gl_RayFlagsCullBackFacingTrianglesEXT : 0u), mask, 0, 0, 0, origin,
              nearest, direction, farthest, 0);
  if (payload.t < 0.0) return kNoHit;
  return Hit(payload.t, payload.instance, payload.primitive, payload.barycentric, payload.isFront != 0u, 0);
}

bool traceAny(vec3 origin, vec3 direction, float nearest, float farthest, uint mask) {
  // Where nothing is met the miss shader says so.
  payload.t = 0.0;
  traceRayEXT(scene, gl_RayFlagsOpaqueEXT | gl_RayFlagsTerminateOnFirstHitEXT | gl_RayFlagsSkipClosestHitShaderEXT, mask, 0, 0, 0,
              origin, nearest, direction, farthest, 0);
  return payload.t >= 0.0;
}
