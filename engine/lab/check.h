// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::lab {

/// A lab whose every section has been read and found right, and what is to be computed. Nothing has been
/// allocated yet.
struct CheckedLab {
  std::shared_ptr<const Lab> lab;
  std::unique_ptr<SimulationPlan> plan;
};

/// The one way from a file to a plan, for every front end: reads the file, lets its kind of simulation plan,
/// reports unknown keys, and throws core::Error (input) with every problem at once. Warnings are in
/// lab->diagnostics().
[[nodiscard]] CheckedLab check(const std::filesystem::path& file, const Registry& registry,
                               const std::vector<std::pair<std::string, std::string>>& settings = {});
/// The same from memory; `name` stands for the file in messages.
[[nodiscard]] CheckedLab checkText(const std::string& json, const std::string& name, const Registry& registry,
                                   const std::vector<std::pair<std::string, std::string>>& settings = {});

}  // namespace aula::lab
