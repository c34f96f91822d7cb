// SPDX-License-Identifier: Apache-2.0
// What the shaders of meshes share: a view's material, its instances, where its corners were a frame ago.
#ifndef AULA_MESH
#define AULA_MESH
#include "stage.glsl"
#include "mesh_uniforms.h"

const int kMeshTwoSided = 1;
const int kMeshFlat = 2;
const int kMeshUnlit = 4;
const int kMeshColoured = 8;
const int kMeshDeforms = 16;
const int kMeshHasBaseTexture = 32;
const int kMeshHasNormalTexture = 64;
const int kMeshHasRoughnessTexture = 128;
const int kMeshHasEmissionTexture = 256;

layout(set = 0, binding = 1, std140) uniform MeshBlock { MeshUniforms mesh; };

bool has(int flag) { return (mesh.flags.x & flag) != 0; }
#endif
