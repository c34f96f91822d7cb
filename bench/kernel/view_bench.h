// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "kernel/row.h"

namespace aula::bench {

struct ViewOptions {
  std::filesystem::path program;  ///< `aula`, started anew for each repeat.
  std::string lab = "double-slit";
  int repeats = 5;
  double idleSeconds = 10;
};

/// How soon `aula view LAB` shows the lab, from the start of the process to the first presented picture of
/// its scene, and what share of a core the window takes while nothing moves. In the window system at hand,
/// else in Xvfb. Throws core::Error when there is neither, or the program fails.
[[nodiscard]] std::vector<Row> runView(const ViewOptions& options,
                                       const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
