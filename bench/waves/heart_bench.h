// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compute/device.h"
#include "kernel/row.h"

/// Speed of the heart's waves.
namespace aula::bench {

struct HeartOptions {
  compute::DeviceChoice device;    ///< Not `automatic`. CPU threads: 0 gives rows for 1 and for all.
  std::vector<std::string> cases;  ///< Empty: all.
  int repeats = 5;
};

/// "ventricles": two ventricles at 1 mm with Aliev and Panfilov's cells, conducting 0.6 m/s along fibres and
/// 0.22 across; "block": a million of ten Tusscher and Panfilov's cells at 0.25 mm.
[[nodiscard]] std::vector<std::string> heartCases();

/// Runs them: rows in Mnode/s, of nodes and whole steps; the ventricles' also in seconds of the heart's time
/// a second ("x real time"), its ratio. Each case is first compared with the double-precision reference in
/// small, and rows that differ only in threads must end with one checksum: throws core::Error (failure) when
/// an answer is wrong, (input) for an unknown case.
[[nodiscard]] std::vector<Row> runHeart(const HeartOptions& options,
                                        const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
