// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/data_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "core/text.h"

namespace aula::molecular {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}
bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && isBlank(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !isBlank(text[at])) ++at;
    if (at > begin) words.emplace_back(text.substr(begin, at - begin));
  }
  return words;
}

}  // namespace

DataFile parseDataFile(const std::string& name, std::string_view text) {
  DataFile file;
  file.name = name;
  file.stem = name.substr(0, name.find('.'));
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
    throw core::inputError(name + " is UTF-16; a force field's files are plain text (save it as UTF-8)");
  int number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto here = [&] { return name + ":" + std::to_string(number) + ": "; };
    if (line.find('\0') != std::string_view::npos)
      throw core::inputError(here() + "a zero byte; a force field's files are plain text");
    line = trimmed(line.substr(0, line.find(';')));
    if (line.empty()) continue;
    DataLine made;
    made.text = std::string(line);
    made.number = number;
    if (line.front() == '[') {
      const std::size_t close = line.find(']');
      if (close == std::string_view::npos)
        throw core::inputError(here() + core::quoted(line) + " begins a heading; its ] is missing");
      made.heading = std::string(trimmed(line.substr(1, close - 1)));
      if (made.heading.empty()) throw core::inputError(here() + "a heading without a name");
    } else {
      made.words = wordsOf(line);
    }
    file.lines.push_back(std::move(made));
  }
  return file;
}

DataFile readDataFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (!stream || !std::filesystem::is_regular_file(path, ignored))
    throw core::inputError(path.string() + " cannot be read");
  if (size > kLargestDataFile)
    throw core::inputError(path.string() + " has " + std::to_string(size) +
                           " bytes; a force field's files have " + std::to_string(kLargestDataFile) +
                           " at most");
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  return parseDataFile(path.filename().string(), text);
}

std::string place(const DataFile& file, const DataLine& line) {
  return file.name + ":" + std::to_string(line.number);
}

double numberOf(const DataFile& file, const DataLine& line, const std::string& word, const char* what) {
  double value = 0;
  const char* begin = word.data() + (!word.empty() && word[0] == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value))
    throw core::inputError(place(file, line) + ": " + what + " is " + core::quoted(word) +
                           "; a number is needed");
  return value;
}

int wholeOf(const DataFile& file, const DataLine& line, const std::string& word, int least, int most,
            const char* what) {
  int value = 0;
  const char* begin = word.data() + (!word.empty() && word[0] == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || value < least || value > most)
    throw core::inputError(place(file, line) + ": " + what + " is " + core::quoted(word) +
                           "; a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                           " is needed");
  return value;
}

bool sameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool NameOrder::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

}  // namespace aula::molecular
