// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Standard error, shared between the log and the progress line. Private to core.
namespace aula::core::terminal {

/// Standard error is a terminal that can redraw a line.
[[nodiscard]] bool isInteractive();
/// Columns, 80 when unknown.
[[nodiscard]] int width();
/// Writes a whole line; a progress line that stands there is taken away first and put back after.
void writeLine(std::string_view text);
/// Replaces the progress line; an empty text takes it away.
void showProgress(std::string_view text);

}  // namespace aula::core::terminal
