// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_loop.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "lab/session/hand.h"
#include "lab/session/memory_budget.h"

namespace aula::lab {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr double kStateCheckInterval = 2;  // s
constexpr double kHistoryCost = 0.05;      // Of the time, at most.
constexpr double kFrameCost = 0.3;         // Of the time, at most.
constexpr double kHistoryShare = 0.25;     // Of the memory that is free, at most.
constexpr double kSpeedWindow = 0.5;       // s
constexpr double kLongestLag = 0.25;       // s; what is further behind is not made up for.
constexpr std::int64_t kLongestChunk = std::int64_t{1} << 20;

double secondsSince(std::chrono::steady_clock::time_point start) {
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

LiveLoop::LiveLoop(CheckedLab checked, const Registry& registry, LiveOptions options, LiveBoard& board)
    : checked_(std::move(checked)),
      registry_(registry),
      options_(std::move(options)),
      board_(board),
      history_(options_.historyBytes) {}

LiveLoop::~LiveLoop() = default;

void LiveLoop::work() {
  // Each turn is guarded by itself, so that a session that failed can still be looked at and started anew.
  const auto guarded = [this](const auto& action) {
    try {
      return action();
    } catch (const std::exception& error) {
      fail(error.what());
    } catch (...) {
      fail("");
    }
    return true;
  };
  guarded([this] {
    prepare();
    return true;
  });
  while (guarded([this] { return attendBoard(); })) {
    if (failure_.empty() && !isIdle())
      guarded([this] {
        advance();
        return true;
      });
  }
}

void LiveLoop::prepare() {
  device_ = compute::resolveDevice(options_.device);
  estimate_ = checked_.plan->estimate(device_);
  const MemoryBudget memory = findMemoryBudget();
  checkMemory(estimate_, memory);
  history_ = LiveHistory(
      std::min(options_.historyBytes,
               static_cast<std::size_t>(kHistoryShare * std::max(0.0, memory.bytes - estimate_.bytes))));
  running_ = std::make_unique<RunningLab>(checked_, device_);
  running_->simulation().setSharedArrays(options_.sharedArrays);
  lastCheck_ = Clock::now();
  running_->sample();
  keepHistory();
  publishFrame();
  publishStatus();
}

// ---- The board

bool LiveLoop::attendBoard() {
  std::deque<LiveRequest> requests;
  std::uint64_t asked = 0;
  {
    std::unique_lock lock(board_.mutex);
    const auto isCalled = [this] {
      const bool wantsSeries = failure_.empty() && board_.seriesAsked > seriesAnswered_;
      return board_.isEnding || !board_.requests.empty() || wantsSeries;
    };
    if (isIdle() || !failure_.empty()) {
      board_.changed.wait(lock, isCalled);
    } else if (allowedStep() <= running_->step()) {
      const double ahead = static_cast<double>(running_->step() + 1 - anchorStep_) *
                           running_->simulation().timeStep() / speedFactor_;
      board_.changed.wait_until(
          lock, anchorTime_ + std::chrono::duration_cast<Clock::duration>(Seconds(ahead)), isCalled);
    }
    if (board_.isEnding) return false;
    requests.swap(board_.requests);
    asked = board_.seriesAsked;
  }
  if (!requests.empty()) {
    obey(requests);
    publishStatus();
  }
  if (failure_.empty() && asked > seriesAnswered_) {
    seriesAnswered_ = asked;
    answerSeries();
  }
  return true;
}

void LiveLoop::obey(const std::deque<LiveRequest>& requests) {
  for (const LiveRequest& request : requests) {
    const bool isAllowed = failure_.empty() || request.kind == LiveRequest::Kind::restart ||
                           request.kind == LiveRequest::Kind::post ||
                           request.kind == LiveRequest::Kind::speed;
    if (!isAllowed) continue;
    // A knob that is dragged is turned once a stop; what else was asked for comes after what was before it.
    if (request.kind != LiveRequest::Kind::post) applyPosted();
    obey(request);
  }
  applyPosted();
}

void LiveLoop::obey(const LiveRequest& request) {
  switch (request.kind) {
    case LiveRequest::Kind::run:
      isBeyond_ = isBeyond_ || isFinished_;
      isFinished_ = false;
      isRunning_ = true;
      anchorSpeed();
      return;
    case LiveRequest::Kind::pause:
      return pause();
    case LiveRequest::Kind::step:
      if (goal_ < 0) goal_ = running_->step();
      goal_ += request.number;
      isRunning_ = isFinished_ = false;
      anchorSpeed();
      return;
    case LiveRequest::Kind::speed:
      speedFactor_ = request.value;
      if (running_) anchorSpeed();
      return;
    case LiveRequest::Kind::goTo:
      return goTo(request.number);
    case LiveRequest::Kind::restart:
      return restart();
    case LiveRequest::Kind::post:
      return post(request.text, request.value);
    case LiveRequest::Kind::startRecording:
      return startRecording(request.text);
    case LiveRequest::Kind::stopRecording:
      return stopRecording();
  }
}

// ---- Knobs

void LiveLoop::post(const std::string& knob, double value) {
  const bool isHand = hand::isHand(knob);
  if (isHand && !failure_.empty()) return;
  KnobValues& list =
      isHand || (findKnob(*checked_.lab, knob).isLive && failure_.empty()) ? posted_ : waiting_;
  std::erase_if(list, [&](const auto& earlier) { return earlier.first == knob; });
  list.emplace_back(knob, value);
}

void LiveLoop::applyPosted() {
  // What was done before is done again first.
  if (posted_.empty() || isReplaying()) return;
  KnobValues posted;
  posted.swap(posted_);
  bool isChanged = false;
  for (const auto& [name, value] : posted) {
    const Command command{running_->step(), name, value};
    if (!apply(command)) continue;
    isChanged = true;
    applied_.push_back(command);
    cursor_ = applied_.size();
    history_.forgetAfter(command.step);
    if (recording_) recording_->append(command);
  }
  if (isChanged && isIdle()) publishFrame();
}

bool LiveLoop::apply(Command command) {
  if (std::string problem = running_->apply(command); !problem.empty()) {
    notice(std::move(problem));
    return false;
  }
  lastChange_ = command.step;
  isFinished_ = isBeyond_ = false;
  return true;
}

// ---- Time

void LiveLoop::pause() {
  isRunning_ = false;
  goal_ = -1;
  // Who stops on the way stays there.
  if (isReplaying()) {
    history_.forgetAfter(applied_[cursor_].step);
    applied_.resize(cursor_);
    if (recording_) recording_->replace(applied_);
  }
  stepsPerSecond_ = 0;
  checkState();
  publishFrame();
}

void LiveLoop::goTo(std::int64_t step) {
  const std::int64_t now = running_->step();
  const LiveHistory::Place& place = history_.before(step);
  // Commands at the target or later are forgotten, and with them every checkpoint that knows of one.
  const auto firstForgotten =
      std::find_if(applied_.begin(), applied_.end(), [step](const Command& c) { return c.step >= step; });
  const bool isForgetting = firstForgotten != applied_.end();
  const std::int64_t forgottenStep = isForgetting ? firstForgotten->step : 0;
  if (isForgetting) applied_.erase(firstForgotten, applied_.end());
  const bool isThere = now == step && !isForgetting;
  if (!isThere && (step < now || isForgetting || place.step > now)) {
    core::CheckpointReader reader(*place.checkpoint);
    const std::int64_t from = place.step;
    running_->load(reader);
    lastChange_ = 0;
    cursor_ = 0;
    while (cursor_ < applied_.size() && applied_[cursor_].step < from) lastChange_ = applied_[cursor_++].step;
    if (isForgetting) history_.forgetAfter(forgottenStep);
    if (recording_) recording_->replace(applied_);
  }
  isRunning_ = isFinished_ = isBeyond_ = false;
  posted_.clear();
  goal_ = step;
  if (running_->step() == step) arrive();
}

void LiveLoop::restart() {
  stopRecording();
  KnobValues turned;
  const std::vector<Knob>& knobs = checked_.lab->knobs();
  if (running_ && failure_.empty()) {
    const std::vector<double> values = running_->knobValues();
    for (std::size_t i = 0; i < knobs.size(); ++i)
      if (values[i] != knobs[i].value) turned.emplace_back(knobs[i].name, values[i]);
  } else {
    for (const Command& command : applied_) {
      if (hand::isHand(command.name)) continue;
      std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
      turned.emplace_back(command.name, command.value);
    }
  }
  for (const auto& entry : waiting_) {
    std::erase_if(turned, [&](const auto& earlier) { return earlier.first == entry.first; });
    turned.push_back(entry);
  }
  CheckedLab fresh;
  try {
    fresh = checkLab(checked_.lab->withKnobs(turned), registry_);
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
    // The run as it is goes on; what does not fit together is for the user to turn back.
    notice(std::string("cannot start anew with these knobs: ") + error.what());
    return;
  }
  running_.reset();
  history_.clear();
  applied_.clear();
  waiting_.clear();
  posted_.clear();
  cursor_ = 0;
  lastChange_ = 0;
  goal_ = -1;
  isRunning_ = isFinished_ = isBeyond_ = false;
  failure_.clear();
  chunk_ = 1;
  checked_ = std::move(fresh);
  {
    const std::lock_guard guard(board_.mutex);
    board_.lab = checked_.lab;
    board_.catalogue = checked_.catalogue;
    board_.status.state = LiveState::preparing;
  }
  prepare();
}

void LiveLoop::anchorSpeed() {
  anchorStep_ = running_->step();
  anchorTime_ = windowBegin_ = Clock::now();
  windowSteps_ = 0;
}

std::int64_t LiveLoop::allowedStep() const {
  // The way to a goal is not to be watched.
  if (std::isinf(speedFactor_) || goal_ >= 0) return std::int64_t{1} << 62;
  return anchorStep_ + static_cast<std::int64_t>(std::min(1e15, secondsSince(anchorTime_) * speedFactor_ /
                                                                    running_->simulation().timeStep()));
}

std::int64_t LiveLoop::endStep() const {
  const std::int64_t planned = running_ ? running_->simulation().plannedSteps() : 0;
  return lastChange_ + (planned > 0 ? planned : estimate_.steps);
}

std::int64_t LiveLoop::nextStop() const {
  const std::int64_t step = running_->step();
  std::int64_t stop = std::min(step + chunk_, std::max(step + 1, allowedStep()));
  stop = running_->nextSample(stop);
  if (goal_ >= 0) stop = std::min(stop, goal_);
  if (goal_ < 0 && !isBeyond_) stop = std::min(stop, std::max(step + 1, endStep()));
  if (isReplaying()) stop = std::min(stop, std::max(step, applied_[cursor_].step));
  if (options_.historySteps > 0)
    stop = std::min(stop, (step / options_.historySteps + 1) * options_.historySteps);
  return stop;
}

void LiveLoop::advance() {
  // Commands of the first time, at the steps of the first time.
  while (isReplaying() && applied_[cursor_].step <= running_->step()) {
    const Command command = applied_[cursor_++];
    (void)apply(command);
  }
  const std::int64_t from = running_->step();
  const std::int64_t stop = nextStop();
  const auto start = Clock::now();
  running_->simulation().advance(stop - from);
  const double seconds = secondsSince(start);
  // Double or halve the stretch until it takes about as long as may pass between two looks at the board.
  if (seconds < 0.5 * options_.latency && stop - from == chunk_) chunk_ = std::min(kLongestChunk, 2 * chunk_);
  if (seconds > options_.latency) chunk_ = std::max<std::int64_t>(1, chunk_ / 2);
  running_->sample();
  measureSpeed(stop - from);
  if (!std::isinf(speedFactor_) && secondsSince(anchorTime_) - static_cast<double>(stop - anchorStep_) *
                                                                   running_->simulation().timeStep() /
                                                                   speedFactor_ >
                                       kLongestLag)
    anchorSpeed();
  arrive();
}

// Everything that is due when the simulation has come to a step; commands follow when the board is looked at.
void LiveLoop::arrive() {
  const std::int64_t step = running_->step();
  const bool isAtGoal = goal_ >= 0 && step >= goal_;
  const bool isAtEnd = goal_ < 0 && !isBeyond_ && step >= endStep();
  if (secondsSince(lastCheck_) > kStateCheckInterval || isAtGoal || isAtEnd) checkState();

  const double interval = std::max(options_.historySeconds, historyCost_ / kHistoryCost);
  const bool isDue =
      options_.historySteps > 0 ? step % options_.historySteps == 0 : secondsSince(lastHistory_) >= interval;
  if (isDue && !history_.has(step)) keepHistory();

  if (isAtGoal) goal_ = -1;
  if (isAtGoal && isRunning_) anchorSpeed();
  if (isAtEnd) {
    isRunning_ = false;
    isFinished_ = true;
  }
  if (isIdle()) stepsPerSecond_ = 0;
  const double frameInterval = std::max(1 / options_.framesPerSecond, frameCost_ / kFrameCost);
  if (isIdle() || secondsSince(lastFrame_) >= frameInterval) publishFrame();
  publishStatus();
}

void LiveLoop::measureSpeed(std::int64_t steps) {
  windowSteps_ += steps;
  const double seconds = secondsSince(windowBegin_);
  if (seconds < kSpeedWindow && stepsPerSecond_ > 0) return;
  if (seconds > 0) stepsPerSecond_ = static_cast<double>(windowSteps_) / seconds;
  if (seconds < kSpeedWindow) return;
  windowBegin_ = Clock::now();
  windowSteps_ = 0;
}

void LiveLoop::checkState() {
  running_->simulation().checkState();
  lastCheck_ = Clock::now();
}

// Taken on arrival, before the commands of that step: they are in `applied_`.
void LiveLoop::keepHistory() {
  const auto start = Clock::now();
  checkState();
  const auto checkpoint = std::make_shared<core::MemoryCheckpoint>();
  core::CheckpointWriter writer(*checkpoint);
  running_->save(writer);
  history_.add(running_->step(), checkpoint);
  lastHistory_ = Clock::now();
  historyCost_ = Seconds(lastHistory_ - start).count();
}

}  // namespace aula::lab
