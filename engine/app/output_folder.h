// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::app {

/// A run's output folder, held for this process alone as long as the object lives. Makes it when missing.
class OutputFolder {
 public:
  /// Throws core::Error (input) when the folder holds another lab's results, (failure) when it cannot be
  /// written to or another process is writing to it.
  OutputFolder(std::filesystem::path path, const std::string& labId);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Removes what an earlier run of this lab left and this one has not written again.
  void removeStale(const std::vector<std::string>& outputs) const;

 private:
  std::filesystem::path path_;
  std::vector<std::string> earlier_;  ///< Outputs that the summary found here names.
  int descriptor_ = -1;
};

}  // namespace aula::app
