// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// Unit normals, one a position: the mean of the triangles around it, weighted by their angles there (Thürmer
/// and Wüthrich 1998, doi:10.1080/10867651.1998.10487487), so that they do not depend on how a face is split.
/// Positions that no triangle with an area uses get +z. The mesh must have no problems (mesh/check.h).
[[nodiscard]] std::vector<Float3> computeNormals(const TriangleMesh& mesh);

/// The same mesh with such normals, but split where neighbouring triangles meet at more than `degrees`: each
/// corner takes the mean over those triangles around its place (points at one place count as one) that face
/// at most so far away from its own. Every corner becomes a point of its own.
[[nodiscard]] TriangleMesh withCreasedNormals(const TriangleMesh& mesh, double degrees);

}  // namespace aula::scene
