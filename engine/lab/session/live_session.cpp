// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_session.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

#include "core/assert.h"
#include "core/error.h"
#include "core/text.h"
#include "lab/session/hand.h"
#include "lab/session/live_board.h"
#include "lab/session/live_loop.h"
#include "lab/session/running_lab.h"

namespace aula::lab {

struct LiveSession::Implementation {
  Implementation(CheckedLab checked, const Registry& registry, LiveOptions options) {
    AULA_ASSERT(checked.lab != nullptr && checked.plan != nullptr && checked.measurements != nullptr);
    board.lab = checked.lab;
    board.catalogue = checked.catalogue;
    board.status.speedFactor = kFullSpeed;
    for (const Knob& knob : checked.lab->knobs())
      board.status.knobs[knob.name] = {knob.value, knob.value, knob.isLive};
    loop = std::make_unique<LiveLoop>(std::move(checked), registry, std::move(options), board);
    thread = std::thread([this] { loop->work(); });
  }
  ~Implementation() {
    {
      const std::lock_guard guard(board.mutex);
      board.isEnding = true;
    }
    board.changed.notify_all();
    thread.join();
  }

  void ask(LiveRequest request) {
    {
      const std::lock_guard guard(board.mutex);
      board.requests.push_back(std::move(request));
    }
    board.changed.notify_all();
  }

  LiveBoard board;
  std::unique_ptr<LiveLoop> loop;
  std::thread thread;
};

LiveSession::LiveSession(CheckedLab lab, const Registry& registry, LiveOptions options)
    : implementation_(std::make_unique<Implementation>(std::move(lab), registry, std::move(options))) {}

LiveSession::~LiveSession() = default;

std::shared_ptr<const Lab> LiveSession::lab() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.lab;
}

std::shared_ptr<const Catalogue> LiveSession::catalogue() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.catalogue;
}

void LiveSession::run() {
  implementation_->ask({LiveRequest::Kind::run, 0, 0, ""});
}
void LiveSession::pause() {
  implementation_->ask({LiveRequest::Kind::pause, 0, 0, ""});
}
void LiveSession::step(std::int64_t count) {
  AULA_ASSERT(count >= 1);
  implementation_->ask({LiveRequest::Kind::step, count, 0, ""});
}
void LiveSession::setSpeed(double factor) {
  AULA_ASSERT(factor > 0);
  implementation_->ask({LiveRequest::Kind::speed, 0, factor, ""});
}
void LiveSession::goTo(std::int64_t step) {
  implementation_->ask({LiveRequest::Kind::goTo, std::max<std::int64_t>(0, step), 0, ""});
}
void LiveSession::restart() {
  implementation_->ask({LiveRequest::Kind::restart, 0, 0, ""});
}

void LiveSession::post(const std::string& knob, double value) {
  if (hand::isHand(knob)) {
    if (!std::isfinite(value)) throw core::inputError(knob + " takes a finite value");
  } else {
    checkKnobRange(findKnob(*lab(), knob), value);
  }
  implementation_->ask({LiveRequest::Kind::post, 0, value, knob});
}

std::shared_ptr<const scene::Frame> LiveSession::latestFrame() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.frame;
}
std::uint64_t LiveSession::frameNumber() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.frameNumber;
}
LiveStatus LiveSession::status() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.status;
}

std::uint64_t LiveSession::requestSeries() {
  std::uint64_t number = 0;
  {
    const std::lock_guard guard(implementation_->board.mutex);
    number = ++implementation_->board.seriesAsked;
  }
  implementation_->board.changed.notify_all();
  return number;
}
std::shared_ptr<const LiveSeries> LiveSession::latestSeries() const {
  const std::lock_guard guard(implementation_->board.mutex);
  return implementation_->board.series;
}

void LiveSession::startRecording(const std::filesystem::path& folder) {
  implementation_->ask({LiveRequest::Kind::startRecording, 0, 0, folder.string()});
}
void LiveSession::stopRecording() {
  implementation_->ask({LiveRequest::Kind::stopRecording, 0, 0, ""});
}

}  // namespace aula::lab
