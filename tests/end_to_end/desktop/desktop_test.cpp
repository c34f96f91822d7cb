// SPDX-License-Identifier: Apache-2.0
// The real program in a real window: started, dragged, resized, robbed of its device. Skipped where there is
// no Xvfb.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <set>
#include <thread>

#include "end_to_end/desktop/screen.h"
#include "end_to_end/process.h"
#include "render/png.h"

namespace {

using namespace aula::test;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const fs::path kLab = fs::path(AULA_SOURCE_DIR) / "tests/end_to_end/desktop/labs/slit.lab.json";

class DesktopWindow : public testing::Test {
 protected:
  static void SetUpTestSuite() { screen_ = std::make_unique<Screen>(); }
  static void TearDownTestSuite() { screen_.reset(); }
  void SetUp() override {
    if (!screen_->problem().empty()) GTEST_SKIP() << screen_->problem();
  }

  /// State, cache and pictures in the test's own folder, validation on.
  [[nodiscard]] Start start() const {
    Start start;
    start.folder = folder_.path();
    start.environment = {{"DISPLAY", screen_->display()},
                         {"XDG_STATE_HOME", (folder_ / "state").string()},
                         {"XDG_CACHE_HOME", (folder_ / "cache").string()},
                         {"XDG_PICTURES_DIR", (folder_ / "pictures").string()},
                         {"AULA_VULKAN_VALIDATION", "1"}};
    start.secondsAllowed = 100;
    return start;
  }
  [[nodiscard]] std::string script(const std::string& text) const {
    writeText(folder_ / "script.txt", text);
    return (folder_ / "script.txt").string();
  }
  [[nodiscard]] Outcome play(const std::string& text, const std::string& lab = kLab.string()) const {
    return runAula({"view", lab, "--lang", "en", "--script", script(text)}, start());
  }
  /// A picture of a window has many colours; one of nothing has one.
  void expectPicture(const std::string& name, int width, int height) const {
    const aula::render::Image image = aula::render::readPng(folder_ / name);
    EXPECT_EQ(image.width, width) << name;
    EXPECT_EQ(image.height, height) << name;
    std::set<std::array<std::uint8_t, 4>> colours;
    for (int y = 0; y < image.height; y += 3)
      for (int x = 0; x < image.width; x += 3) colours.insert(image.at(x, y));
    EXPECT_GT(colours.size(), 50U) << name;
  }
  [[nodiscard]] std::vector<fs::path> recorded(const std::string& extension) const {
    std::vector<fs::path> files;
    std::error_code ignored;
    for (fs::recursive_directory_iterator entry(folder_ / "pictures", ignored), end; entry != end;
         entry.increment(ignored))
      if (entry->path().extension() == extension) files.push_back(entry->path());
    return files;
  }

  TemporaryFolder folder_;
  static std::unique_ptr<Screen> screen_;
};
std::unique_ptr<Screen> DesktopWindow::screen_;

TEST_F(DesktopWindow, ALesson) {
  const Outcome outcome = play(R"(
ready
picture
shot start.png
# A live knob follows the handle; the other waits for a restart.
drag knob:wavelength 0.5 0.5 0.98 0.5
expect knob wavelength 800
click value:distance
text 2.5 um
key Enter
expect knob distance 2.5
click apply
ready
key V
expect recording
key Space
step 30
expect running
key Space
frames 4
steady
expect paused
key V
expect recorded
click tab2
click answer:why
text because it is a wave
click check:why
expect answered why
shot answered.png
resize 900 700
shot small.png
minimise
wait 0.3
restore
wait 0.3
lose
frames 3
expect device-lost
shot found-again.png
key L
expect language zh
frames 3
shot chinese.png
key T
key P
expect presenting
shot presenter.png
key Escape
key S
wait 2
quit
)");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, Not(HasSubstr("error")));
  expectPicture("start.png", 1280, 800);
  for (const char* name : {"small.png", "found-again.png", "chinese.png", "presenter.png"})
    expectPicture(name, 900, 700);
  // The screenshot, and the recording: film and what replays it.
  EXPECT_EQ(recorded(".png").size(), 1U);
  ASSERT_EQ(recorded(".mp4").size(), 1U);
  EXPECT_GT(fs::file_size(recorded(".mp4")[0]), 2000U);
  EXPECT_EQ(recorded(".jsonl").size(), 1U);
  EXPECT_TRUE(recorded(".partial").empty());
  EXPECT_THAT(readText(folder_ / "state/aula/recent-labs.txt"), HasSubstr("slit.lab.json"));
}

TEST_F(DesktopWindow, ASpaceIsLookedAtFromEverywhereAndPointedAt) {
  const Outcome outcome =
      play(R"(
resize 640 440
ready
picture
expect space
expect camera orbit
key Space
step 30
expect running
key Space
steady
# At rest it is drawn as finely as can be, whatever it took while it ran.
drawn
expect native
key 1
wait 1.2
key C
frames 2
expect chosen box
key B
expect chosen objects
key C
wait 0.5
shot chosen.png
key Escape
expect chosen nothing
key N
expect chosen cut
key B
expect chosen ruler
key Escape
drag scene 0.5 0.5 0.7 0.4
wheel scene 0.5 0.5 2
rightdrag scene 0.5 0.5 0.4 0.5
key F
expect camera fly
key W
drag scene 0.5 0.5 0.45 0.5
key F
expect camera walk
key D
key Escape
expect camera orbit
key G
expect plane
click scene 0.4 0.5
expect chosen cut
key G
expect space
lose
frames 3
drawn
expect device-lost
shot space.png
# Closed at once: what was asked for is kept all the same.
key S
quit
)",
           (fs::path(AULA_SOURCE_DIR) / "tests/end_to_end/desktop/labs/space.lab.json").string());
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, Not(HasSubstr("error")));
  for (const char* name : {"chosen.png", "space.png"}) expectPicture(name, 640, 440);
  EXPECT_EQ(recorded(".png").size(), 1U);
}

