// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "molecular/input/molecule_type.h"

/// The sections of a topology file, and where what they hold belongs.
namespace aula::molecular {

enum class Role {
  own,           ///< The parser has a function for it.
  bondedTypes,   ///< Types, a function, parameters: into a table of ForceFieldTables.
  moleculeTerm,  ///< Atoms, a function, parameters: into a list of the current MoleculeType.
  ignored,       ///< Says nothing about what is computed here.
  unsupported    ///< Its first line is refused.
};
struct Section {
  const char* name;
  Role role = Role::own;
  int atoms = 0;
  std::vector<ForceFieldTables::BondedType> ForceFieldTables::*table = nullptr;
  std::vector<Interaction> MoleculeType::*terms = nullptr;
  const char* hint = "";  ///< Added to the refusal.
};

/// By its name in lower case; null where there is none.
[[nodiscard]] const Section* findSection(std::string_view name);
[[nodiscard]] std::vector<std::string> sectionNames();

}  // namespace aula::molecular
