// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "lab/session/simulation.h"

namespace aula::lab {

/// Memory this process may still take without being killed for it.
struct MemoryBudget {
  double bytes = 0;
  std::string
      limit;  ///< What sets it: "free memory of this machine", "the memory limit of this container or job".
};

/// From /proc/meminfo and the control groups (versions 1 and 2) under `root`, which tests set.
[[nodiscard]] MemoryBudget findMemoryBudget(const std::filesystem::path& root = "/");

/// Throws core::Error (input) when `estimate` does not fit, naming what needs most and how to need less.
void checkMemory(const Estimate& estimate, const MemoryBudget& budget);

}  // namespace aula::lab
