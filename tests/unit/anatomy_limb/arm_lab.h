// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "lab/session/checked_lab.h"
#include "lab/session/simulation.h"

namespace aula::tests {

/// A lab file of an arm: what stands in "simulation" beside the kind, and other sections.
[[nodiscard]] std::string armLab(const std::string& simulation, const std::string& rest = {});
/// Throws core::Error (input) with everything that is wrong.
[[nodiscard]] lab::CheckedLab checkedArm(const std::string& text);
[[nodiscard]] std::unique_ptr<lab::Simulation> builtArm(const lab::CheckedLab& lab);
/// The last value of an instrument's dataset.
[[nodiscard]] double lastOf(lab::Simulation& arm, const std::string& instrument, const std::string& dataset);

}  // namespace aula::tests
