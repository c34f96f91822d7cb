// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/units/quantity.h"

/// The words UDUNITS-2 knows; the only place that calls it. Private to core/units.
namespace aula::core::units {

/// `word` is ASCII letters and underscores, 32 bytes at most. Any thread; answers are remembered.
[[nodiscard]] std::optional<Unit> lookUp(const std::string& word);

/// Units worth suggesting for a misspelt one.
[[nodiscard]] const std::vector<std::string>& commonWords();

}  // namespace aula::core::units
