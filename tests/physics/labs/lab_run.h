// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lab/record/run_record.h"

namespace aula::tests {

/// Runs a lab of labs/electromagnetics on the CPU in memory, with knobs set as by --set.
[[nodiscard]] lab::RunRecord runLab(const std::string& name,
                                    const std::vector<std::pair<std::string, std::string>>& knobs = {});

/// A dataset of a finished run; fails the test and gives an empty one when it is not there.
[[nodiscard]] lab::Dataset dataOf(const lab::RunRecord& record, const std::string& instrument,
                                  const std::string& dataset);

}  // namespace aula::tests
