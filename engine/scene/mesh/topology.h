// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// How a mesh's edges are shared, by index: points that lie at one place must be one point (mesh/weld.h).
struct EdgeReport {
  std::size_t edges = 0;
  std::size_t open = 0;      ///< With one triangle: a hole's rim.
  std::size_t crowded = 0;   ///< With three or more triangles that do not pair up.
  std::size_t contrary = 0;  ///< Both triangles run along it the same way: one of them is turned over.
  core::Vec3 firstOpen;      ///< m; the middle of one, where there is one.
  core::Vec3 firstFault;     ///< m; the middle of a crowded or contrary edge, where there is one.

  /// Every edge between two triangles (or several pairs: sheets that touch), all turned the same way: such a
  /// mesh has an inside.
  [[nodiscard]] bool isWatertight() const { return edges > 0 && open + crowded + contrary == 0; }
};

[[nodiscard]] EdgeReport examineEdges(const TriangleMesh& mesh);

/// "It has 12 open edges (one of them at 0.1, 0, 0.2 m) and ...": a sentence for an error; empty when
/// watertight.
[[nodiscard]] std::string describe(const EdgeReport& report);

}  // namespace aula::scene
