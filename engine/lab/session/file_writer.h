// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::lab {

/// An instrument that has files in formats of its field is one of these too.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  /// Beside data.h5 in a run's folder, when that is written; the files' names there. Throws core::Error
  /// (failure).
  [[nodiscard]] virtual std::vector<std::string> writeFiles(const std::filesystem::path& folder) const = 0;
};

}  // namespace aula::lab
