// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/error.h"
#include "molecular/prepare/bond_graph.h"

namespace aula::molecular {

AtomIndex indexAtoms(const WorkMolecule& molecule) {
  AtomIndex index;
  for (std::size_t r = 0; r < molecule.residues.size(); ++r) {
    index.firstAtom.push_back(static_cast<int>(index.atoms.size()));
    for (const WorkAtom& atom : molecule.residues[r].atoms) {
      index.atoms.push_back(&atom);
      index.residueOf.push_back(static_cast<int>(r));
    }
  }
  index.firstAtom.push_back(static_cast<int>(index.atoms.size()));
  return index;
}

int findAtom(const WorkMolecule& molecule, const AtomIndex& index, std::size_t residue,
             const std::string& written) {
  std::string name;
  const int at = neighbourOf(molecule, residue, written, name);
  if (at < 0) return -1;
  const int atom = molecule.residues[static_cast<std::size_t>(at)].find(name);
  return atom < 0 ? -1 : index.firstAtom[static_cast<std::size_t>(at)] + atom;
}

std::vector<Term4> bondsOf(const WorkMolecule& molecule, const AtomIndex& index) {
  std::vector<Term4> bonds;
  const auto add = [&](int i, int j, const std::string& parameters, const std::string& place) {
    Term4 bond;
    bond.atoms = {std::min(i, j), std::max(i, j), -1, -1};
    bond.parameters = parameters;
    bond.place = place;
    bonds.push_back(std::move(bond));
  };
  for (std::size_t r = 0; r < molecule.residues.size(); ++r) {
    const WorkResidue& residue = molecule.residues[r];
    for (const TemplateBonded& bond : residue.pattern.bondeds.bonds) {
      const int i = findAtom(molecule, index, r, bond.atoms[0]),
                j = findAtom(molecule, index, r, bond.atoms[1]);
      if (i >= 0 && j >= 0 && i != j) add(i, j, bond.parameters, bond.place);
    }
    for (std::size_t k = 0; k < residue.terminusPatches; ++k) {
      const AtomPatch& patch = residue.patches[k];
      const int centre = patch.adds() ? residue.find(patch.controls[0]) : -1;
      if (centre < 0) continue;
      const int i = index.firstAtom[r] + centre;
      // Added atoms follow the one they hang on; of a carboxyl group the hydrogen hangs on the second oxygen.
      for (int n = 1; n <= patch.count; ++n)
        if (i + n < index.firstAtom[r + 1])
          add(patch.rule == 9 && n == 3 ? i + 2 : i, i + n, "", patch.place);
    }
  }
  for (const WorkBond& bond : molecule.specialBonds) {
    const int i = findAtom(molecule, index, bond.residues[0], bond.atoms[0]);
    const int j = findAtom(molecule, index, bond.residues[1], bond.atoms[1]);
    if (i < 0 || j < 0)
      throw core::inputError("the bond of " + bond.atoms[0] + " of " +
                             molecule.residues[bond.residues[0]].title() + " and " + bond.atoms[1] + " of " +
                             molecule.residues[bond.residues[1]].title() +
                             " joins atoms that their templates do not have");
    add(i, j, "", "");
  }
  // Of two equal bonds the one with the longer parameters stays.
  std::stable_sort(bonds.begin(), bonds.end(), [](const Term4& a, const Term4& b) {
    if (a.atoms != b.atoms) return a.atoms < b.atoms;
    return a.parameters.size() > b.parameters.size();
  });
  bonds.erase(std::unique(bonds.begin(), bonds.end(),
                          [](const Term4& a, const Term4& b) { return a.atoms == b.atoms; }),
              bonds.end());
  return bonds;
}

}  // namespace aula::molecular
