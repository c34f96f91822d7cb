// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::lab {

/// What a command log says of the run that its commands belong to.
struct CommandHeading {
  std::string lab;         ///< Its id; empty: not said.
  KnobValues knobs;        ///< At the beginning, to the last bit; empty: not said.
  std::int64_t steps = 0;  ///< Of the whole run; 0: not said.
};

/// commands.jsonl: a heading, then one applied command a line, on the disk before the simulation goes on.
/// Values are written so that they read back to the last bit.
class CommandLog {
 public:
  /// Starts the file with `commands`, which replace what it held.
  CommandLog(std::filesystem::path file, const std::vector<Command>& commands,
             const CommandHeading& heading = {});
  ~CommandLog();
  CommandLog(const CommandLog&) = delete;
  CommandLog& operator=(const CommandLog&) = delete;
  void append(const Command& command);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

/// A command log's heading; see readCommands for the commands. Throws core::Error naming file and line.
[[nodiscard]] CommandHeading readCommandHeading(const std::filesystem::path& file);

}  // namespace aula::lab
