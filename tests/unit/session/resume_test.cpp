// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "lab/session/session.h"
#include "support/pendulum.h"
#include "support/scratch_folder.h"

namespace aula::lab {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr std::size_t kMany = std::size_t{1} << 26;

CheckedLab makeLab(test::PendulumOptions options = {},
                   const std::vector<std::pair<std::string, std::string>>& settings = {},
                   const std::string& text = test::kPendulumLab) {
  return checkLab(Lab::readText(text, "pendulums.lab.json", settings),
                  test::pendulumRegistry(std::move(options)));
}

class ResumeTest : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1); }
  void TearDown() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

  SessionOptions options(const std::string& name) const {
    SessionOptions wanted;
    wanted.device.kind = compute::DeviceKind::cpu;
    wanted.output = folder / name;
    wanted.checkpointSteps = 100;
    return wanted;
  }

  // A run in a child that kills itself, as a power cut would, just before it computes `step`.
  void runAndKill(SessionOptions wanted, std::int64_t step) const {
    const pid_t child = ::fork();
    if (child == 0) {
      test::PendulumOptions deadly;
      deadly.onStep = [step](std::int64_t now) {
        if (now == step) ::kill(::getpid(), SIGKILL);
      };
      static_cast<void>(Session(makeLab(deadly), std::move(wanted)).run());
      ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }

  std::string dataOf(const std::string& name) const {
    return core::readFile(folder / name / "data.h5", kMany);
  }

  test::ScratchFolder folder;
};

TEST_F(ResumeTest, killedAnywhereGivesTheSameBytes) {
  static_cast<void>(Session(makeLab(), options("whole")).run());
  const std::string whole = dataOf("whole");
  for (const std::int64_t step : {0, 100, 199, 1033, 1999}) {
    const std::string name = "killed" + std::to_string(step);
    runAndKill(options(name), step);
    EXPECT_FALSE(fs::exists(folder / name / "data.h5"));
    SessionOptions again = options(name);
    again.isResuming = true;
    again.checkpointSteps = 0;
    std::string notices;
    again.onNotice = [&](const std::string& text) { notices += text; };
    const RunRecord record = Session(makeLab(), again).run();
    EXPECT_TRUE(record.isComplete);
    EXPECT_EQ(dataOf(name), whole) << step;
    const std::int64_t last = (step / 100) * 100;
    // Killed before the first checkpoint there is nothing to go on from, and the run starts again.
    EXPECT_THAT(notices, last > 0 ? HasSubstr("resuming at step " + std::to_string(last) + " of 2000")
                                  : HasSubstr("starting from the beginning"));
    EXPECT_FALSE(fs::exists(folder / name / "checkpoint-a.aula"));
  }
}

TEST_F(ResumeTest, aTornCheckpointFallsBackToTheOtherOne) {
  static_cast<void>(Session(makeLab(), options("whole")).run());
  runAndKill(options("torn"), 1250);
  const fs::path files[] = {folder / "torn" / "checkpoint-a.aula", folder / "torn" / "checkpoint-b.aula"};
  // Checkpoints at 1100 and 1200: the second, fourth ... are in b.
  fs::resize_file(files[1], fs::file_size(files[1]) - 5);
  SessionOptions again = options("torn");
  again.isResuming = true;
  std::string notices;
  again.onNotice = [&](const std::string& text) { notices += text + "\n"; };
  static_cast<void>(Session(makeLab(), again).run());
  EXPECT_THAT(notices, AllOf(HasSubstr("cut short"), HasSubstr("resuming at step 1100")));
  EXPECT_EQ(dataOf("torn"), dataOf("whole"));
}

