// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/solver.h"

/// Bodies cut from a box: for tests, benchmarks and whoever needs no anatomy. One matter, one group, nothing
/// held, no fibres unless said.
namespace aula::anatomy::tissue {

/// A box from the origin to `size` (m), of x * y * z cubes of six tetrahedra each (Kuhn's), so that
/// neighbours share whole faces. Point (i, j, k) has the index i + (x + 1) (j + (y + 1) k).
[[nodiscard]] Body makeBlock(int x, int y, int z, const Vec3& size, const Matter& matter);

/// The belly of a muscle along z, from z = 0 to `length`: round, `radius` (m) thick in the middle and
/// `endRadius` at both ends, its fibres along its lines; `across` * `across` * `along` cubes. Points of both
/// end faces are held.
[[nodiscard]] Body makeSpindle(int across, int along, double length, double radius, double endRadius,
                               const Matter& matter);

}  // namespace aula::anatomy::tissue
