// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "anatomy/shape/solid.h"

namespace aula::anatomy {

/// A solid cut into tetrahedra.
struct TetrahedralMesh {
  std::vector<Vec3> positions;                           ///< m
  std::vector<std::array<std::uint32_t, 4>> tetrahedra;  ///< Positive volume: (b-a) x (c-a) . (d-a) > 0.
};

/// Isosurface stuffing (Labelle and Shewchuk 2007): body-centred cubic tetrahedra, warped and cut at the
/// surface; dihedral angles stay between about 9 and 158 degrees. Deterministic. Throws core::Error (input)
/// when there is no inside at that spacing (m, of the cubic lattice).
[[nodiscard]] TetrahedralMesh tetrahedralise(const Solid& solid, double spacing);

/// Its outside as triangles facing outwards; `corners` gets the mesh point of each position.
[[nodiscard]] scene::TriangleMesh boundaryOf(const TetrahedralMesh& mesh,
                                             std::vector<std::uint32_t>& corners);

}  // namespace aula::anatomy
