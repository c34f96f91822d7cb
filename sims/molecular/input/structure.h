// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "molecular/model/box.h"

namespace aula::molecular {

/// What a PDB or mmCIF file says: one model, one alternative location an atom (that of the highest occupancy,
/// among equals the first), no chemistry added.
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
  std::string place;  ///< "1aki.pdb:432, chain A, residue LYS 1"; of mmCIF no line
};
/// Ends with the file's TER too: water and ligands that follow a protein under its letter are a chain of
/// their own with the same name.
struct StructureChain {
  std::string name;
  std::vector<StructureResidue> residues;
};
struct Structure {
  std::string title;
  std::vector<StructureChain> chains;
  Box box;                                ///< Of CRYST1; none where it is absent or the 1 A dummy.
  std::vector<std::array<int, 2>> links;  ///< CONECT, SSBOND, LINK: atoms counted through, the
                                          ///< smaller first, each once; none to crystal copies.
  std::vector<std::string> remarks;  ///< What was chosen or left out: alternative locations, further models.
};

/// .pdb, .ent, .cif, .mmcif (gzip too), by content rather than name. Throws core::Error (input) naming file,
/// line or residue.
[[nodiscard]] Structure readStructure(const std::filesystem::path& file, int model = 1);
/// The same of a file's bytes; `name` is for messages.
[[nodiscard]] Structure parseStructure(std::string_view bytes, const std::string& name, int model = 1);

}  // namespace aula::molecular
