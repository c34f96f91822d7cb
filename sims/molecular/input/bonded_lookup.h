// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "molecular/input/molecule_type.h"

namespace aula::molecular {

/// One table of bonded types, asked by the types of atoms. The rules are GROMACS': an entry fits read
/// forwards or backwards; a later entry for the same types replaces an earlier one, but lines of dihedral
/// function 9 that follow each other add up; of dihedrals with wildcards ("X") the entry with the most types
/// named wins, among equals the first.
class BondedLookup {
 public:
  using BondedType = ForceFieldTables::BondedType;
  /// The table must outlive this. Throws core::Error (input) for a second block of function 9 that differs.
  explicit BondedLookup(const std::vector<BondedType>& table);

  /// What adds up for these atoms, in the file's order; empty where there is nothing. Functions 1 and 9 share
  /// their entries, 3 and 5 too.
  [[nodiscard]] const std::vector<const BondedType*>& find(const std::vector<std::string>& types,
                                                           int function);

 private:
  struct Block {
    std::vector<const BondedType*> entries;
    int named = 0;  ///< Types that are not wildcards.
  };
  /// By group of functions.
  std::map<int, std::vector<Block>> blocks_;
  std::map<std::pair<int, std::vector<std::string>>, std::vector<const BondedType*>> found_;
};

}  // namespace aula::molecular
