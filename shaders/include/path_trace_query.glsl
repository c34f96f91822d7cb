// SPDX-License-Identifier: Apache-2.0
// Rays by ray queries.
#extension GL_EXT_ray_query : require
layout(set = 0, binding = 1) uniform accelerationStructureEXT scene;

Hit traceNearest(vec3 origin, vec3 direction, float nearest, float farthest, uint mask, bool onlyFront) {
  rayQueryEXT query;
  uint flags = gl_RayFlagsOpaqueEXT | (onlyFront ? gl_RayFlagsCullBackFacingTrianglesEXT : 0u);
  rayQueryInitializeEXT(query, scene, flags, mask, origin, nearest, direction, farthest);
  while (rayQueryProceedEXT(query)) {
    if (rayQueryGetIntersectionTypeEXT(query, false) != gl_RayQueryCandidateIntersectionAABBEXT) continue;
    PathInstance instance = Instances(u.records.xy).at[rayQueryGetIntersectionInstanceCustomIndexEXT(query, false)];
    float t = meetShape(instance, rayQueryGetIntersectionPrimitiveIndexEXT(query, false), origin, direction, nearest,
                        onlyFront && (instance.kind.w & 2u) == 0u);
    float committed = rayQueryGetIntersectionTypeEXT(query, true) == gl_RayQueryCommittedIntersectionNoneEXT
                          ? farthest
                          : rayQueryGetIntersectionTEXT(query, true);
    if (t > nearest && t < committed) rayQueryGenerateIntersectionEXT(query, t);
  }
  uint type = rayQueryGetIntersectionTypeEXT(query, true);
  if (type == gl_RayQueryCommittedIntersectionNoneEXT) return kNoHit;
  Hit hit;
  hit.t = rayQueryGetIntersectionTEXT(query, true);
  hit.instance = rayQueryGetIntersectionInstanceCustomIndexEXT(query, true);
  hit.primitive = rayQueryGetIntersectionPrimitiveIndexEXT(query, true);
  hit.barycentric = vec2(0.0);
  hit.isFront = true;
  hit.cap = 0;
  if (type == gl_RayQueryCommittedIntersectionTriangleEXT) {
    hit.barycentric = rayQueryGetIntersectionBarycentricsEXT(query, true);
    hit.isFront = rayQueryGetIntersectionFrontFaceEXT(query, true);
  }
  return hit;
}

bool traceAny(vec3 origin, vec3 direction, float nearest, float farthest, uint mask) {
  rayQueryEXT query;
  rayQueryInitializeEXT(query, scene, gl_RayFlagsOpaqueEXT | gl_RayFlagsTerminateOnFirstHitEXT, mask, origin, nearest, direction,
                        farthest);
  while (rayQueryProceedEXT(query)) {
    if (rayQueryGetIntersectionTypeEXT(query, false) != gl_RayQueryCandidateIntersectionAABBEXT) continue;
    PathInstance instance = Instances(u.records.xy).at[rayQueryGetIntersectionInstanceCustomIndexEXT(query, false)];
    float t = meetShape(instance, rayQueryGetIntersectionPrimitiveIndexEXT(query, false), origin, direction, nearest, false);
    if (t > nearest && t < farthest) rayQueryGenerateIntersectionEXT(query, t);
  }
  return rayQueryGetIntersectionTypeEXT(query, true) != gl_RayQueryCommittedIntersectionNoneEXT;
}
