// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/session/checked_lab.h"

namespace aula::tests {

/// A lab of 32 argon atoms; `simulation` replaces keys of its section "simulation" ("" leaves it), `rest` is
/// put behind it as it is ("\"knobs\": {...}").
[[nodiscard]] std::string smallLab(const std::string& simulation, const std::string& rest = "");
[[nodiscard]] lab::CheckedLab checkedLab(const std::string& text);

}  // namespace aula::tests
