// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "core/error.h"
#include "lab/session/command_log.h"
#include "lab/session/session.h"
#include "support/pendulum.h"
#include "support/scratch_folder.h"

namespace aula::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A live session of the pendulums with what it needs around it.
struct Live {
  explicit Live(test::PendulumOptions pendulum = {}, LiveOptions options = {})
      : registry(test::pendulumRegistry(std::move(pendulum))) {
    options.device.kind = compute::DeviceKind::cpu;
    session = std::make_unique<LiveSession>(
        checkLab(Lab::readText(test::kPendulumLab, "pendulums.lab.json", {}), registry), registry, options);
  }
  LiveSession* operator->() const { return session.get(); }

  /// Until the status pleases; the time is only there to end a test that would never.
  template <class Condition>
  LiveStatus until(const Condition& condition) const {
    for (int n = 0; n < 20000; ++n) {
      const LiveStatus status = session->status();
      if (condition(status)) return status;
      std::this_thread::sleep_for(1ms);
    }
    ADD_FAILURE() << "waited for 20 s";
    return session->status();
  }
  LiveStatus untilStep(std::int64_t step) const {
    return until([=](const LiveStatus& s) { return s.step == step && s.state != LiveState::running; });
  }
  LiveStatus until(LiveState state) const {
    return until([=](const LiveStatus& s) { return s.state == state; });
  }
  /// Of the moment when it is asked for, or a little later.
  std::shared_ptr<const LiveSeries> series() const {
    const std::uint64_t number = session->requestSeries();
    (void)until([&](const LiveStatus&) {
      const auto newest = session->latestSeries();
      return newest != nullptr && newest->number >= number;
    });
    return session->latestSeries();
  }

  Registry registry;
  std::unique_ptr<LiveSession> session;
};

/// Every value of every dataset.
std::vector<double> valuesOf(const InstrumentData& data) {
  std::vector<double> values;
  for (const auto& [name, datasets] : data)
    for (const Dataset& dataset : datasets)
      values.insert(values.end(), dataset.values.begin(), dataset.values.end());
  return values;
}

/// The same without a window.
RunRecord runStraight(std::int64_t steps, std::vector<Command> commands = {}) {
  SessionOptions options;
  options.device.kind = compute::DeviceKind::cpu;
  options.steps = steps;
  options.replay = std::move(commands);
  const Registry registry = test::pendulumRegistry();
  return Session(checkLab(Lab::readText(test::kPendulumLab, "pendulums.lab.json", {}), registry), options)
      .run();
}

TEST(LiveSession, beginsPausedWithAFrameOfStepZero) {
  const Live live;
  const LiveStatus status = live.until(LiveState::paused);
  EXPECT_EQ(status.step, 0);
  EXPECT_EQ(status.steps, 2000);
  EXPECT_EQ(status.timeStep, 0.01);
  EXPECT_EQ(status.speedUnit, "Mpendulum/s");
  EXPECT_EQ(status.knobs.at("drive").value, 2);
  EXPECT_TRUE(status.knobs.at("drive").isLive);
  EXPECT_FALSE(status.knobs.at("length").isLive);
  ASSERT_NE(live->latestFrame(), nullptr);
  EXPECT_EQ(live->latestFrame()->title, "Pendulums");
  EXPECT_EQ(live->frameNumber(), 1U);
  ASSERT_EQ(status.history.size(), 1U);
  EXPECT_EQ(status.history[0].step, 0);
}

TEST(LiveSession, stepsAreCountedAndFramesFollow) {
  const Live live;
  live->step(7);
  EXPECT_EQ(live.untilStep(7).state, LiveState::paused);
  live->step();
  const LiveStatus status = live.untilStep(8);
  EXPECT_NEAR(status.time, 0.08, 1e-12);
  EXPECT_EQ(live->latestFrame()->step, 8);
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(8).data));
}

TEST(LiveSession, finishesAtTheLabsLengthWithTheNumbersOfAnOrdinaryRunAndGoesOnBeyond) {
  const Live live;
  live->run();
  const LiveStatus status = live.until(LiveState::finished);
  EXPECT_EQ(status.step, 2000);
  const auto series = live.series();
  const RunRecord record = runStraight(2000);
  EXPECT_EQ(valuesOf(series->data), valuesOf(record.data));
  ASSERT_EQ(series->results.size(), record.results.size());
  EXPECT_EQ(series->results[0].values, record.results[0].values);

  live->run();
  EXPECT_GT(live.until([](const LiveStatus& s) { return s.step > 2000; }).step, 2000);
  live->pause();
  live.until(LiveState::paused);
}

TEST(LiveSession, knobActsAtTheNextStepWhilePaused) {
  const Live live;
  live->step(100);
  live.untilStep(100);
  live->post("drive", 5);
  live.until([](const LiveStatus& s) { return s.knobs.at("drive").value == 5; });
  live->step(200);
  const LiveStatus status = live.untilStep(300);
  EXPECT_EQ(status.steps, 2100) << "the lab's length counts from the last change";
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(300, {{100, "drive", 5}}).data));
}

