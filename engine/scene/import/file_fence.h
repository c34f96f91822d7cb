// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace aula::scene {

/// What an import may read: the file itself and files below its folder (links followed), so many bytes in
/// all. Each file is read once.
class FileFence {
 public:
  /// Throws core::Error (input) when the file is missing, no file, or too large.
  FileFence(const std::filesystem::path& file, std::size_t bytes);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const std::string& content() const { return contents_.at(file_); }
  /// Puts a mended text in the file's place for whoever reads it through open().
  void replaceContent(std::string content) { contents_.at(file_) = std::move(content); }

  /// The bytes of a file named inside the model: relative to its folder, or absolute and below it. Null and a
  /// problem noted: outside, missing or beyond the bytes allowed.
  [[nodiscard]] const std::string* open(const std::string& name);
  /// As open(), without noting that it is missing.
  [[nodiscard]] bool exists(const std::string& name);
  /// Names that were refused or missing, a sentence each.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  [[nodiscard]] std::optional<std::filesystem::path> resolve(const std::string& name);
  /// For messages: without the folder's own path.
  [[nodiscard]] std::string shown(const std::string& name) const;
  void note(const std::string& problem);

  std::filesystem::path file_, folder_;
  std::size_t bytesLeft_;
  std::map<std::filesystem::path, std::string> contents_;
  std::vector<std::string> problems_;
};

}  // namespace aula::scene
