// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace aula::compute {

/// What this process may use of the machine it runs on.
struct Host {
  std::string name;  ///< The processor's own name, "processor" where the system does not tell.
  int cores =
      1;  ///< Logical cores: of the affinity mask, no more than the control group's share, rounded up.
  std::string vector;      ///< "AVX-512", "AVX2", "NEON" or "baseline": what kernels are dispatched to.
  int vectorBits = 128;    ///< 512, 256 or 128.
  double memoryBytes = 0;  ///< Available without swapping, no more than what the control group has left.
};

/// Reads /proc and the control groups (version 2, and the CPU quota and memory limit of version 1) below
/// `root`, which tests replace; what cannot be read sets no limit.
[[nodiscard]] Host readHost(const std::filesystem::path& root = "/");

}  // namespace aula::compute