TEST(LiveSession, draggingTurnsAKnobOnceAStop) {
  test::ScratchFolder folder;
  const Live live;
  live->startRecording(folder.path() / "r");
  live->step(10);
  live.untilStep(10);
  // All of these are asked for before a step that is held back lets the loop look at the board again.
  for (int n = 1; n <= 50; ++n) live->post("drive", 2 + 0.1 * n);
  live.until([](const LiveStatus& s) { return s.knobs.at("drive").value == 7; });
  live->stopRecording();
  live.until([](const LiveStatus& s) { return s.recording.empty() && !s.notices.empty(); });
  const auto commands = readCommands(folder.path() / "r" / "commands.jsonl");
  ASSERT_FALSE(commands.empty());
  EXPECT_EQ(commands.back().value, 7);
  for (const Command& command : commands) EXPECT_EQ(command.step, 10);
}

TEST(LiveSession, recordingIsRepeatedBitForBitByAnOrdinaryRun) {
  test::ScratchFolder folder;
  const Live live;
  live->run();
  live->post("drive", 3.3);
  live.until([](const LiveStatus& s) { return s.step > 50; });
  live->startRecording(folder.path() / "recorded");
  for (const double value : {4.0, 7.25, 1.0 / 3}) {
    live->post("drive", value);
    live.until([=](const LiveStatus& s) { return s.knobs.at("drive").value == value; });
  }
  live->pause();
  // Paused, or finished: on a loaded machine all the lab's steps may pass before this thread is woken.
  const LiveStatus status = live.until([](const LiveStatus& s) { return s.state != LiveState::running; });
  const auto series = live.series();
  live->stopRecording();
  const LiveStatus written = live.until([](const LiveStatus& s) { return !s.notices.empty(); });
  EXPECT_THAT(written.notices.back().text, HasSubstr("--replay"));
  EXPECT_TRUE(fs::exists(folder.path() / "recorded" / "data.h5"));
  EXPECT_TRUE(fs::exists(folder.path() / "recorded" / "summary.json"));

  const fs::path file = folder.path() / "recorded" / "commands.jsonl";
  const CommandHeading heading = readCommandHeading(file);
  EXPECT_EQ(heading.lab, "pendulums");
  EXPECT_EQ(heading.steps, status.step);
  EXPECT_THAT(heading.knobs, ElementsAre(std::pair<std::string, double>("drive", 2),
                                         std::pair<std::string, double>("length", 1)));
  EXPECT_EQ(valuesOf(series->data), valuesOf(runStraight(heading.steps, readCommands(file)).data));
}

TEST(LiveSession, goesBackAndForthWithTheSameBits) {
  LiveOptions options;
  options.historySteps = 64;
  const Live live({}, options);
  live->step(150);
  live.untilStep(150);
  live->post("drive", 6);
  live->step(250);
  EXPECT_EQ(live.untilStep(400).history.size(), 7U);

  // Across the command: it is done again on the way.
  live->goTo(333);
  live.untilStep(333);
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(333, {{150, "drive", 6}}).data));
  EXPECT_EQ(live->status().knobs.at("drive").value, 6);
  // Forward, beyond what has been run.
  live->goTo(700);
  live.untilStep(700);
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(700, {{150, "drive", 6}}).data));
  // From the checkpoint at step 128 to step 140: before the command.
  live->goTo(140);
  live.untilStep(140);
  EXPECT_EQ(live->status().knobs.at("drive").value, 2);
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(140).data));
}

TEST(LiveSession, historyForksWhereItWasGoneBackTo) {
  LiveOptions options;
  options.historySteps = 64;
  const Live live({}, options);
  live->step(150);
  live.untilStep(150);
  live->post("drive", 6);
  live->step(250);
  live.untilStep(400);
  live->goTo(150);
  const LiveStatus there = live.untilStep(150);
  EXPECT_EQ(there.knobs.at("drive").value, 2) << "the moment of arriving, before what was done there";
  EXPECT_EQ(there.history.back().step, 128) << "later checkpoints knew of the command that was forgotten";
  live->post("drive", 9);
  live->step(100);
  live.untilStep(250);
  EXPECT_EQ(valuesOf(live.series()->data), valuesOf(runStraight(250, {{150, "drive", 9}}).data));
}

TEST(LiveSession, knobThatIsNotLiveWaitsForARestart) {
  const Live live;
  live->step(20);
  live.untilStep(20);
  live->post("drive", 4);
  live->post("length", 0.5);
  const LiveStatus waiting = live.until([](const LiveStatus& s) { return !s.pendingRestart.empty(); });
  EXPECT_THAT(waiting.pendingRestart, ElementsAre("length"));
  EXPECT_EQ(waiting.knobs.at("length").value, 1);
  EXPECT_EQ(waiting.knobs.at("length").pending, 0.5);
  live->restart();
  const LiveStatus fresh = live.untilStep(0);
  EXPECT_EQ(fresh.knobs.at("length").value, 0.5);
  EXPECT_EQ(fresh.knobs.at("drive").value, 4);
  EXPECT_TRUE(fresh.pendingRestart.empty());
  EXPECT_EQ(live->lab()->knobs()[1].value, 0.5);
}

