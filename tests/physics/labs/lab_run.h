// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lab/record/run_record.h"
#include "lab/session/simulation.h"

namespace aula::tests {

/// Runs a lab of labs/electromagnetics, or of another subject when its name has that folder before it, on the
/// CPU in memory, with knobs set as by --set; with commands at their steps, and for `steps` steps where that
/// is above 0.
[[nodiscard]] lab::RunRecord runLab(const std::string& name,
                                    const std::vector<std::pair<std::string, std::string>>& knobs = {},
                                    const std::vector<lab::Command>& commands = {}, std::int64_t steps = 0);

/// A dataset of a finished run; fails the test and gives an empty one when it is not there.
[[nodiscard]] lab::Dataset dataOf(const lab::RunRecord& record, const std::string& instrument,
                                  const std::string& dataset);

}  // namespace aula::tests
