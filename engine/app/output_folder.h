// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::app {

/// A run's output folder and what an earlier run left in it. The session makes the folder and holds it for
/// one run at a time.
class OutputFolder {
 public:
  /// Throws core::Error (input) when the folder holds another lab's results. Writes nothing.
  OutputFolder(std::filesystem::path path, const std::string& labId);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Whether a run could be resumed from here.
  [[nodiscard]] bool hasCheckpoint() const;
  /// Removes what an earlier run of this lab left and this one has not written again.
  void removeStale(const std::vector<std::string>& outputs) const;

 private:
  std::filesystem::path path_;
  std::vector<std::string> earlier_;  ///< Outputs that the summary found here names.
};

}  // namespace aula::app
