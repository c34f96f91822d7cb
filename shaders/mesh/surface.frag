// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "gbuffer_out.glsl"
#include "mesh_surface.glsl"

void main() {
  MeshSurface s = surfaceHere();
  vec2 motion = motionOf(point, before);
  if (s.surface.isUnlit) {
    writeUnlit(s.surface.base, s.surface.normal, motion);
  } else {
    writeSurface(s.surface, s.emission, motion);
  }
}
