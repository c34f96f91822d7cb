// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/view/view.h"

namespace aula::scene {

/// What a plane leaves of a mesh.
struct CutMesh {
  TriangleMesh kept;             ///< The part with dot(normal, p) >= offset, with its cap: closed again.
  std::size_t capTriangles = 0;  ///< The last so many triangles of `kept` are the cap.
  double capArea = 0;            ///< m²
};

/// Cuts a watertight mesh (mesh/topology.h; throws core::Error (input) with the open edges otherwise) and
/// fills the cut, holes and several islands included. Positions and triangles only: what a solver or a test
/// needs; pictures are cut by the renderer. The result is watertight whatever the plane passes through.
/// Cost: linear in triangles, quadratic in the cut's outline.
[[nodiscard]] CutMesh cutMesh(const TriangleMesh& mesh, const ClipPlane& plane);

}  // namespace aula::scene
