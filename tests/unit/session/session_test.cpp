// SPDX-License-Identifier: Apache-2.0
#include "lab/session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/hdf5.h"
#include "support/limits.h"
#include "support/pendulum.h"
#include "support/scratch_folder.h"

namespace aula::lab {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

CheckedLab makeLab(test::PendulumOptions options = {},
                   const std::vector<std::pair<std::string, std::string>>& settings = {}) {
  return checkLab(Lab::readText(test::kPendulumLab, "pendulums.lab.json", settings),
                  test::pendulumRegistry(std::move(options)));
}

SessionOptions quick(const fs::path& output = {}) {
  SessionOptions options;
  options.device.kind = compute::DeviceKind::cpu;
  options.output = output;
  return options;
}

const std::vector<double>& valuesOf(const RunRecord& record, std::size_t instrument) {
  return record.data.at(instrument).second.at(0).values;
}

std::string errorOf(const std::function<void()>& action, core::Fault fault) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), fault);
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Session, samplesEveryIntervalFromStepZeroOn) {
  Session session(makeLab(), quick());
  EXPECT_EQ(session.steps(), 2000);
  const RunRecord record = session.run();
  EXPECT_TRUE(record.isComplete);
  EXPECT_EQ(record.steps, 2000);
  EXPECT_DOUBLE_EQ(record.simulatedTime, 20);
  const Dataset& probe = record.data[0].second[0];
  ASSERT_EQ(probe.values.size(), 2000U / 3 + 1);
  EXPECT_EQ(probe.axes[0].values[1], 0.01 * 3);
  EXPECT_EQ(valuesOf(record, 1).size(), 41U * 24);
  EXPECT_GT(record.speed, 0);
}

TEST(Session, lengthIsTakenFromOptionsBeforeTheLab) {
  SessionOptions options = quick();
  options.until = 0.3;  // 30 steps; 0.3 / 0.01 is a little above 30 in double.
  EXPECT_EQ(Session(makeLab(), options).steps(), 30);
  options.steps = 17;
  EXPECT_EQ(Session(makeLab(), options).steps(), 17);
}

TEST(Session, framesAreEvenlySpreadAndEndWithTheRun) {
  std::vector<std::int64_t> steps;
  std::vector<int> indices;
  SessionOptions options = quick();
  options.frames = 3;
  options.language = "fr";
  options.onFrame = [&](const scene::Frame& frame, int index, int count) {
    EXPECT_EQ(count, 3);
    EXPECT_EQ(frame.title, "Pendules");
    EXPECT_DOUBLE_EQ(frame.time, 0.01 * static_cast<double>(frame.step));
    EXPECT_EQ(frame.views.size(), 1U);
    steps.push_back(frame.step);
    indices.push_back(index);
  };
  static_cast<void>(Session(makeLab(), options).run());
  EXPECT_THAT(steps, ElementsAre(667, 1334, 2000));
  EXPECT_THAT(indices, ElementsAre(0, 1, 2));
}

TEST(Session, moreFramesThanStepsAreOneAStep) {
  int count = 0;
  SessionOptions options = quick();
  options.steps = 5;
  options.frames = 100;
  options.onFrame = [&](const scene::Frame&, int, int) { ++count; };
  static_cast<void>(Session(makeLab(), options).run());
  EXPECT_EQ(count, 5);
}

TEST(Session, numbersDoNotDependOnChunksOrFrames) {
  SessionOptions options = quick();
  const RunRecord plain = Session(makeLab(), options).run();
  options.latency = 0;  // The shortest chunks there are.
  options.frames = 77;
  options.onFrame = [](const scene::Frame&, int, int) {};
  const RunRecord chopped = Session(makeLab(), options).run();
  EXPECT_EQ(valuesOf(plain, 0), valuesOf(chopped, 0));
  EXPECT_EQ(valuesOf(plain, 1), valuesOf(chopped, 1));
}

TEST(Session, writesDataAndSummary) {
  const test::ScratchFolder folder;
  const RunRecord record = Session(makeLab(), quick(folder / "out")).run();
  EXPECT_THAT(record.outputs, ElementsAre("summary.json", "data.h5", "data.xdmf"));
  const core::Hdf5Reader data(folder / "out" / "data.h5");
  EXPECT_EQ(data.read("/instruments/probe/angle"), valuesOf(record, 0));
  EXPECT_EQ(data.valueSize("/instruments/probe/angle"), 4U);
  EXPECT_EQ(data.readText("/lab"), test::kPendulumLab);
  // Nothing else stays: no checkpoint, no partial file.
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder / "out")) names.push_back(entry.path().filename());
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre("summary.json", "data.h5", "data.xdmf", "commands.jsonl"));
}

TEST(Session, instabilityEndsTheRunAndWritesNoResults) {
  const test::ScratchFolder folder;
  test::PendulumOptions broken;
  broken.breaksAt = 700;
  const std::string message =
      errorOf([&] { static_cast<void>(Session(makeLab(broken), quick(folder / "out")).run()); },
              core::Fault::failure);
  EXPECT_THAT(message, HasSubstr("unstable: a pendulum's angle is not finite at step"));
  EXPECT_FALSE(fs::exists(folder / "out" / "data.h5"));
  EXPECT_FALSE(fs::exists(folder / "out" / "summary.json"));
}

TEST(Session, tooMuchMemoryIsRefusedBeforeAnythingIsAllocated) {
  test::PendulumOptions huge;
  huge.bytes = 1e18;
  huge.onStep = [](std::int64_t) { FAIL() << "it was built"; };
  const std::string message = errorOf([&] { Session(makeLab(huge), quick()); }, core::Fault::input);
  EXPECT_THAT(message, AllOf(HasSubstr("needs about 1e+09 GB of memory"),
                             HasSubstr("9e+08 GB, is for angles"), HasSubstr("fewer pendulums (now 24)")));
}

