// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Text that came from outside: is it UTF-8, what did its writer mean, and how to show it without letting it
/// act.
namespace aula::core {

/// The byte at which `text` stops being UTF-8 (overlong forms, surrogates and values over U+10FFFF included);
/// nothing when all of it is valid.
[[nodiscard]] std::optional<std::size_t> invalidUtf8At(std::string_view text);

/// `text` between double quotes for a message: control characters (terminal escapes among them) and broken
/// UTF-8 are shown as \xNN, and what is longer than `maximum` bytes ends in "...".
[[nodiscard]] std::string quoted(std::string_view text, std::size_t maximum = 60);

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal
/// string alignment); letter case counts half. Words over 64 bytes are cut there.
[[nodiscard]] double editDistance(std::string_view from, std::string_view to);

/// The candidate most like `word`, when it is near enough to have been meant: at most a third of the letters
/// differ.
[[nodiscard]] std::optional<std::string> nearestWord(std::string_view word,
                                                     const std::vector<std::string>& candidates);

/// "a, b or c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words, const char* last = "or");

}  // namespace aula::core
