// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Messages for people, on standard error, a line each; standard output is for data. Any thread may call.
namespace aula::core::log {

enum class Level {
  debug,    ///< For whoever works on Aula.
  info,     ///< What the program is doing.
  warning,  ///< Something the user should know about a result.
  error,    ///< Why the program will end.
  silent    ///< As a threshold: nothing at all.
};

/// Messages below `level` are dropped. Starts at `info`.
void setLevel(Level level);
[[nodiscard]] Level level();

void debug(std::string_view message);
void info(std::string_view message);
void warning(std::string_view message);
void error(std::string_view message);

}  // namespace aula::core::log
