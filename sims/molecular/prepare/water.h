// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "molecular/model/engine.h"

/// Water by itself: one molecule, a box of liquid, a crystal of ice. Nothing is read from files.
namespace aula::molecular {

enum class WaterModel {
  tip3p,  ///< Jorgensen et al., J. Chem. Phys. 79, 926 (1983), no Lennard-Jones on hydrogen
  spce    ///< Berendsen, Grigera and Straatsma, J. Phys. Chem. 91, 6269 (1987)
};

/// A rigid water of three sites: oxygen, then two hydrogens, with a settle.
struct Water {
  Topology topology;  ///< One molecule, residue SOL, atoms OW, HW1, HW2, types as AMBER's files name them.
  double numberDensity = 0;  ///< Molecules a nm^3 of the liquid at 298 K and 1 bar.
};
/// Densities: Vega and Abascal, Phys. Chem. Chem. Phys. 13, 19663 (2011), table 2: TIP3P 0.98, SPC/E 0.994
/// g/cm^3.
[[nodiscard]] Water water(WaterModel model);
/// The positions of a molecule of this model's shape where another has its atoms: the oxygen stays, so do
/// the bisector and the plane of the hydrogens.
[[nodiscard]] std::array<Vec3, 3> placedWater(const Water& water, Vec3 oxygen, Vec3 hydrogen1,
                                              Vec3 hydrogen2);

/// A box full of liquid at the model's density, to the molecule: copies of a small equilibrated box, cut at
/// the faces, squeezed by the little (per cent) that is lost there. Minimise, then run a few ps, before
/// measuring. At rest. Throws core::Error (input) when an edge is shorter than 0.8 nm or the box holds more
/// than 30 million molecules.
[[nodiscard]] System waterBox(const Water& water, const Box& box, std::uint64_t seed = 1);

/// Ice Ih: `cells` orthorhombic cells of eight molecules, 0.4519 x 0.7827 x 0.7357 nm each (Rottger et al.,
/// Acta Cryst. B50, 644 (1994), at 250 K). Protons are disordered by the ice rules (Bernal and Fowler 1933):
/// one on each bond, two near each oxygen; of many arrangements one with the smallest dipole moment is kept.
[[nodiscard]] System iceBox(const Water& water, const std::array<int, 3>& cells, std::uint64_t seed = 1);

}  // namespace aula::molecular
