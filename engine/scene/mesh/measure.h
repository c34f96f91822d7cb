// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/mesh/triangle_mesh.h"

/// Numbers about a mesh, for solvers, instruments and tests. Meshes without problems (mesh/check.h).
namespace aula::scene {

/// m²
[[nodiscard]] double surfaceArea(const TriangleMesh& mesh);
/// m³, by the divergence theorem; means something for closed meshes only. Negative when the triangles face
/// inwards.
[[nodiscard]] double enclosedVolume(const TriangleMesh& mesh);
/// Points in use - edges + triangles, counted by index: 2 for one closed ball, 0 for a torus. Weld first.
[[nodiscard]] int eulerCharacteristic(const TriangleMesh& mesh);

}  // namespace aula::scene
