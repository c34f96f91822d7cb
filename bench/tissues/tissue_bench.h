// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compute/device.h"
#include "kernel/row.h"

/// Speed of soft tissue: a muscle between two tendons that shortens by a fifth within a fifth of a second,
/// fully active, and stays so; half a second of it in steps of 1/60 s, each with the iterations of
/// tissue::Settings.
namespace aula::bench {

struct TissueOptions {
  compute::DeviceChoice device;    ///< Not `automatic`. CPU threads: 0 gives rows for 1 and for all.
  std::vector<std::string> cases;  ///< Empty: all.
  int repeats = 5;
};

/// "muscle-5k", "muscle-20k", "muscle-100k": by the number of tetrahedra.
[[nodiscard]] std::vector<std::string> tissueCases();

/// Runs them: a row a case and number of threads, in ms/frame: the mean of a run's frames, the best run
/// first. The device is first compared with the double-precision reference on a small muscle, every run must
/// keep the volume within 1 %, and rows that differ only in threads must end with one checksum: throws
/// core::Error (failure) when an answer is wrong, (input) for an unknown case.
[[nodiscard]] std::vector<Row> runTissue(const TissueOptions& options,
                                         const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
