// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "molecular/input/structure.h"
#include "molecular/prepare/force_field.h"

/// A structure on its way to a topology: what the steps of prepare() hand on to each other. Private to
/// prepare/.
namespace aula::molecular {

struct WorkAtom {
  std::string name, element;
  Vec3 position;  ///< nm
  bool isPlaced = true;
  float bFactor = 0;
};

struct WorkResidue {
  std::string name;   ///< As topologies show it: "HIS"
  std::string entry;  ///< The template's name: "HIE"
  int number = 0;
  char insertion = ' ';
  std::string chain;
  std::string place;
  std::vector<WorkAtom> atoms;

  bool isFirst = false, isLast = false;       ///< Of a polymer.
  bool hasPrevious = false, hasNext = false;  ///< A neighbour in the chain that "-C" and "+N" may mean.
  const Terminus *firstTerminus = nullptr, *lastTerminus = nullptr;
  ResidueTemplate pattern;          ///< Atoms with the termini's changes; bonded terms of both.
  std::vector<AtomPatch> patches;   ///< Termini's, then hydrogens'.
  std::size_t terminusPatches = 0;  ///< How many of them are the termini's.

  [[nodiscard]] int find(const std::string& atom) const {
    for (std::size_t k = 0; k < atoms.size(); ++k)
      if (sameName(atoms[k].name, atom)) return static_cast<int>(k);
    return -1;
  }
  [[nodiscard]] std::string title() const {
    std::string text = name + " " + std::to_string(number);
    if (insertion != ' ') text += insertion;
    if (!chain.empty()) text += " of chain " + chain;
    return text;
  }
  /// "residue LYS 1 of chain A (1aki.pdb:432)"
  [[nodiscard]] std::string where() const {
    return "residue " + title() + (place.empty() ? "" : " (" + place.substr(0, place.find(',')) + ")");
  }
};

struct WorkBond {
  std::array<std::size_t, 2> residues;
  std::array<std::string, 2> atoms;
};

/// Residues that end as one molecule.
struct WorkMolecule {
  std::string name;
  std::vector<WorkResidue> residues;
  std::vector<WorkBond> specialBonds;
  bool isWater = false;
};

/// The residue that "-C", "CA" or "+N" speaks of, and the name without its sign; -1: there is none.
[[nodiscard]] int neighbourOf(const WorkMolecule& molecule, std::size_t residue, const std::string& written,
                              std::string& name);

}  // namespace aula::molecular
