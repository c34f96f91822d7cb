// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "lab/session/simulation.h"

namespace aula::lab {

/// commands.jsonl: a heading, then one applied command a line, on the disk before the simulation goes on.
/// Values are written so that they read back to the last bit.
class CommandLog {
 public:
  /// Starts the file with `commands`, which replace what it held.
  CommandLog(std::filesystem::path file, const std::vector<Command>& commands);
  ~CommandLog();
  CommandLog(const CommandLog&) = delete;
  CommandLog& operator=(const CommandLog&) = delete;
  void append(const Command& command);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace aula::lab
