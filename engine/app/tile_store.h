// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace aula::app {

/// What decides every bit of a picture, by name: only tiles of the same picture may be gone on with.
using PictureSettings = std::map<std::string, std::string>;

/// A large picture's tiles while it is being made, in a folder beside it: each a file that is whole or not
/// there, with a checksum. A tile may have only some of its samples.
class TileStore {
 public:
  struct Tile {
    int samples = 0;
    std::vector<float> sums;
  };

  /// Makes the folder. Tiles that are there already are kept when `isResuming`, else removed. Throws
  /// core::Error (input) when they belong to another picture, naming what differs; the disk's reason.
  TileStore(std::filesystem::path folder, const PictureSettings& settings, bool isResuming);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// Whether tiles of an earlier start were kept.
  [[nodiscard]] bool isResumed() const { return isResumed_; }
  /// Nothing where there is none, or a torn one. `floats`: how many it must have.
  [[nodiscard]] std::optional<Tile> read(int index, std::size_t floats) const;
  void write(int index, const Tile& tile) const;
  /// Removes the folder.
  void clear() const;

 private:
  [[nodiscard]] std::filesystem::path file(int index) const;
  std::filesystem::path folder_;
  bool isResumed_ = false;
};

}  // namespace aula::app
