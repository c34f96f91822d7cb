// SPDX-License-Identifier: Apache-2.0
#include "app/frame_store.h"

#include <array>
#include <cstdio>
#include <memory>
#include <system_error>

#include "app/frame_archive.h"
#include "core/error.h"
#include "core/io/atomic_file.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestQueue = 4;

}  // namespace

FrameStore::FrameStore(const fs::path& output, bool isResuming) : folder_(output / "frames.kept") {
  if (!isResuming) clear();
  core::makeWritableFolder(folder_);
  writer_ = std::make_unique<FrameWriter>(folder_);
  reader_ = std::make_unique<FrameReader>(folder_);
  thread_ = std::thread([this] { work(); });
}

FrameStore::~FrameStore() {
  {
    const std::lock_guard lock(mutex_);
    isEnding_ = true;
  }
  changed_.notify_all();
  thread_.join();
  std::error_code ignored;
  fs::remove(folder_, ignored);  // Only when nothing is in it.
}

fs::path FrameStore::file(int index) const {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%06d.frame", index);
  return folder_ / name.data();
}

void FrameStore::push(const scene::Frame& frame, int index) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kLongestQueue || problem_; });
  if (problem_) std::rethrow_exception(problem_);
  queue_.emplace_back(index, frame);
  changed_.notify_all();
}

void FrameStore::flush() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return (queue_.empty() && !isBusy_) || problem_; });
  if (problem_) std::rethrow_exception(problem_);
}

void FrameStore::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return isEnding_ || (!queue_.empty() && !problem_); });
    if (queue_.empty() || problem_) return;
    const auto [index, frame] = std::move(queue_.front());
    queue_.pop_front();
    isBusy_ = true;
    lock.unlock();
    std::exception_ptr problem;
    try {
      writer_->write(file(index), frame);
    } catch (...) {
      problem = std::current_exception();
    }
    lock.lock();
    isBusy_ = false;
    if (problem) problem_ = problem;
    changed_.notify_all();
  }
}

std::optional<scene::Frame> FrameStore::read(int index) const {
  std::error_code ignored;
  if (!fs::is_regular_file(file(index), ignored)) return std::nullopt;
  try {
    return reader_->read(file(index));
  } catch (const core::Error&) {
    return std::nullopt;  // Torn, or another version's: the caller counts it as missing and says so.
  }
}

void FrameStore::clear() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace aula::app
