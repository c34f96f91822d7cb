// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "molecular/input/molecule_type.h"
#include "molecular/input/preprocessor.h"

namespace aula::molecular {

/// A .top file and all it includes, or a force field's .itp alone (then without molecules or system).
struct TopologyFile {
  ForceFieldTables tables;
  std::list<MoleculeType> moleculeTypes;  ///< A list, so that pointers to them stay good.
  std::string title;                      ///< [ system ]
  struct Count {
    std::string name;
    int count = 0;
    std::string place;
  };
  std::vector<Count> molecules;                ///< [ molecules ]
  std::map<std::string, std::string> defines;  ///< For .rtp files, which name macros.
  std::vector<std::string> remarks;            ///< What was read over or replaced.

  [[nodiscard]] const MoleculeType* find(const std::string& name) const;
  /// What resolve() wants. Throws core::Error (input) for a molecule that no [ moleculetype ] describes and
  /// for a file without any molecule.
  [[nodiscard]] std::vector<MoleculeCount> counts() const;
};

/// Sections in GROMACS' format; names of sections and macros are what they are there. Not supported, and
/// refused with place and name when a molecule uses them: virtual sites, CMAP, distance and orientation
/// restraints, tabulated and free-energy terms; types of bonds other than harmonic, of angles other than
/// harmonic.
[[nodiscard]] TopologyFile readTopology(const std::filesystem::path& file,
                                        const PreprocessorOptions& options = {});

}  // namespace aula::molecular
