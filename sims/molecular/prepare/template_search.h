// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "molecular/prepare/force_field.h"

/// Which template is meant. Private to prepare/.
namespace aula::molecular {

/// By name; a charge sign at the end of only one of the two names is overlooked where that leaves one choice.
[[nodiscard]] const ResidueTemplate* findTemplate(const ForceField& forceField, const std::string& name);
/// That of a residue in the middle of a chain; null: the force field has none.
[[nodiscard]] const ResidueTemplate* middleTemplate(const ForceField& forceField, const std::string& residue);
/// The two atoms by which a residue is bonded to the next; nothing where their templates do not say.
[[nodiscard]] std::optional<std::array<std::string, 2>> linkOf(const ForceField& forceField,
                                                               const std::string& before,
                                                               const std::string& after);

}  // namespace aula::molecular
