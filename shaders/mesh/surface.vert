// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "mesh_vertex.glsl"

layout(location = 0) out vec3 outPoint;
layout(location = 1) out vec3 outBefore;
layout(location = 2) out vec3 outNormal;
layout(location = 3) out vec2 outTexture;
layout(location = 4) out vec3 outColour;
layout(location = 5) flat out float outMirror;

void main() {
  MeshInstance instance = instances[gl_InstanceIndex];
  outPoint = placed(instance.rows, position);
  vec3 was = position;
  if (has(kMeshDeforms)) {
    int at = 9 * gl_VertexIndex;
    was = vec3(cornersBefore[at], cornersBefore[at + 1], cornersBefore[at + 2]);
  }
  outBefore = placed(instance.before, was);
  outNormal = turned(instance.rows, instance.tint.a, normal);
  outTexture = textureAt;
  outColour = instance.tint.rgb;
  if (has(kMeshColoured)) outColour *= decodeSrgb(colour.rgb);
  outMirror = instance.tint.a;
  gl_Position = stage.clipFromStage * vec4(outPoint, 1.0);
}
