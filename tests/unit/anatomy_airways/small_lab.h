// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/session/checked_lab.h"

namespace aula::tests {

/// A lab of kind breathing with a tree of some hundred branches; `simulation`: further keys of that section,
/// `rest`: further sections.
[[nodiscard]] std::string smallBreath(const std::string& simulation, const std::string& rest = "");
/// Throws core::Error with everything that is wrong.
[[nodiscard]] lab::CheckedLab checkedBreath(const std::string& text);

}  // namespace aula::tests
