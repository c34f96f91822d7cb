// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "molecular/analysis/geometry.h"

namespace aula::molecular {

/// Secondary structure by the pattern of the backbone's hydrogen bonds (Kabsch and Sander, Biopolymers 22,
/// 2577, 1983), one letter a residue: H alpha helix, G 3-10 helix, I pi helix, E strand of a ladder, B single
/// bridge, T turn, S bend, ' ' none. Where several fit the first of H, B, E, G, I, T, S stands, as there.
///
/// Positions of whole molecules, nm. A backbone hydrogen that is missing is put 0.1 nm from N, opposite to
/// the C=O of the residue before.
[[nodiscard]] std::string secondaryStructure(const std::vector<BackboneResidue>& backbone,
                                             std::span<const Vec3> positions);

/// The electrostatic energy of C=O...H-N, eq. 1 there, kJ/mol; below -2.092 (-0.5 kcal/mol) it is a bond.
[[nodiscard]] double backboneBondEnergy(Vec3 c, Vec3 o, Vec3 n, Vec3 h);
inline constexpr double kBackboneBond = -0.5 * 4.184;

}  // namespace aula::molecular
