// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compute/device.h"
#include "kernel/row.h"

/// Speed of the Maxwell solvers in Mcell/s; one cell update is all six components once (in 2-D all three).
namespace aula::bench {

struct FdtdOptions {
  compute::DeviceChoice device;    ///< Not `automatic`. CPU threads: 0 gives rows for 1 and for all.
  int size = 0;                    ///< Cells along each edge; 0: each case's own sizes.
  std::vector<std::string> cases;  ///< Empty: all.
  bool hasPeers = false;           ///< Meep and openEMS too, where they are installed.
  int repeats = 5;
};

/// "vacuum", "dielectric", "drude", "tm".
[[nodiscard]] std::vector<std::string> fdtdCases();

/// Runs them. Each case is first computed small against the double-precision reference, and rows that differ
/// only in threads must have one checksum: throws core::Error (failure) when an answer is wrong, (input) for
/// an unknown case or an impossible size. `say` gets one line for each thing done, for people. Fields begin
/// as noise everywhere, so that no cell is idle.
[[nodiscard]] std::vector<Row> runFdtd(const FdtdOptions& options,
                                       const std::function<void(const std::string&)>& say);

/// Meep and openEMS in the vacuum case's box, through bench/peers; one row each for 1 and `threads` threads
/// or processes. What is not installed is said and left out.
[[nodiscard]] std::vector<Row> runFdtdPeers(int size, int threads,
                                            const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
