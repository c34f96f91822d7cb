// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The text files of a force field's folder: lines of words, `;` begins a comment, `[ name ]` heads a
/// section.
namespace aula::molecular {

/// A line that says something; its comment and the blanks around it are gone.
struct DataLine {
  std::string text;
  std::vector<std::string> words;
  std::string heading;  ///< What stands between the brackets; empty: no heading.
  int number = 0;       ///< From 1, in the file.
};

struct DataFile {
  std::string name;  ///< "aminoacids.rtp", for messages
  std::string stem;  ///< "aminoacids"
  std::vector<DataLine> lines;
};

inline constexpr std::size_t kLargestDataFile = std::size_t(16) << 20U;  ///< Bytes.

/// Throws core::Error (input) naming file and line where the text is none: NUL bytes, UTF-16, a heading
/// without its bracket.
[[nodiscard]] DataFile parseDataFile(const std::string& name, std::string_view text);
[[nodiscard]] DataFile readDataFile(const std::filesystem::path& file);

[[nodiscard]] std::string place(const DataFile& file, const DataLine& line);  ///< "aminoacids.rtp:12"
/// The word as a number; throws naming place and `what`.
[[nodiscard]] double numberOf(const DataFile& file, const DataLine& line, const std::string& word,
                              const char* what);
/// The same for whole numbers from `least` to `most`.
[[nodiscard]] int wholeOf(const DataFile& file, const DataLine& line, const std::string& word, int least,
                          int most, const char* what);

/// Names of atoms and residues are compared without regard to case, as GROMACS does.
[[nodiscard]] bool sameName(std::string_view a, std::string_view b);
struct NameOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

}  // namespace aula::molecular
