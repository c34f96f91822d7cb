// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using namespace aula::test;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

nlohmann::json readJson(const fs::path& file) {
  return nlohmann::json::parse(readText(file));
}
Outcome run(std::vector<std::string> words, const Start& start = {}) {
  words.insert(words.begin(), "run");
  return runAula(std::move(words), start);
}

class Run : public testing::Test {
 protected:
  TemporaryFolder folder_;
  const std::string ring_ = labFile("ring").string();
};

TEST_F(Run, LeavesEveryFileOfTheDesign) {
  const Outcome outcome = run({ring_, "--out", "results"}, {folder_.path(), {}});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const fs::path out = folder_ / "results";
  EXPECT_EQ(listFolder(out), (std::vector<std::string>{"commands.jsonl", "data.h5", "data.xdmf", "report.html", "ring.mp4",
                                                       "ring.png", "summary.json"}));
  EXPECT_EQ(readText(out / "ring.png").substr(1, 3), "PNG");
  EXPECT_EQ(readText(out / "ring.mp4").substr(4, 4), "ftyp");
  EXPECT_EQ(readText(out / "data.h5").substr(1, 3), "HDF");
  EXPECT_THAT(readText(out / "data.xdmf"), HasSubstr("<Xdmf"));
  EXPECT_THAT(readText(out / "report.html"), HasSubstr("A ring of light"));

  const auto summary = readJson(out / "summary.json");
  EXPECT_EQ(summary.at("lab"), "ring");
  EXPECT_EQ(summary.at("title"), "A ring of light");
  EXPECT_EQ(summary.at("steps"), 400);
  // Metres and back: a rounding of the last digit.
  EXPECT_DOUBLE_EQ(summary.at("parameters").at("wavelength").at("value").get<double>(), 1000);
  EXPECT_EQ(summary.at("parameters").at("wavelength").at("unit"), "nm");
  EXPECT_GT(summary.at("speed").at("value").get<double>(), 0);
  std::vector<std::string> outputs = summary.at("outputs");
  for (const char* name : {"data.h5", "data.xdmf", "ring.png", "ring.mp4", "report.html"})
    EXPECT_THAT(outputs, Contains(name));
}

TEST_F(Run, ReplayBringsTheKnobsAndTheLengthOfARecording) {
  const auto write = [&](const std::string& lab) {
    std::ofstream(folder_ / "commands.jsonl")
        << R"({"aula_commands":1,"lab":")" << lab << R"(","knobs":{"wavelength":9e-07},"steps":20})" << '\n';
  };
  write("ring");
  const Start here{folder_.path(), {}};
  const Outcome outcome = run({ring_, "--replay", "commands.jsonl", "--no-picture", "--out", "again"}, here);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto summary = readJson(folder_ / "again/summary.json");
  EXPECT_EQ(summary.at("steps"), 20);
  EXPECT_DOUBLE_EQ(summary.at("parameters").at("wavelength").at("value").get<double>(), 900);

  const Outcome twice = run({ring_, "--replay", "commands.jsonl", "--set", "wavelength=1 um"}, here);
  EXPECT_EQ(twice.code, 2);
  EXPECT_THAT(twice.err, HasSubstr("brings the knobs' values with it"));
  write("cavity");
  const Outcome other = run({ring_, "--replay", "commands.jsonl"}, here);
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("is a recording of the lab cavity, not of ring"));
}

TEST_F(Run, WritesBelowOutWhereItWasStarted) {
  ASSERT_EQ(run({ring_, "--no-picture"}, {folder_.path(), {}}).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "out/ring/summary.json"));
  EXPECT_FALSE(fs::exists(folder_ / "out/ring/ring.png"));
}