TEST(LiveSession, refusesUnknownKnobsAndValuesOutOfRange) {
  const Live live;
  EXPECT_THROW(live->post("drvie", 1), core::Error);
  EXPECT_THROW(live->post("drive", 1000), core::Error);
}

/// Holds the simulation in the middle of a step.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    isHeld_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return isOpen_; });
  }
  void untilHeld() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return isHeld_; });
  }
  void open() {
    const std::lock_guard guard(mutex_);
    isOpen_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool isHeld_ = false, isOpen_ = false;
};

TEST(LiveSession, everyFunctionReturnsWhileAStepIsUnderWay) {
  Gate gate;
  test::PendulumOptions options;
  options.onStep = [&](std::int64_t step) {
    if (step == 3) gate.pass();
  };
  const Live live(options);
  live->run();
  gate.untilHeld();
  // If any of these waited for the step, which does not end before the gate is opened, none would return.
  auto calls = std::async(std::launch::async, [&] {
    EXPECT_NE(live->latestFrame(), nullptr);
    EXPECT_LE(live->status().step, 3);
    EXPECT_GE(live->frameNumber(), 1U);
    live->post("drive", 3);
    live->setSpeed(1);
    live->requestSeries();
    EXPECT_EQ(live->latestSeries(), nullptr);
    live->goTo(1);
    live->step(2);
    live->pause();
    EXPECT_NE(live->lab(), nullptr);
  });
  const bool isDone = calls.wait_for(20s) == std::future_status::ready;
  gate.open();
  EXPECT_TRUE(isDone);
}

TEST(LiveSession, framesNeverGoBackInNumberAndAreWholeFromAnotherThread) {
  const Live live;
  live->run();
  std::uint64_t last = 0;
  for (int n = 0; n < 2000; ++n) {
    const std::uint64_t number = live->frameNumber();
    EXPECT_GE(number, last);
    last = number;
    if (const auto frame = live->latestFrame()) {
      ASSERT_EQ(frame->views.size(), 1U);
      EXPECT_EQ(std::get<scene::VolumeView>(frame->views[0]).values->size(), 24U);
    }
  }
}

TEST(LiveSession, failureIsToldAndTheLastFrameStays) {
  test::PendulumOptions options;
  options.breaksAt = 50;
  const Live live(options);
  live->step(60);
  const LiveStatus status = live.until(LiveState::failed);
  EXPECT_THAT(status.message, HasSubstr("not finite"));
  ASSERT_NE(live->latestFrame(), nullptr);
  live->run();  // Of no effect.
  live->restart();
  EXPECT_EQ(live.until(LiveState::paused).step, 0);
}

TEST(LiveSession, simulationThatCannotBeBuiltFailsWithItsReason) {
  test::PendulumOptions options;
  options.bytes = 1e18;
  const Live live(options);
  EXPECT_THAT(live.until(LiveState::failed).message, HasSubstr("memory"));
  EXPECT_EQ(live->latestFrame(), nullptr);
}

TEST(LiveSession, exceptionOfAnyKindStaysOnItsThread) {
  test::PendulumOptions options;
  options.onStep = [](std::int64_t step) {
    if (step == 5) throw std::runtime_error("the string snapped");
  };
  const Live live(options);
  live->run();
  EXPECT_EQ(live.until(LiveState::failed).message, "the string snapped");
}

TEST(LiveSession, endsWhileRunning) {
  std::atomic<std::int64_t> steps = 0;
  test::PendulumOptions options;
  options.onStep = [&](std::int64_t) { ++steps; };
  {
    const Live live(options);
    live->run();
    live.until([](const LiveStatus& s) { return s.step > 0; });
  }
  const std::int64_t atTheEnd = steps;
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(steps, atTheEnd);
}

TEST(LiveSession, speedIsHeld) {
  const Live live;
  // A step is 10 ms long: ten seconds of the wall for one.
  live->setSpeed(1e-3);
  live->run();
  std::this_thread::sleep_for(100ms);
  EXPECT_LE(live->status().step, 1);
  EXPECT_EQ(live->status().state, LiveState::running);
  // What is asked for meanwhile does not wait for the next step.
  live->post("drive", 8);
  live.until([](const LiveStatus& s) { return s.knobs.at("drive").value == 8; });
  live->setSpeed(LiveSession::kFullSpeed);
  live.until(LiveState::finished);
}

TEST(LiveSession, folderThatCannotBeMadeIsToldAndTheRunGoesOn) {
  const Live live;
  live->startRecording("/proc/no-such-folder");
  const LiveStatus status = live.until([](const LiveStatus& s) { return !s.notices.empty(); });
  EXPECT_THAT(status.notices.back().text, HasSubstr("not recording"));
  live->step(3);
  live.untilStep(3);
}

}  // namespace
}  // namespace aula::lab
