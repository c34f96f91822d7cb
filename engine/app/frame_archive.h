// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "scene/view/view.h"

namespace aula::app {

/// Writes frames to files, one a frame, every kind of view with all it holds. Meshes and textures, which a
/// simulation publishes once and shows in every frame, lie in files of their own beside the frames
/// ("000001.part"), written once; an array that several views of a frame share is written once. One thread.
class FrameWriter {
 public:
  /// Parts that lie in `folder` already keep their numbers.
  explicit FrameWriter(std::filesystem::path folder);
  /// Throws core::Error (failure): the disk's reason, or an array that cannot be copied to the host.
  void write(const std::filesystem::path& file, const scene::Frame& frame);

 private:
  friend struct FrameSink;
  struct Known {
    std::weak_ptr<const void> owner;  ///< Gone: the address may be another thing's now.
    int part = 0;
  };
  std::filesystem::path folder_;
  std::map<const void*, Known> known_;
  int lastPart_ = 0;
};

/// Reads them back; a mesh that two frames share is one mesh again. Any thread.
class FrameReader {
 public:
  explicit FrameReader(std::filesystem::path folder);
  /// Throws core::Error (failure) where the file or a part of it is missing, torn or of another version.
  [[nodiscard]] scene::Frame read(const std::filesystem::path& file);

 private:
  friend struct FrameSource;
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<int, std::weak_ptr<const void>> parts_;
  std::vector<std::shared_ptr<const void>> latest_;  ///< Keeps the last frame's parts for the next one.
};

}  // namespace aula::app
