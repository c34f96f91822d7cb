// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "molecular/model/box.h"

namespace aula::molecular {

/// What a PDB or mmCIF file says: one model, one alternative location an atom, no chemistry added.
struct StructureAtom {
  std::string name, element;         ///< "CA", "C"
  Vec3 position;                     ///< nm
  float occupancy = 1, bFactor = 0;  ///< -, Angstrom^2
};
struct StructureResidue {
  std::string name;
  int number = 0;
  char insertion = ' ';
  bool isHetero = false;
  std::vector<StructureAtom> atoms;
  std::string place;  ///< "1aki.pdb, chain A, residue LYS 1"
};
struct StructureChain {
  std::string name;
  std::vector<StructureResidue> residues;
};
struct Structure {
  std::string title;
  std::vector<StructureChain> chains;
  Box box;                                ///< Of CRYST1; none where it is absent or the 1 A dummy.
  std::vector<std::array<int, 2>> links;  ///< CONECT and SSBOND as atoms counted through, where given.
  std::vector<std::string> remarks;  ///< What was chosen or left out: alternative locations, further models.
};

/// .pdb, .ent, .cif, .mmcif (gzip too), by content rather than name. Throws core::Error (input) naming file,
/// line or residue.
[[nodiscard]] Structure readStructure(const std::filesystem::path& file, int model = 1);

}  // namespace aula::molecular
