// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/painter.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "core/error.h"
#include "desktop/scene/scene_painter.h"

namespace aula::desktop {

struct PainterThread::Implementation {
  std::function<void()> onPicture;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::optional<SceneRequest> wanted;  // Guarded by mutex, like the next three.
  std::unique_ptr<ScenePicture> finished;
  bool isBusy = false, isStopping = false;
  std::atomic<bool> isToLose{false};
  std::atomic<std::size_t> validation{0};
  std::thread thread;

  void work() {
    ScenePainter painter;
    for (;;) {
      SceneRequest request;
      {
        std::unique_lock lock(mutex);
        isBusy = false;
        changed.wait(lock, [&] { return wanted || isStopping; });
        if (isStopping) return;
        request = std::move(*wanted);
        wanted.reset();
        isBusy = true;
      }
      auto picture = std::make_unique<ScenePicture>();
      picture->tag = request.tag;
      // No exception may leave the thread: it becomes the picture's problem.
      try {
        if (isToLose.exchange(false)) painter.loseDeviceForTest();
        picture->image = painter.paint(request);
        picture->ratio = painter.ratio();
        picture->milliseconds = painter.milliseconds();
      } catch (const std::exception& error) {
        picture->problem = error.what();
      }
      validation = painter.validationCount();
      {
        const std::lock_guard lock(mutex);
        finished = std::move(picture);
      }
      if (onPicture) onPicture();
    }
  }
};

PainterThread::PainterThread(std::function<void()> onPicture)
    : implementation_(std::make_unique<Implementation>()) {
  implementation_->onPicture = std::move(onPicture);
  implementation_->thread = std::thread([this] { implementation_->work(); });
}

PainterThread::~PainterThread() {
  {
    const std::lock_guard lock(implementation_->mutex);
    implementation_->isStopping = true;
  }
  implementation_->changed.notify_all();
  implementation_->thread.join();
}

void PainterThread::ask(SceneRequest request) {
  {
    const std::lock_guard lock(implementation_->mutex);
    implementation_->wanted = std::move(request);
  }
  implementation_->changed.notify_all();
}

bool PainterThread::isBusy() const {
  const std::lock_guard lock(implementation_->mutex);
  return implementation_->isBusy || implementation_->wanted.has_value();
}

std::unique_ptr<ScenePicture> PainterThread::take() {
  const std::lock_guard lock(implementation_->mutex);
  return std::move(implementation_->finished);
}

void PainterThread::loseDeviceForTest() {
  implementation_->isToLose = true;
}

std::size_t PainterThread::validationCount() const {
  return implementation_->validation;
}

}  // namespace aula::desktop