TEST(Session, aSecondRunInTheSameFolderIsRefused) {
  const test::ScratchFolder folder;
  test::PendulumOptions nested;
  std::string message;
  nested.onStep = [&](std::int64_t step) {
    if (step != 100) return;
    message = errorOf([&] { static_cast<void>(Session(makeLab(), quick(folder / "out")).run()); },
                      core::Fault::input);
  };
  static_cast<void>(Session(makeLab(nested), quick(folder / "out")).run());
  EXPECT_THAT(message, HasSubstr("another run is writing to"));
}

TEST(Session, readOnlyFolderIsOneErrorBeforeTheRun) {
  const test::ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=64k", true);
  if (!disk.isMounted()) GTEST_SKIP() << "mounting a read-only disk needs root";
  test::PendulumOptions watched;
  watched.onStep = [](std::int64_t) { FAIL() << "it ran"; };
  const std::string message =
      errorOf([&] { static_cast<void>(Session(makeLab(watched), quick(folder / "disk" / "out")).run()); },
              core::Fault::failure);
  EXPECT_THAT(message, AllOf(HasSubstr("cannot make the folder"), HasSubstr("Read-only file system")));
}

TEST(Session, fullDiskIsOneErrorAndLeavesNoHalfFile) {
  const test::ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=24k");
  if (!disk.isMounted()) GTEST_SKIP() << "mounting a small disk needs root";
  SessionOptions options = quick(folder / "disk" / "out");
  options.steps = 20000;
  const std::string message =
      errorOf([&] { static_cast<void>(Session(makeLab(), options).run()); }, core::Fault::failure);
  EXPECT_THAT(message, AllOf(HasSubstr("data.h5: No space left on device"), HasSubstr("free some space")));
  for (const auto& entry : fs::directory_iterator(folder / "disk" / "out"))
    EXPECT_EQ(entry.path().filename(), "commands.jsonl");
}

TEST(Session, commandsAreAppliedLoggedAndReplayedToTheBit) {
  const test::ScratchFolder folder;
  Session* running = nullptr;
  test::PendulumOptions turned;
  turned.onStep = [&](std::int64_t step) {
    if (step == 400) running->post("drive", 3.7);
    if (step == 1200) std::thread([&] { running->post("drive", 0.1); }).join();
  };
  Session session(makeLab(turned), quick(folder / "live"));
  running = &session;
  const RunRecord live = session.run();
  EXPECT_NE(valuesOf(live, 1), valuesOf(Session(makeLab(), quick()).run(), 1));

  const std::vector<Command> commands = readCommands(folder / "live" / "commands.jsonl");
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_GT(commands[0].step, 400);
  EXPECT_EQ(commands[0].name, "drive");
  EXPECT_EQ(commands[1].value, 0.1);

  SessionOptions options = quick(folder / "again");
  options.replay = commands;
  const RunRecord again = Session(makeLab(), options).run();
  EXPECT_EQ(valuesOf(live, 0), valuesOf(again, 0));
  EXPECT_EQ(valuesOf(live, 1), valuesOf(again, 1));
  EXPECT_EQ(core::readFile(folder / "live" / "commands.jsonl", 10000),
            core::readFile(folder / "again" / "commands.jsonl", 10000));
}

TEST(Session, badCommandsAreRefusedWhereTheyAreAsked) {
  Session session(makeLab(), quick());
  EXPECT_THAT(errorOf([&] { session.post("drives", 1); }, core::Fault::input),
              HasSubstr("\"drives\" is not a knob of this lab; there are drive and length"));
  EXPECT_THAT(errorOf([&] { session.post("drive", 101); }, core::Fault::input),
              HasSubstr("drive = 101 Hz is out of its range, 0 Hz to 100 Hz"));
  EXPECT_THROW(session.post("drive", std::nan("")), core::Error);
  EXPECT_THAT(errorOf([&] { session.post("length", 1.5); }, core::Fault::input),
              HasSubstr("length cannot be changed while the lab runs"));
  // A replay may ask for what a simulation no longer can.
  SessionOptions options = quick();
  options.replay = {{10, "length", 1.5}};
  const RunRecord record = Session(makeLab(), options).run();
  EXPECT_THAT(record.warnings, ElementsAre(HasSubstr("\"length\" cannot be changed while this lab runs")));
}

TEST(Session, tornOrForeignCommandLogs) {
  const test::ScratchFolder folder;
  const fs::path file = folder / "commands.jsonl";
  const std::string whole = "{\"aula_commands\":1}\n{\"step\":3,\"name\":\"drive\",\"value\":1.5}\n";
  core::writeFile(file, whole + "{\"step\":9,\"name\":\"dri");
  EXPECT_EQ(readCommands(file).size(), 1U);
  core::writeFile(file, whole + "{\"step\":2,\"name\":\"drive\",\"value\":1.5}\n");
  EXPECT_THAT(errorOf([&] { static_cast<void>(readCommands(file)); }, core::Fault::input),
              HasSubstr("line 3: commands stand in the order of their steps"));
  core::writeFile(file, "{\"aula_commands\":1}\n{\"step\":\"x\"}\n");
  EXPECT_THAT(errorOf([&] { static_cast<void>(readCommands(file)); }, core::Fault::input),
              HasSubstr("line 2: a command is written"));
  core::writeFile(file, "something else\n");
  EXPECT_THAT(errorOf([&] { static_cast<void>(readCommands(file)); }, core::Fault::input),
              HasSubstr("not a command log"));
}

}  // namespace
}  // namespace aula::lab