TEST_F(Run, JsonOnStandardOutputIsTheSummary) {
  const Outcome outcome =
      run({ring_, "--out", folder_ / "a", "--json", "--no-picture", "--steps", "50", "--seed", "7"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json, readJson(folder_ / "a/summary.json"));
  EXPECT_EQ(json.at("steps"), 50);
  EXPECT_EQ(json.at("seed"), 7);
}

TEST_F(Run, UntilIsSimulatedTime) {
  const Outcome outcome = run({ring_, "--out", folder_ / "a", "--json", "--no-picture", "--until", "20 fs"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto time = nlohmann::json::parse(outcome.out).at("simulated_time");
  EXPECT_EQ(time.at("unit"), "s");
  // The first whole step at or after 20 fs; a step is under 0.12 fs (50 nm cells, Courant limit of two
  // dimensions).
  EXPECT_NEAR(time.at("value").get<double>(), 20e-15, 0.12e-15);
}

TEST_F(Run, SetTurnsAKnob) {
  const Outcome outcome =
      run({ring_, "--out", folder_ / "a", "--json", "--no-picture", "--set", "wavelength=0.8 um"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_DOUBLE_EQ(
      nlohmann::json::parse(outcome.out).at("parameters").at("wavelength").at("value").get<double>(), 800);
}

TEST_F(Run, FramesArePicturesOfTheirOwn) {
  const Outcome outcome = run(
      {ring_, "--out", folder_ / "a", "--frames", "3", "--size", "160x120", "--video", folder_ / "film.mp4"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(listFolder(folder_ / "a/frames"), (std::vector<std::string>{"0001.png", "0002.png", "0003.png"}));
  EXPECT_TRUE(fs::exists(folder_ / "film.mp4"));
  EXPECT_FALSE(fs::exists(folder_ / "a/ring.mp4"));
}

TEST_F(Run, TwiceInARowReplacesTheFirst) {
  ASSERT_EQ(run({ring_, "--out", folder_ / "a"}).code, 0);
  ASSERT_TRUE(fs::exists(folder_ / "a/ring.mp4"));
  const Outcome again = run({ring_, "--out", folder_ / "a", "--no-picture", "--steps", "30"});
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(readJson(folder_ / "a/summary.json").at("steps"), 30);
  // A video of the earlier run would lie about this one.
  EXPECT_FALSE(fs::exists(folder_ / "a/ring.mp4"));
}

TEST_F(Run, AnotherLabsResultsAreNotMixedIn) {
  ASSERT_EQ(run({ring_, "--out", folder_ / "a", "--no-picture", "--steps", "10"}).code, 0);
  const std::string before = readText(folder_ / "a/summary.json");
  const Outcome outcome = run({labFile("walk").string(), "--out", folder_ / "a", "--steps", "10"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(
      outcome.err,
      HasSubstr("the folder " + (folder_ / "a").string() +
                " holds results of the lab \"ring\"; choose another with --out, or remove it first\n"));
  EXPECT_EQ(readText(folder_ / "a/summary.json"), before);
}

TEST_F(Run, QuietSaysNothing) {
  const Outcome outcome = run({ring_, "--out", folder_ / "a", "--no-picture", "--steps", "10", "--quiet"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST_F(Run, TitlesComeInTheLanguageAskedFor) {
  ASSERT_EQ(run({ring_, "--out", folder_ / "a", "--no-picture", "--steps", "10", "--lang", "zh"}).code, 0);
  EXPECT_THAT(readText(folder_ / "a/report.html"), HasSubstr("光环"));
  ASSERT_EQ(
      run({ring_, "--out", folder_ / "b", "--no-picture", "--steps", "10"}, {{}, {{"LC_ALL", "fr_FR.UTF-8"}}})
          .code,
      0);
  EXPECT_THAT(readText(folder_ / "b/report.html"), HasSubstr("Un anneau de lumière"));
}

TEST_F(Run, WithoutAVulkanDeviceDataComeWithoutPictures) {
  const Start noVulkan{{},
                       {{"VK_ICD_FILENAMES", "/nonexistent.json"}, {"VK_DRIVER_FILES", "/nonexistent.json"}}};
  const Outcome outcome = run({ring_, "--out", folder_ / "a", "--steps", "10"}, noVulkan);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("no pictures: "));
  EXPECT_TRUE(fs::exists(folder_ / "a/report.html"));
  const auto summary = readJson(folder_ / "a/summary.json");
  EXPECT_THAT(summary.at("warnings").dump(), HasSubstr("no pictures: "));
  // Asked for by hand, it is an error, and nothing is computed.
  const Outcome asked = run({ring_, "--out", folder_ / "b", "--frames", "2"}, noVulkan);
  EXPECT_EQ(asked.code, 1);
  EXPECT_FALSE(fs::exists(folder_ / "b/summary.json"));
}

TEST_F(Run, ReferenceDeviceGivesTheSameField) {
  ASSERT_EQ(run({ring_, "--out", folder_ / "a", "--no-picture", "--device", "reference"}).code, 0);
  EXPECT_EQ(readJson(folder_ / "a/summary.json").at("device").at("kind"), "reference");
}

// --- Wrong use: one message, exit code 2, nothing written
// ---------------------------------------------------------------

struct Wrong {
  const char* name;
  std::vector<std::string> words;
  std::string message;
};
class WrongUse : public testing::TestWithParam<Wrong> {};

TEST_P(WrongUse, IsExplainedAndLeavesNothing) {
  const TemporaryFolder folder;
  std::vector<std::string> words = GetParam().words;
  for (std::string& word : words)
    if (word == "RING") word = labFile("ring").string();
  const Outcome outcome = run(words, {folder.path(), {}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().message));
  EXPECT_THAT(listFolder(folder.path()), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    OfRun, WrongUse,
    testing::Values(
        Wrong{"NoSuchFile", {"missing.lab.json"}, "there is no file \"missing.lab.json\"\n"},
        Wrong{"Folder", {"/tmp"}, "\"/tmp\" is a folder; name a lab file in it\n"},
        Wrong{"MisspeltLab",
              {"duble-slit"},
              "there is no lab and no file \"duble-slit\"; did you mean \"double-slit\"?"},
        Wrong{"SetWithoutValue", {"RING", "--set", "wavelength"}, "--set \"wavelength\" is not NAME=VALUE"},
        Wrong{"SetOfAnUnknownKnob", {"RING", "--set", "wavelenght=1 um"}, "did you mean \"wavelength\"?"},
        Wrong{"SetWithAWrongUnit", {"RING", "--set", "wavelength=1 parsnip"}, "parsnip"},
        Wrong{"SetWithAWrongDimension", {"RING", "--set", "wavelength=1 s"}, "a length is needed"},
        Wrong{"SetOutOfRange", {"RING", "--set", "wavelength=1 m"}, "wavelength"},
        Wrong{"Device",
              {"RING", "--device", "gpu"},
              "device \"gpu\" is not known; use auto, cpu, cuda, reference or check\n"},
        Wrong{"Threads", {"RING", "--threads", "0"}, "--threads"},
        Wrong{"ThreadsWord", {"RING", "--threads", "two"}, "--threads"},
        Wrong{"StepsAndUntil",
              {"RING", "--steps", "5", "--until", "1 fs"},
              "--steps and --until both say how long to run; give one of them\n"},
        Wrong{"NoSteps", {"RING", "--steps", "0"}, "--steps"},
        Wrong{"UntilDimension", {"RING", "--until", "2 m"}, "\"2 m\" is a length, a time is needed"},
        Wrong{"UntilNegative", {"RING", "--until", "-2 fs"}, "--until \"-2 fs\" must be more than 0\n"},
        Wrong{"Size", {"RING", "--size", "big"}, "--size \"big\" is not WIDTHxHEIGHT in pixels"},
        Wrong{
            "SizeHuge", {"RING", "--size", "99999x10"}, "--size \"99999x10\" is not WIDTHxHEIGHT in pixels"},
        Wrong{"VideoName", {"RING", "--video", "film.avi"}, "--video \"film.avi\" must end in .mp4\n"},
        Wrong{"VideoFolder",
              {"RING", "--video", "no/such/film.mp4"},
              "--video: there is no folder \"no/such\"; make it first\n"},
        Wrong{"Language",
              {"RING", "--lang", "de"},
              "--lang \"de\" is not known; there are en, zh, fr and es\n"},
        Wrong{"Option", {"RING", "--quite"}, "option \"--quite\" is not known; did you mean \"--quiet\"?"}),
    [](const auto& wrong) { return std::string(wrong.param.name); });

// --- A disk or a folder that does not want to
// -----------------------------------------------------------------------------

TEST_F(Run, AReadOnlyFolderIsOneMessageAndNoFile) {
  fs::create_directory(folder_ / "locked");
  std::vector<std::string> words{programPath(), "run", ring_, "--out", folder_ / "locked/a"};
  fs::permissions(folder_ / "locked", fs::perms::owner_read | fs::perms::owner_exec);
  if (::geteuid() == 0) {
    // Root may write anywhere, so somebody else tries.
    fs::permissions(folder_.path(), fs::perms::all);
    fs::permissions(folder_ / "locked",
                    fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
    if (runProgram({"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-x",
                    programPath()})
            .code)
      GTEST_SKIP() << "the program lies where nobody else can start it";
  }
  const Outcome outcome = runProgram(words);
  fs::permissions(folder_ / "locked", fs::perms::owner_all);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr((folder_ / "locked/a").string()));
  EXPECT_THAT(outcome.err, HasSubstr("Permission denied"));
  EXPECT_THAT(listFolder(folder_ / "locked"), testing::IsEmpty());
}

TEST_F(Run, AFullDiskIsOneMessageAndNoHalfFile) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to mount a small disk";
  const fs::path disk = folder_ / "disk";
  fs::create_directory(disk);
  if (runProgram({"mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk.string()}).code != 0)
    GTEST_SKIP() << "a small disk cannot be mounted here";
  const Outcome outcome = run({ring_, "--out", disk / "a"});
  std::vector<std::string> left = listFolder(disk / "a");
  runProgram({"umount", disk.string()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("No space left on device"));
  for (const std::string& name : left) EXPECT_THAT(name, Not(testing::EndsWith(".partial"))) << name;
}

TEST_F(Run, TwoRunsDoNotShareAFolder) {
  Process first({programPath(), "run", labFile("walk").string(), "--out", folder_ / "a", "--no-picture"});
  // Its summary or its checkpoint does not matter: the folder is held as soon as it is there.
  for (int i = 0; i < 1000 && !fs::exists(folder_ / "a"); ++i) ::usleep(10000);
  ::usleep(200 * 1000);
  const Outcome second = run({labFile("walk").string(), "--out", folder_ / "a", "--steps", "10"});
  EXPECT_EQ(second.code, 2);
  EXPECT_THAT(second.err, HasSubstr("another run is writing to " + (folder_ / "a").string()));
}

}  // namespace
