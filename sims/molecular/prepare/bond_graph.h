// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "molecular/prepare/work_molecule.h"

/// Who is bonded to whom, and the terms that follow. Private to prepare/.
namespace aula::molecular {

/// A term between atoms of the molecule, counted through.
struct Term4 {
  std::array<int, 4> atoms{-1, -1, -1, -1};
  std::string parameters, place;
  bool isListed = false;  ///< Stands in a template, rather than following from bonds.
};

struct AtomIndex {
  std::vector<int> firstAtom;  ///< One a residue, and the end.
  std::vector<int> residueOf;  ///< One an atom.
  std::vector<const WorkAtom*> atoms;
};
[[nodiscard]] AtomIndex indexAtoms(const WorkMolecule& molecule);
/// The atom that `written` ("CA", "-C", "+N") means as seen from a residue; -1: there is none.
[[nodiscard]] int findAtom(const WorkMolecule& molecule, const AtomIndex& index, std::size_t residue,
                           const std::string& written);

/// Of templates, of atoms that termini add, and special ones; i < j, sorted, each once.
[[nodiscard]] std::vector<Term4> bondsOf(const WorkMolecule& molecule, const AtomIndex& index);

struct BondedTerms {
  std::vector<Term4> angles, dihedrals, impropers, pairs, exclusions;
};
/// All angles and dihedrals along bonds, with the parameters that templates give some of them; dihedrals
/// thinned out as [ bondedtypes ] says; pairs of atoms three bonds apart; impropers and exclusions of the
/// templates.
[[nodiscard]] BondedTerms termsOf(const WorkMolecule& molecule, const AtomIndex& index,
                                  const std::vector<Term4>& bonds);

}  // namespace aula::molecular
