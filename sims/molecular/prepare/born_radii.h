// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/topology.h"

/// What implicit solvent needs to know of atoms.
namespace aula::molecular {

enum class BornRadii {
  bondi,   ///< By element: Bondi, J. Phys. Chem. 68, 441 (1964), table I; H 0.12, C 0.17, N 0.155, O 0.15 nm.
  mbondi2  ///< The same, but 0.13 nm for hydrogen on nitrogen: Onufriev, Bashford and Case, Proteins 55, 383
           ///< (2004).
};

/// Fills bornRadii (nm) and bornScales: the screening factors of Hawkins, Cramer and Truhlar, J. Phys. Chem.
/// 100, 19824 (1996), as fitted for AMBER and kept by Onufriev et al. 2004: H 0.85, C 0.72, N 0.79, O 0.85, F
/// 0.88, P 0.86, S 0.96, others 0.80. Neighbours are those of bonds and settles. Throws core::Error (input)
/// naming an atom whose element is unknown or has no radius in the table.
void assignBornRadii(Topology& topology, BornRadii radii = BornRadii::mbondi2);

}  // namespace aula::molecular
