// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/recorder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "desktop/scene/scene_painter.h"
#include "media/video_writer.h"

namespace aula::desktop {

using Clock = std::chrono::steady_clock;

namespace {
/// Of the film. A scene that changes faster is sampled, one that is drawn slower stands still meanwhile.
constexpr double kFramesPerSecond = 15;
}  // namespace

struct Recorder::Implementation {
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::optional<SceneRequest> newest;  // Guarded by mutex, like the next two.
  bool isStopping = false;
  std::string problem;
  std::atomic<bool> isRecording{false};
  Clock::time_point begin;
  int width = 0, height = 0;
  std::optional<media::VideoWriter> writer;  // The thread's, between start() and stop().
  std::thread thread;

  void fail(const std::string& why) {
    const std::lock_guard lock(mutex);
    problem = why;
  }

  void work() {
    try {
      ScenePainter painter;
      render::Image image;
      std::int64_t written = 0;
      for (bool isLast = false; !isLast;) {
        std::optional<SceneRequest> request;
        {
          std::unique_lock lock(mutex);
          const auto next = begin + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(double(written) / kFramesPerSecond));
          changed.wait_until(lock, next, [&] { return isStopping; });
          isLast = isStopping;
          request.swap(newest);
        }
        if (request && request->frame) {
          request->width = width;
          request->height = height;
          image = painter.paint(*request);
        }
        if (image.pixels.empty()) continue;
        // As many times as the film's clock has gone on meanwhile.
        const double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
        const auto due = static_cast<std::int64_t>(elapsed * kFramesPerSecond) + 1;
        for (; written < due; ++written) writer->write(image.pixels);
      }
      if (writer->frameCount() == 0) throw core::Error("there was nothing to film yet");
      writer->finish();
    } catch (const std::exception& error) {
      fail(error.what());
    }
    // Without finish() the writer leaves nothing behind.
    writer.reset();
    isRecording = false;
  }
};

Recorder::Recorder() : implementation_(std::make_unique<Implementation>()) {}

Recorder::~Recorder() {
  stop();
}

void Recorder::start(const std::filesystem::path& video, int width, int height, const std::string& title) {
  stop();
  Implementation& self = *implementation_;
  media::VideoOptions options;
  options.width = width;
  options.height = height;
  options.framesPerSecond = kFramesPerSecond;
  options.title = title;
  self.writer.emplace(video, options);
  self.width = width;
  self.height = height;
  self.isStopping = false;
  self.newest.reset();
  self.begin = Clock::now();
  self.isRecording = true;
  self.thread = std::thread([&self] { self.work(); });
}

bool Recorder::isRecording() const {
  return implementation_->isRecording;
}

void Recorder::show(SceneRequest request) {
  const std::lock_guard lock(implementation_->mutex);
  implementation_->newest = std::move(request);
}

void Recorder::stop() {
  Implementation& self = *implementation_;
  if (!self.thread.joinable()) return;
  {
    const std::lock_guard lock(self.mutex);
    self.isStopping = true;
  }
  self.changed.notify_all();
  self.thread.join();
}

std::string Recorder::takeProblem() {
  const std::lock_guard lock(implementation_->mutex);
  return std::exchange(implementation_->problem, {});
}

double Recorder::seconds() const {
  return std::chrono::duration<double>(Clock::now() - implementation_->begin).count();
}

}  // namespace aula::desktop
