// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "scene/view/view.h"

namespace aula::app {

class FrameReader;
class FrameWriter;

/// Frames of a run kept on the disk until its end, for two reasons: a video's colours can then be chosen for
/// all frames at once, and a run that is killed and resumed still has its early frames. Files are written on
/// a thread of their own; the simulation waits only when that falls more than a few frames behind.
class FrameStore {
 public:
  /// A folder below `output`; frames that are there already are kept when `isResuming`, else removed.
  FrameStore(const std::filesystem::path& output, bool isResuming);
  ~FrameStore();
  FrameStore(const FrameStore&) = delete;
  FrameStore& operator=(const FrameStore&) = delete;

  /// Throws what went wrong with an earlier frame, as core::Error.
  void push(const scene::Frame& frame, int index);
  /// Waits until every frame is on the disk; throws as push() does.
  void flush();
  /// Nothing where that frame is missing or torn (a run that was killed).
  [[nodiscard]] std::optional<scene::Frame> read(int index) const;
  /// Removes the folder.
  void clear();

 private:
  void work();
  [[nodiscard]] std::filesystem::path file(int index) const;

  std::filesystem::path folder_;
  std::unique_ptr<FrameWriter> writer_;  ///< Of the thread alone.
  std::unique_ptr<FrameReader> reader_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<int, scene::Frame>> queue_;
  bool isBusy_ = false, isEnding_ = false;
  std::exception_ptr problem_;
  std::thread thread_;
};

}  // namespace aula::app
