// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// CIF's grammar, by Gemmi. This header and its source are C++17: Clang 14 refuses Gemmi's in C++20, whose
/// vectors of incomplete types libstdc++ 12 evaluates too early.
namespace aula::molecular {

/// Some columns of a category, row by row; single items are a table of one row.
struct CifRows {
  std::size_t length = 0;
  int line = 0;                    ///< Of the loop; 0 where it is none.
  std::vector<bool> has;           ///< One a tag.
  std::vector<std::string> cells;  ///< length x tags; empty for "?", "." and what is not there.
  [[nodiscard]] const std::string& text(std::size_t row, std::size_t tag) const {
    return cells[row * has.size() + tag];
  }
};

class CifFile {
 public:
  /// Throws std::exception with Gemmi's words, "name:line:column: what".
  CifFile(std::string_view text, const std::string& name);
  ~CifFile();
  CifFile(const CifFile&) = delete;
  CifFile& operator=(const CifFile&) = delete;

  /// Of the first block that has `tag`, else the last one, tables are read from now on. False without blocks.
  [[nodiscard]] bool selectBlock(const std::string& tag);
  /// The `tags` of `category` ("_cell.").
  [[nodiscard]] CifRows rows(const std::string& category, const std::vector<std::string>& tags) const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

/// With or without an uncertainty in brackets; NaN for anything else.
[[nodiscard]] double cifNumber(const std::string& text);

}  // namespace aula::molecular