TEST_F(DesktopWindow, AnAtomIsPulledAndTheRecordingReplays) {
  const std::string lab =
      (fs::path(AULA_SOURCE_DIR) / "tests/end_to_end/desktop/labs/atoms.lab.json").string();
  const Outcome outcome = play(R"(
resize 640 440
ready
picture
expect hand off
key H
expect hand on
key V
key Space
# With the mouse, and deeper by the wheel.
press particle:4
expect hand holding
slide scene 0.7 0.35
wait 0.4
wheel scene 0.7 0.35 1
shot held.png
release
expect hand on
# With the keyboard: what was chosen last is taken again, and the molecule it is in.
key M
key M
key X
expect hand holding
key Up
key PageUp
wait 0.3
key Escape
expect hand on
# Cold, without a hand on any spring.
key M
key M
key X
expect hand holding
key X
key Space
steady
key V
expect recorded
quit
)",
                               lab);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, Not(HasSubstr("error")));
  expectPicture("held.png", 640, 440);
  ASSERT_EQ(recorded(".jsonl").size(), 1U);
  const fs::path commands = recorded(".jsonl")[0];
  const std::string told = readText(commands);
  for (const char* name : {"\"pull.particle\",\"value\":4.0", "pull.x", "pull.y", "pull.z", "pull.release",
                           "pull.molecule", "heat.temperature", "heat.radius"})
    EXPECT_THAT(told, HasSubstr(name));
  // The hand did work, and whoever replays the recording finds the same to the last bit.
  const auto measured = [](const fs::path& summary) {
    const std::string text = readText(summary);
    const std::size_t begin = text.find("\"results\""), end = text.find("\"warnings\"", begin);
    return begin == std::string::npos ? std::string() : text.substr(begin, end - begin);
  };
  const std::string first = measured(commands.parent_path() / "summary.json");
  EXPECT_THAT(first, HasSubstr("work"));
  EXPECT_THAT(first, Not(HasSubstr("\"value\": 0.0,"))) << "nothing was pulled";
  const Outcome again =
      runAula({"run", lab, "--replay", commands.string(), "--out", (folder_ / "again").string()}, start());
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(measured(folder_ / "again/summary.json"), first);
}

