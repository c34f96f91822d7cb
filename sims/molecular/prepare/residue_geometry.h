// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

/// The shapes of the twenty amino acids, as tables. Private to prepare/.
namespace aula::molecular {

/// Lengths in nm, angles in degrees.
struct BackboneGeometry {
  double lengthNA, lengthAC, lengthCN;  ///< N-CA, CA-C, and from C to the next residue's N
  double angleCNA, angleNAC, angleACN;  ///< At N (from the C before), at CA, and at C (to the next N)
  double angleNAB, angleCAB, lengthAB;  ///< Of CB
};
/// That of the residue; `next` is the residue after, whose kind the bond C-N depends on.
[[nodiscard]] BackboneGeometry backboneOf(const std::string& residue, const std::string& next);
inline constexpr double kCarbonylLength = 0.1231, kCarbonylAngle = 120.8;        ///< C=O, CA-C=O
inline constexpr double kCarboxylateLength = 0.1249, kCarboxylateAngle = 117.0;  ///< of a chain's end

/// An atom of a side chain: its distance to `bonded`, the angle to `second`, the dihedral to `third`:
/// side-chain torsion `chi` (from 1; 0: none) plus `offset`.
struct SideAtom {
  const char *name, *bonded, *second, *third;
  double length, angle;
  int chi;
  double offset;
};
struct SideChain {
  const char* residue;
  char letter;
  std::vector<SideAtom> atoms;
  std::vector<std::array<double, 4>> rotamers;  ///< chi 1 to 4, the commonest first.
};
/// All twenty, in order of their three-letter codes.
[[nodiscard]] const std::vector<SideChain>& sideChains();
/// Null: none of the twenty.
[[nodiscard]] const SideChain* findSideChain(const std::string& residue);

}  // namespace aula::molecular
