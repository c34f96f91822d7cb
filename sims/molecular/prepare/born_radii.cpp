// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/born_radii.h"

#include "core/error.h"

namespace aula::molecular {
namespace {

/// nm; below 0: not in the table.
double bondiRadius(int element) {
  switch (element) {
    case 1:
      return 0.120;
    case 6:
      return 0.170;
    case 7:
      return 0.155;
    case 8:
      return 0.150;  // Bondi has 0.152; Onufriev et al. use 0.150.
    case 9:
      return 0.147;
    case 11:
      return 0.227;
    case 12:
      return 0.173;
    case 14:
      return 0.210;
    case 15:
      return 0.185;  // Bondi has 0.180; Onufriev et al. use 0.185.
    case 16:
      return 0.180;
    case 17:
      return 0.175;
    case 19:
      return 0.275;
    case 30:
      return 0.139;
    case 35:
      return 0.185;
    case 53:
      return 0.198;
    default:
      return -1;
  }
}

double screening(int element) {
  switch (element) {
    case 1:
      return 0.85;
    case 6:
      return 0.72;
    case 7:
      return 0.79;
    case 8:
      return 0.85;
    case 9:
      return 0.88;
    case 15:
      return 0.86;
    case 16:
      return 0.96;
    default:
      return 0.80;
  }
}

}  // namespace

void assignBornRadii(Topology& topology, BornRadii radii) {
  const auto atoms = static_cast<std::size_t>(topology.atomCount());
  topology.bornRadii.assign(atoms, 0);
  topology.bornScales.assign(atoms, 0);
  for (std::size_t k = 0; k < atoms; ++k) {
    const int element = topology.elements[k];
    const double radius = bondiRadius(element);
    if (radius < 0) {
      const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[k])];
      throw core::inputError(
          "atom " + topology.names[k] + " of residue " + residue.name + " " + std::to_string(residue.number) +
          (element == 0 ? " has no known element" : " is of element " + std::to_string(element)) +
          ", for which implicit solvent has no radius; leave it out or use explicit water");
    }
    topology.bornRadii[k] = radius;
    topology.bornScales[k] = screening(element);
  }
  if (radii == BornRadii::bondi) return;
  for (const auto& pair : bondedPairs(topology))
    for (std::size_t k = 0; k < 2; ++k)
      if (topology.elements[pair[k]] == 1 && topology.elements[pair[1 - k]] == 7)
        topology.bornRadii[pair[k]] = 0.130;
}

}  // namespace aula::molecular
