// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "core/error.h"
#include "lab/session/hand.h"
#include "lab/session/live_loop.h"

// What a live session shows and records. Everything is put together before the lock is taken, and what it
// replaces is given back after, so that nobody waits for memory.
namespace aula::lab {

namespace {
constexpr std::size_t kNotices = 20;
}

void LiveLoop::publishFrame() {
  const auto start = Clock::now();
  std::shared_ptr<const scene::Frame> frame =
      std::make_shared<const scene::Frame>(running_->publish(options_.language));
  {
    const std::lock_guard guard(board_.mutex);
    board_.frame.swap(frame);
    ++board_.frameNumber;
  }
  lastFrame_ = Clock::now();
  frameCost_ = std::chrono::duration<double>(lastFrame_ - start).count();
}

void LiveLoop::publishStatus() {
  LiveStatus status;
  status.state = !failure_.empty() ? LiveState::failed
                 : !isIdle()       ? LiveState::running
                 : isFinished_     ? LiveState::finished
                                   : LiveState::paused;
  status.message = failure_;
  status.goingTo = goal_;
  status.speedFactor = speedFactor_;
  status.stepsPerSecond = isIdle() || !failure_.empty() ? 0 : stepsPerSecond_;
  status.bytes = estimate_.bytes;
  status.historyBytes = static_cast<double>(history_.bytes());
  status.device = device_;
  status.steps = endStep();
  status.warnings = checked_.lab->diagnostics().warnings();
  status.notices = notices_;
  if (recording_) status.recording = recording_->folder();

  std::vector<double> values;
  if (running_) {
    const Simulation& simulation = running_->simulation();
    status.step = running_->step();
    status.timeStep = simulation.timeStep();
    status.time = static_cast<double>(status.step) * status.timeStep;
    status.secondsPerSecond = status.stepsPerSecond * status.timeStep;
    status.speed = status.stepsPerSecond * simulation.workPerStep();
    status.speedUnit = simulation.speedUnit();
    status.hasHands = dynamic_cast<const hand::Graspable*>(&simulation) != nullptr;
    for (const std::string& warning : simulation.warnings()) status.warnings.push_back(warning);
    for (const LiveHistory::Place& place : history_.places())
      status.history.push_back({place.step, static_cast<double>(place.step) * status.timeStep});
    values = running_->knobValues();
  }
  const std::vector<Knob>& knobs = checked_.lab->knobs();
  for (std::size_t i = 0; i < knobs.size(); ++i) {
    const double value = i < values.size() ? values[i] : knobs[i].value;
    LiveKnob knob{value, value, knobs[i].isLive};
    for (const auto& [name, pending] : waiting_)
      if (name == knobs[i].name) knob.pending = pending;
    if (knob.pending != knob.value) status.pendingRestart.push_back(knobs[i].name);
    status.knobs.emplace(knobs[i].name, knob);
  }
  const std::lock_guard guard(board_.mutex);
  std::swap(board_.status, status);
}

void LiveLoop::answerSeries() {
  auto series = std::make_shared<LiveSeries>();
  series->number = seriesAnswered_;
  series->step = running_->step();
  series->time = static_cast<double>(series->step) * running_->simulation().timeStep();
  series->data = running_->data();
  series->results = running_->measure(series->data);
  std::shared_ptr<const LiveSeries> answer = std::move(series);
  const std::lock_guard guard(board_.mutex);
  board_.series.swap(answer);
}

void LiveLoop::notice(std::string text) {
  notices_.push_back({++noticeCount_, std::move(text)});
  if (notices_.size() > kNotices) notices_.erase(notices_.begin());
}

void LiveLoop::fail(const std::string& message) {
  failure_ = message.empty() ? "the simulation ended for no known reason" : message;
  isRunning_ = false;
  goal_ = -1;
  try {
    publishStatus();
  } catch (...) {
    // Whatever is left of the simulation has nothing more to say.
    const std::lock_guard guard(board_.mutex);
    board_.status.state = LiveState::failed;
    board_.status.message = failure_;
  }
}

// ---- Recording

// A disk that is full or a folder that cannot be made is no reason to end an experiment.
void LiveLoop::startRecording(const std::string& folder) {
  stopRecording();
  try {
    recording_ = std::make_unique<LiveRecording>(folder, *checked_.lab, applied_);
  } catch (const core::Error& error) {
    notice(std::string("not recording: ") + error.what());
  }
}

void LiveLoop::stopRecording() {
  if (!recording_) return;
  const std::unique_ptr<LiveRecording> recording = std::move(recording_);
  if (!running_ || !failure_.empty()) {
    notice("the recording in " + recording->folder().string() + " holds the commands, but no data");
    return;
  }
  try {
    RunRecord record;
    record.lab = checked_.lab;
    record.seed = options_.seed;
    record.device = device_;
    record.deviceName = nameOfDevice(device_);
    record.commandLine = options_.commandLine;
    record.speed = stepsPerSecond_ * running_->simulation().workPerStep();
    recording->finish(*running_, applied_, std::move(record));
    notice("recorded in " + recording->folder().string() + "; to repeat it: aula run " + checked_.lab->id() +
           " --replay " + (recording->folder() / "commands.jsonl").string());
  } catch (const core::Error& error) {
    notice(std::string("the recording could not be written: ") + error.what());
  }
}

}  // namespace aula::lab
