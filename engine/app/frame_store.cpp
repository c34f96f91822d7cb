// SPDX-License-Identifier: Apache-2.0
#include "app/frame_store.h"

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>
#include <type_traits>
#include <vector>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/checkpoint.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestQueue = 4;

/// Everything of a frame in order, as plain numbers and texts; one function for both directions, so that they
/// agree.
struct Sink {
  core::CheckpointWriter& writer;
  int count = 0;
  std::string next() { return std::to_string(count++); }
  template <class T>
  void value(const T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    writer.writeValue(next(), v);
  }
  template <class T>
  void array(const std::vector<T>& values) {
    writer.writeArray(next(), std::span<const T>(values));
  }
  void text(const std::string& t) { writer.writeArray(next(), std::span<const char>(t.data(), t.size())); }
};

struct Source {
  core::CheckpointReader& reader;
  int count = 0;
  std::string next() { return std::to_string(count++); }
  template <class T>
  void value(T& v) {
    v = reader.readValue<T>(next());
  }
  template <class T>
  void array(std::vector<T>& values) {
    reader.readVector(next(), values);
  }
  void text(std::string& t) {
    const std::string name = next();
    t.resize(reader.size(name));
    reader.readArray(name, std::span<char>(t.data(), t.size()));
  }
};

template <class Stream, class Volume>
void passVolume(Stream& stream, Volume& view) {
  stream.text(view.name);
  stream.text(view.quantity.name);
  stream.text(view.quantity.unit);
  stream.value(view.nx);
  stream.value(view.ny);
  stream.value(view.nz);
  stream.value(view.origin);
  stream.value(view.spacing);
  stream.value(view.scale);
  stream.value(view.lower);
  stream.value(view.upper);
}

void writeView(Sink& sink, const scene::View& view) {
  sink.value(view.index());
  if (const auto* volume = std::get_if<scene::VolumeView>(&view)) {
    passVolume(sink, *volume);
    sink.array(volume->values ? *volume->values : std::vector<float>{});
  } else if (const auto* lines = std::get_if<scene::LinesView>(&view)) {
    sink.text(lines->name);
    sink.value(lines->isDashed);
    sink.value(lines->polylines.size());
    for (const auto& polyline : lines->polylines) sink.array(polyline);
  } else if (const auto* label = std::get_if<scene::LabelView>(&view)) {
    sink.text(label->text);
    sink.value(label->position);
  }
}

scene::View readView(Source& source) {
  std::size_t kind = 0;
  source.value(kind);
  switch (kind) {
    case 0: {
      scene::VolumeView view;
      passVolume(source, view);
      std::vector<float> values;
      source.array(values);
      view.values = std::make_shared<const std::vector<float>>(std::move(values));
      return view;
    }
    case 1: {
      scene::LinesView view;
      std::size_t count = 0;
      source.text(view.name);
      source.value(view.isDashed);
      source.value(count);
      view.polylines.resize(count);
      for (auto& polyline : view.polylines) source.array(polyline);
      return view;
    }
    default: {
      scene::LabelView view;
      source.text(view.text);
      source.value(view.position);
      return view;
    }
  }
}
static_assert(std::variant_size_v<scene::View> == 10, "a new kind of view must be stored as well");

void writeFrame(const fs::path& file, const scene::Frame& frame) {
  core::CheckpointWriter writer(file);
  Sink sink{writer};
  sink.value(frame.time);
  sink.value(frame.step);
  sink.text(frame.title);
  sink.value(frame.views.size());
  for (const scene::View& view : frame.views) writeView(sink, view);
  writer.commit();
}

}  // namespace

FrameStore::FrameStore(const fs::path& output, bool isResuming) : folder_(output / "frames.kept") {
  if (!isResuming) clear();
  core::makeWritableFolder(folder_);
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
      writeFrame(file(index), frame);
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
    core::CheckpointReader reader(file(index));
    Source source{reader};
    scene::Frame frame;
    std::size_t count = 0;
    source.value(frame.time);
    source.value(frame.step);
    source.text(frame.title);
    source.value(count);
    for (std::size_t i = 0; i < count; ++i) frame.views.push_back(readView(source));
    return frame;
  } catch (const core::Error&) {
    return std::nullopt;  // Torn: the caller counts it as missing and says so.
  }
}

void FrameStore::clear() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace aula::app
