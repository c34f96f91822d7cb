// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// The bare shape: points closer than `tolerance` (m; 0: equal ones) become the first of them, triangles that
/// lose a corner by it go, as do points that no triangle uses. Normals, colours and texture coordinates are
/// dropped: along their seams a file holds a point several times, which is what this mends. The mesh must
/// have no problems (mesh/check.h). Cost: n log n.
[[nodiscard]] TriangleMesh weld(const TriangleMesh& mesh, double tolerance = 0);

}  // namespace aula::scene
