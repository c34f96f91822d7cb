// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "mesh_vertex.glsl"

layout(location = 0) out vec3 outPoint;
layout(location = 1) flat out float outMirror;

void main() {
  MeshInstance instance = instances[gl_InstanceIndex];
  outPoint = placed(instance.rows, position);
  outMirror = instance.tint.a;
  gl_Position = stage.clipFromStage * vec4(outPoint, 1.0);
}
