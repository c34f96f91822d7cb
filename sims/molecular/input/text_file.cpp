// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/text_file.h"

#include <charconv>
#include <cmath>
#include <fstream>

#include "core/text.h"

namespace aula::molecular {

std::optional<std::string> readTextFile(const std::filesystem::path& file) {
  std::error_code problem;
  const auto status = std::filesystem::status(file, problem);
  if (!std::filesystem::exists(status)) return std::nullopt;
  if (!std::filesystem::is_regular_file(status))
    throw errorAt(file.string(), "is not a file that can be read (a folder or a device)");
  const auto size = std::filesystem::file_size(file, problem);
  if (problem) throw errorAt(file.string(), "cannot be read: " + problem.message());
  if (size > kLargestTextFile)
    throw errorAt(file.string(), "has " + std::to_string(size) + " bytes; at most " +
                                     std::to_string(kLargestTextFile) + " are read");
  std::ifstream stream(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  stream.read(text.data(), static_cast<std::streamsize>(size));
  if (!stream) throw errorAt(file.string(), "cannot be read");
  return text;
}

void checkIsText(std::string_view text, const std::string& name) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw errorAt(name, "is UTF-16 text; save it as UTF-8 or plain ASCII");
  if (text.starts_with("\x1F\x8B")) throw errorAt(name, "is compressed (gzip); unpack it first");
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
    throw errorAt(name,
                  "is not text: byte " + std::to_string(zero + 1) + " is zero (a binary file, or UTF-16)");
}

std::vector<std::string_view> splitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find_first_of("\r\n", from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return lines;
}

std::vector<std::string_view> splitWords(std::string_view line) {
  constexpr std::string_view kBlank = " \t\v\f";
  std::vector<std::string_view> words;
  std::size_t at = line.find_first_not_of(kBlank);
  while (at != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kBlank, end);
  }
  return words;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\v\f\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<double> parseNumber(std::string_view word) {
  if (word.starts_with('+') && word.size() > 1 && word[1] != '-') word.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  // Too small to be held is zero, as in every other reader; too large is no number.
  if (problem == std::errc::result_out_of_range && end == word.data() + word.size() &&
      word.find("e-") + word.find("E-") != 2 * std::string_view::npos)
    return 0.0;
  if (problem != std::errc() || end != word.data() + word.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<long long> parseInteger(std::string_view word) {
  if (word.starts_with('+') && word.size() > 1 && word[1] != '-') word.remove_prefix(1);
  long long value = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (problem != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

core::Error errorAt(const std::string& place, const std::string& what) {
  return core::inputError(place.empty() ? what : place + ": " + what);
}

}  // namespace aula::molecular