TEST_F(ResumeTest, stoppedCleanlyKeepsDataAndGoesOn) {
  static_cast<void>(Session(makeLab(), options("whole")).run());
  SessionOptions stopping = options("stopped");
  stopping.checkpointSteps = 0;
  std::int64_t seen = 0;
  stopping.onProgress = [&](const Progress& progress) { seen = progress.step; };
  stopping.shouldStop = [&] { return seen >= 700; };
  std::string notices;
  stopping.onNotice = [&](const std::string& text) { notices += text; };
  const RunRecord part = Session(makeLab(), stopping).run();
  EXPECT_FALSE(part.isComplete);
  EXPECT_GE(part.steps, 700);
  EXPECT_LT(part.steps, 2000);
  EXPECT_TRUE(fs::exists(folder / "stopped" / "data.h5"));
  EXPECT_THAT(notices, AllOf(HasSubstr("stopped at step"), HasSubstr("--resume")));
  EXPECT_THAT(summaryText(part), HasSubstr("stopped at step"));

  SessionOptions again = options("stopped");
  again.isResuming = true;
  static_cast<void>(Session(makeLab(), again).run());
  EXPECT_EQ(dataOf("stopped"), dataOf("whole"));
}

TEST_F(ResumeTest, commandsAfterTheCheckpointAreRepeated) {
  SessionOptions unbroken = options("whole");
  unbroken.replay = {{150, "drive", 5.0}, {250, "drive", 1.0}, {260, "drive", 7.0}, {900, "drive", 2.5}};
  static_cast<void>(Session(makeLab(), unbroken).run());
  SessionOptions killed = options("killed");
  killed.replay = unbroken.replay;
  runAndKill(killed, 280);  // After two commands that the checkpoint at 200 does not know of.
  SessionOptions again = killed;
  again.isResuming = true;
  static_cast<void>(Session(makeLab(), again).run());
  EXPECT_EQ(dataOf("killed"), dataOf("whole"));
  EXPECT_EQ(core::readFile(folder / "killed" / "commands.jsonl", kMany),
            core::readFile(folder / "whole" / "commands.jsonl", kMany));
}

TEST_F(ResumeTest, framesGoOnAfterTheCheckpoint) {
  runAndKill(options("killed"), 1050);
  SessionOptions again = options("killed");
  again.isResuming = true;
  again.frames = 4;
  std::vector<int> indices;
  again.onFrame = [&](const scene::Frame&, int index, int) { indices.push_back(index); };
  static_cast<void>(Session(makeLab(), again).run());
  EXPECT_THAT(indices, ::testing::ElementsAre(2, 3));  // At 500, 1000 | 1500, 2000.
}

TEST_F(ResumeTest, anotherRunsCheckpointIsRefused) {
  runAndKill(options("killed"), 1050);
  const auto refusal = [&](CheckedLab lab, SessionOptions wanted) {
    wanted.isResuming = true;
    try {
      static_cast<void>(Session(std::move(lab), std::move(wanted)).run());
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_THAT(
      refusal(makeLab({}, {{"drive", "3 Hz"}}), options("killed")),
      AllOf(HasSubstr("belongs to another run"), HasSubstr("drive: 2 (SI) in the checkpoint, 3 (SI) now")));
  SessionOptions seeded = options("killed");
  seeded.seed = 9;
  EXPECT_THAT(refusal(makeLab(), seeded), HasSubstr("seed: 0 in the checkpoint, 9 now"));
  SessionOptions reference = options("killed");
  reference.device.kind = compute::DeviceKind::reference;
  EXPECT_THAT(refusal(makeLab(), reference), HasSubstr("device: cpu in the checkpoint, reference now"));
  EXPECT_THAT(refusal(makeLab({}, {}, std::string(test::kPendulumLab) + "\n"), options("killed")),
              HasSubstr("text of the lab file"));
  SessionOptions shorter = options("killed");
  shorter.steps = 500;
  EXPECT_THAT(refusal(makeLab(), shorter), HasSubstr("beyond the end of this run at step 500"));
  // Nothing of that has harmed it.
  SessionOptions again = options("killed");
  again.isResuming = true;
  EXPECT_TRUE(Session(makeLab(), again).run().isComplete);
}

TEST_F(ResumeTest, withoutResumeTheRunStartsAfresh) {
  static_cast<void>(Session(makeLab(), options("whole")).run());
  runAndKill(options("killed"), 1050);
  static_cast<void>(Session(makeLab(), options("killed")).run());
  EXPECT_EQ(dataOf("killed"), dataOf("whole"));
}

}  // namespace
}  // namespace aula::lab
