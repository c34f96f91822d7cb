// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "molecular/prepare/force_field.h"

/// Pieces that .rtp and .tdb files share.
namespace aula::molecular {

/// The list that [ heading ] fills and how many atoms a line of it names; null for any other heading.
[[nodiscard]] std::vector<TemplateBonded>* sectionOf(TemplateBondeds& bondeds, const std::string& heading,
                                                     int& atoms);
[[nodiscard]] TemplateBonded bondedOf(const DataFile& file, const DataLine& line, int atoms,
                                      const std::string& section);
/// "3 4 HB CB CA N": how many, by which rule, what name, from which atoms.
[[nodiscard]] AtomPatch additionOf(const DataFile& file, const DataLine& line);

}  // namespace aula::molecular
