// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

/// Text from outside, cut into lines and words; every complaint says where.
namespace aula::molecular {

/// How a file's text is had; nothing when there is no such file. Tests and fuzzers give their own.
using TextSource = std::function<std::optional<std::string>(const std::filesystem::path&)>;

/// Longest text file that is read, bytes.
inline constexpr std::size_t kLargestTextFile = std::size_t(2) << 30U;

/// The whole file; throws core::Error (input) for folders, devices and files over kLargestTextFile, nothing
/// when there is none.
[[nodiscard]] std::optional<std::string> readTextFile(const std::filesystem::path& file);
/// Throws core::Error (input) naming `name` when the text is UTF-16, has zero bytes or is a compressed file.
void checkIsText(std::string_view text, const std::string& name);

/// Lines without their ends; "\r\n" and a lone "\r" end a line too.
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view text);
/// What stands between blanks and tabs.
[[nodiscard]] std::vector<std::string_view> splitWords(std::string_view line);
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A whole word as a number; nothing where it is none, or none that is finite.
[[nodiscard]] std::optional<double> parseNumber(std::string_view word);
[[nodiscard]] std::optional<long long> parseInteger(std::string_view word);

/// "PLACE: WHAT", of Fault::input.
[[nodiscard]] core::Error errorAt(const std::string& place, const std::string& what);

}  // namespace aula::molecular
