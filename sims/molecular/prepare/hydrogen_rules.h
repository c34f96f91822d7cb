// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/model/box.h"

/// The ways in which .hdb and .tdb files place atoms (GROMACS reference manual, "Hydrogen database"): i is
/// the atom they are bonded to, j and k and l the other control atoms.
///
///  1  one planar (peptide N, aromatic ring): on the far side of i from j and k, in their plane
///  2  one single (hydroxyl): 109.47 degrees at i, trans to k
///  3  two planar (ethylene, amide): 120 degrees at i, cis and trans to k
///  4  two or three tetrahedral (methyl, ammonium): 109.47 degrees at i, trans to k and turned by 120 degrees
///  5  one tetrahedral (methine): away from the mean of j, k and l
///  6  two tetrahedral (methylene): in the plane across j-i-k, 109.47 degrees between them
///  7  two of a water molecule; 10 and 11 with one or two more sites at i
///  8  two carboxylate oxygens: 117 degrees at i, 0.136 nm, cis and trans to k
///  9  a carboxyl group: =O 0.123 nm at 121 degrees, -O 0.125 nm at 115 degrees, and by rule 2 its hydrogen
///
/// Hydrogens lie 0.1 nm from i.
namespace aula::molecular {

inline constexpr int kHydrogenRules = 11;

/// How many control atoms rule 1 to 11 needs, and how many atoms it places at most.
[[nodiscard]] int controlCount(int rule);
[[nodiscard]] int addedCount(int rule);

/// Positions of `count` atoms, nm. `waters` counts water molecules so far: they are turned six ways, one
/// after another, so that a crystal's waters do not all point one way.
[[nodiscard]] std::vector<Vec3> placeByRule(int rule, int count, const std::vector<Vec3>& controls,
                                            int& waters);

/// The position at `distance` from i, with `angle` to j and `dihedral` to i-j-k (radians; 0 is cis).
[[nodiscard]] Vec3 placeByInternal(Vec3 i, Vec3 j, Vec3 k, double distance, double angle, double dihedral);

}  // namespace aula::molecular
