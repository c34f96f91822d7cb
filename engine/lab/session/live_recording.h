// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lab/record/run_record.h"
#include "lab/session/command_log.h"
#include "lab/session/running_lab.h"

namespace aula::lab {

/// A live session's folder: its commands as they are applied, and its data at the end.
class LiveRecording {
 public:
  /// Makes the folder and begins the log with the commands so far. Throws core::Error.
  LiveRecording(std::filesystem::path folder, const Lab& lab, const std::vector<Command>& commands);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  void append(const Command& command) { log_->append(command); }
  /// After the way back: these and no others have been applied.
  void replace(const std::vector<Command>& commands);
  /// Writes data and summary of the run so far; `record` holds what is known of it. Throws core::Error.
  void finish(const RunningLab& running, const std::vector<Command>& commands, RunRecord record);

 private:
  [[nodiscard]] CommandHeading heading(std::int64_t steps) const;
  std::filesystem::path folder_;
  std::string labId_;
  KnobValues knobs_;
  std::unique_ptr<CommandLog> log_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace aula::lab