TEST_F(DesktopWindow, AStormOfResizing) {
  std::string text = "ready\npicture\nkey Space\n";
  for (int i = 0; i < 12; ++i)
    text += "resize " + std::to_string(640 + (i * 277) % 700) + " " + std::to_string(400 + (i * 191) % 450) +
            "\n";
  const Outcome outcome = play(text + "frames 2\nshot after.png\nquit\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, Not(HasSubstr("error")));
  EXPECT_TRUE(fs::exists(folder_ / "after.png"));
}

TEST_F(DesktopWindow, AFolderForPicturesThatCannotBeMadeStopsNothing) {
  writeText(folder_ / "pictures", "a file stands in its place");
  const Outcome outcome = play(
      "ready\npicture\nkey S\nwait 0.3\nkey V\nkey Space\nstep 10\nshot told.png\nexpect running\nquit\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  expectPicture("told.png", 1280, 800);
}

TEST_F(DesktopWindow, AFullDiskEndsTheRecordingAndNothingElse) {
  const fs::path small = folder_ / "pictures";
  fs::create_directories(small);
  if (runProgram({"mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", small.string()}).code != 0)
    GTEST_SKIP() << "a small disk cannot be mounted here (only the administrator may)";
  const Outcome outcome = play(
      "ready\npicture\nkey V\nexpect recording\nkey Space\nstep 40\nwait 1.5\nkey V\nframes 3\nexpect "
      "problem\nexpect running\nshot told.png\nquit\n");
  const bool hasFilm = !recorded(".mp4").empty() || !recorded(".partial").empty();
  EXPECT_EQ(runProgram({"umount", small.string()}).code, 0);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  // Told once, with what to do; of the film nothing that would not play is left.
  const std::size_t first = outcome.err.find("The recording stopped");
  ASSERT_NE(first, std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("The recording stopped", first + 1), std::string::npos) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("No space left on device"));
  EXPECT_THAT(outcome.err, HasSubstr("Free some space"));
  EXPECT_FALSE(hasFilm);
  expectPicture("told.png", 1280, 800);
}

TEST_F(DesktopWindow, AStateFolderThatCannotBeWrittenIsToldOnce) {
  writeText(folder_ / "state", "a file stands in its place");
  const Outcome outcome = play("ready\npicture\nkey T\nkey T\nframes 3\nquit\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const std::size_t first = outcome.err.find("Choices cannot be kept");
  EXPECT_NE(first, std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("Choices cannot be kept", first + 1), std::string::npos);
}

TEST_F(DesktopWindow, TwoOnTheSameLab) {
  const std::string other = (folder_ / "other.txt").string();
  writeText(other, "ready\npicture\nkey Space\nstep 20\nquit\n");
  Process second({programPath(), "view", kLab.string(), "--script", other}, start());
  const Outcome outcome = play("ready\npicture\nkey Space\nstep 20\nquit\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const Outcome beside = second.wait();
  EXPECT_EQ(beside.code, 0) << beside.err;
}

TEST_F(DesktopWindow, HandsAtKeyboardAndMouse) {
  if (!isInstalled("xdotool")) GTEST_SKIP() << "xdotool is not installed (apt install xdotool)";
  // No script: events come from the screen. S saves a picture, Ctrl-C in the terminal ends it.
  Process window({programPath(), "view", kLab.string(), "--lang", "en", "--print-times"}, start());
  const Outcome found =
      runProgram({"xdotool", "search", "--sync", "--onlyvisible", "--name", "^Aula$"}, start());
  ASSERT_EQ(found.code, 0) << found.err;
  const std::string id = found.out.substr(0, found.out.find('\n'));
  const auto send = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "xdotool");
    EXPECT_EQ(runProgram(words, start()).code, 0);
  };
  send({"windowactivate", "--sync", id});
  send({"mousemove", "--window", id, "500", "300"});
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (recorded(".png").empty() && std::chrono::steady_clock::now() < until) {
    send({"key", "s"});
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  EXPECT_FALSE(recorded(".png").empty());
  send({"key", "space"});
  window.send(SIGINT);
  const Outcome outcome = window.wait();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("first_picture_seconds"));
}

TEST_F(DesktopWindow, TheGalleryOpensALab) {
  Start own = start();
  fs::create_directories(folder_ / "labs/optics");
  fs::copy_file(kLab, folder_ / "labs/optics/slit.lab.json");
  own.environment["AULA_LABS"] = (folder_ / "labs").string();
  const Outcome outcome = runAula({"view", "--lang", "fr", "--script",
                                   script("frames 5\nexpect gallery\nwait 3\nshot gallery.png\nclick "
                                          "lab:slit\nready\npicture\nclick home\nexpect gallery\nquit\n")},
                                  own);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  expectPicture("gallery.png", 1280, 800);
}

TEST(DesktopProgram, WithoutAScreenSaysWhatElseThereIs) {
  Start start;
  start.environment = {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}};
  const Outcome outcome = runAula({"view", kLab.string()}, start);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is no screen to open a window on"));
  EXPECT_THAT(outcome.err, HasSubstr("aula run LAB"));
  EXPECT_EQ(outcome.out, "");
}

TEST(DesktopProgram, ALabThatIsNotThereIsToldBeforeAnyWindow) {
  Start start;
  start.environment = {{"DISPLAY", ""}};
  const Outcome missing = runAula({"view", "no-such-lab"}, start);
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err, HasSubstr("there is no lab and no file"));
  TemporaryFolder folder;
  writeText(folder / "broken.lab.json", "{");
  const Outcome broken = runAula({"view", (folder / "broken.lab.json").string()}, start);
  EXPECT_EQ(broken.code, 2);
  EXPECT_THAT(broken.err, HasSubstr("broken.lab.json"));
}

}  // namespace
