// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/session/checked_lab.h"

namespace aula::tests {

/// A heart on a lattice of 3 mm, which is too coarse for anything but to see whether things are done;
/// `simulation` is put behind its keys, `rest` behind the section ("\"knobs\": {...}").
[[nodiscard]] std::string smallHeart(const std::string& simulation, const std::string& rest = "");
[[nodiscard]] lab::CheckedLab checkedHeart(const std::string& text);

}  // namespace aula::tests
