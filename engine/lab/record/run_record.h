// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compute/device.h"
#include "lab/lab.h"
#include "lab/record/dataset.h"
#include "lab/record/measurement.h"

namespace aula::lab {

/// Everything a finished or stopped run knows of itself: the source of data.h5, summary.json and report.html.
struct RunRecord {
  std::shared_ptr<const Lab> lab;
  std::uint64_t seed = 0;
  compute::DeviceChoice device;  ///< Resolved.
  std::string deviceName;
  std::int64_t steps = 0;  ///< Done.
  std::int64_t plannedSteps = 0;
  bool isComplete = false;   ///< steps == plannedSteps
  double simulatedTime = 0;  ///< s
  double wallSeconds = 0;    ///< Over all processes that worked on the run.
  double speed = 0;
  std::string speedUnit;
  std::string date;  ///< ISO 8601, UTC; from SOURCE_DATE_EPOCH where that is set.
  std::string commandLine;
  std::filesystem::path output;  ///< Folder; empty: nothing is written.
  std::vector<std::pair<std::string, std::vector<Dataset>>>
      data;  ///< By instrument, in the lab file's order.
  std::vector<MeasurementResult> results;
  std::vector<std::string> warnings;
  std::vector<std::string> outputs;  ///< File names within `output`.
};

/// data.h5 and data.xdmf (see recorder.cpp for their layout) of the instruments the lab asks to record; adds
/// their names to `outputs`. Throws core::Error (failure).
void writeData(RunRecord& record);

/// summary.json as the design fixes it, as text: what --json prints.
[[nodiscard]] std::string summaryText(const RunRecord& record);
/// The same into the output folder; call again after adding to `outputs`.
void writeSummary(RunRecord& record);

}  // namespace aula::lab
