// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lab/session/live_board.h"
#include "lab/session/live_history.h"
#include "lab/session/live_recording.h"
#include "lab/session/running_lab.h"

namespace aula::lab {

/// The simulation's side of a live session: everything here happens on its thread. What goes wrong ends in
/// state `failed` on the board, never in an exception that leaves work().
class LiveLoop {
 public:
  LiveLoop(CheckedLab checked, const Registry& registry, LiveOptions options, LiveBoard& board);
  ~LiveLoop();
  LiveLoop(const LiveLoop&) = delete;
  LiveLoop& operator=(const LiveLoop&) = delete;

  /// Until the board says that the session ends.
  void work();

 private:
  using Clock = std::chrono::steady_clock;

  void prepare();
  /// Nothing is under way that a look at the board could not wait for.
  [[nodiscard]] bool isIdle() const { return !isRunning_ && goal_ < 0; }
  [[nodiscard]] bool isReplaying() const { return cursor_ < applied_.size(); }

  /// Takes what was asked for off the board; waits for it while there is nothing else to do, or until the
  /// wall clock has caught up with the speed asked for. False: the session ends.
  bool attendBoard();
  void obey(const std::deque<LiveRequest>& requests);
  void obey(const LiveRequest& request);
  void post(const std::string& knob, double value);
  void applyPosted();
  bool apply(Command command);
  void pause();
  void goTo(std::int64_t step);
  void restart();
  void startRecording(const std::string& folder);
  void stopRecording();

  /// One stretch of steps and all that is due at its end.
  void advance();
  [[nodiscard]] std::int64_t nextStop() const;
  /// Where the lab file's length ends, counted from the last change.
  [[nodiscard]] std::int64_t endStep() const;
  /// Steps that may be done by now at the speed asked for.
  [[nodiscard]] std::int64_t allowedStep() const;
  void anchorSpeed();
  void arrive();
  void keepHistory();
  void checkState();
  void publishFrame();
  void publishStatus();
  void answerSeries();
  void measureSpeed(std::int64_t steps);
  void notice(std::string text);
  void fail(const std::string& message);

  CheckedLab checked_;
  const Registry& registry_;
  LiveOptions options_;
  LiveBoard& board_;
  compute::DeviceChoice device_;
  std::unique_ptr<RunningLab> running_;
  Estimate estimate_;
  std::string failure_;

  bool isRunning_ = false;   ///< Goes on after `goal_`, if any.
  bool isFinished_ = false;  ///< Stopped at the lab's length.
  bool isBeyond_ = false;    ///< And was told to go on.
  std::int64_t goal_ = -1;   ///< Where to pause; -1: nowhere.
  std::int64_t lastChange_ = 0;
  double speedFactor_ = LiveSession::kFullSpeed;
  std::int64_t anchorStep_ = 0;
  Clock::time_point anchorTime_;
  std::int64_t chunk_ = 1;

  std::vector<Command> applied_;  ///< Since the beginning, by step.
  std::size_t cursor_ = 0;        ///< Those before it have been applied; the others wait for their steps.
  KnobValues posted_;             ///< Live knobs that were turned since the last stop, each once.
  KnobValues waiting_;            ///< Knobs that wait for a restart.

  LiveHistory history_;
  double historyCost_ = 0;  ///< Seconds the last checkpoint took.
  double frameCost_ = 0;    ///< Seconds the last frame took.
  Clock::time_point lastHistory_, lastFrame_, lastCheck_;
  std::uint64_t seriesAnswered_ = 0;

  Clock::time_point windowBegin_;
  std::int64_t windowSteps_ = 0;
  double stepsPerSecond_ = 0;

  std::vector<LiveNotice> notices_;
  std::uint64_t noticeCount_ = 0;
  std::unique_ptr<LiveRecording> recording_;
};

}  // namespace aula::lab
