// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "lab/session/live_session.h"

namespace aula::lab {

/// What somebody asks of a live session.
struct LiveRequest {
  enum class Kind { run, pause, step, speed, goTo, restart, post, startRecording, stopRecording };
  Kind kind = Kind::pause;
  std::int64_t number = 0;  ///< Steps, or a step.
  double value = 0;         ///< Of a knob, or the speed.
  std::string text;         ///< Knob or folder.
};

/// Where a live session and its front ends meet: the only state that both sides touch, all of it guarded by
/// `mutex`. Both hold the lock only to move pointers and small values in and out.
struct LiveBoard {
  std::mutex mutex;
  std::condition_variable changed;  ///< Notified when the simulation's thread has something to look at.

  // For the simulation's thread.
  std::deque<LiveRequest> requests;
  std::uint64_t seriesAsked = 0;
  bool isEnding = false;

  // For the front ends.
  std::shared_ptr<const Lab> lab;
  std::shared_ptr<const Catalogue> catalogue;
  LiveStatus status;
  std::shared_ptr<const scene::Frame> frame;
  std::uint64_t frameNumber = 0;
  std::shared_ptr<const LiveSeries> series;
};

}  // namespace aula::lab
