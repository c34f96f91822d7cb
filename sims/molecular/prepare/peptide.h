// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "molecular/input/structure.h"
#include "molecular/prepare/prepare.h"

/// Peptides out of nothing but their sequence, so that a lab needs no file from elsewhere.
namespace aula::molecular {

struct BackboneTorsions {
  double phi = 180, psi = 180, omega = 180;  ///< degrees; omega is that of the bond to the residue before.
};

enum class SecondaryStructure {
  extended,    ///< 180, 180
  helix,       ///< alpha: -57, -47 (Arnott and Dover 1967)
  helix310,    ///< -49, -26 (Toniolo and Benedetti 1991)
  strand,      ///< antiparallel beta: -139, 135 (Arnott, Dover and Elliott 1967)
  polyproline  ///< left-handed, of collagen: -75, 145
};
[[nodiscard]] BackboneTorsions torsionsOf(SecondaryStructure structure);

struct PeptideOptions {
  SecondaryStructure structure = SecondaryStructure::extended;
  std::vector<BackboneTorsions> torsions;  ///< One a residue (caps not counted); empty: those of `structure`.
  bool hasCaps = true;                     ///< Acetyl before, N-methyl amide after; else charged ends.
};

/// "ACDE" (capitals: one letter a residue), or three-letter codes between hyphens or blanks, "Ala-Gly-Ser".
/// Throws core::Error (input) naming the letter or code that is none of the twenty.
[[nodiscard]] std::vector<std::string> parseSequence(const std::string& sequence);

/// Heavy atoms: bond lengths and angles of Engh and Huber, Acta Cryst. A47, 392 (1991), tables 2 and 3; side
/// chains in the commonest rotamer of Lovell et al., Proteins 40, 389 (2000), or the next that does not run
/// into what stands already. Proline's phi is its ring's; asked to be far from it, it is refused.
[[nodiscard]] Structure peptideStructure(const std::vector<std::string>& residues,
                                         const PeptideOptions& options = {});
/// With hydrogens and parameters; bonds to hydrogens have the force field's length. Vacuum.
[[nodiscard]] System buildPeptide(const std::string& sequence, const ForceField& forceField,
                                  const PeptideOptions& options = {});

}  // namespace aula::molecular
