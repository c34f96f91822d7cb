// SPDX-License-Identifier: Apache-2.0
// `aula render` as a user meets it: files, messages, exit codes, Ctrl-C and --resume.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "end_to_end/process.h"
#include "render/exr.h"
#include "render/png.h"

using namespace aula::test;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Render : public testing::Test {
 protected:
  std::vector<std::string> words(const std::string& out, std::vector<std::string> more = {}) {
    std::vector<std::string> all{
        "render", labFile("ring").string(), "--out", out, "--device", "cpu", "--step", "60"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Outcome render(const std::string& out, std::vector<std::string> more = {}) {
    return runAula(words(out, std::move(more)), start);
  }
  /// Whole tiles of the picture that is being made.
  std::size_t tiles() {
    std::size_t count = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder.path() / "pieces.png.parts", ignored))
      count += entry.path().extension() == ".tile" ? 1 : 0;
    return count;
  }
  /// Nothing but these lies in the folder.
  void expectFiles(const std::vector<std::string>& names) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder.path())) found.push_back(entry.path().filename());
    EXPECT_THAT(found, testing::UnorderedElementsAreArray(names));
  }

  TemporaryFolder folder;
  Start start{.folder = folder.path(), .environment = {{"AULA_VULKAN_DEVICE", "llvmpipe"}}};
};

TEST_F(Render, DrawsAPlaneAtAnySize) {
  const Outcome outcome = render("ring.png", {"--size", "640x400", "--dark", "--colour-map", "ember"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("written: ring.png"));
  const auto image = aula::render::readPng(folder.path() / "ring.png");
  EXPECT_EQ(image.width, 640);
  EXPECT_EQ(image.height, 400);
  EXPECT_LT(image.at(2, 2)[0], 40) << "dark";
  expectFiles({"ring.png"});
}

TEST_F(Render, DrawsASceneTheSameEachTimeInEveryFormat) {
  const std::vector<std::string> scene{"--kind", "scene",  "--size", "96x64",    "--spp",
                                       "4",      "--tile", "40",     "--camera", "-40,50,30"};
  ASSERT_EQ(render("a.png", scene).code, 0);
  ASSERT_EQ(render("b.png", scene).code, 0);
  EXPECT_EQ(bytesOf(folder.path() / "a.png"), bytesOf(folder.path() / "b.png"));
  ASSERT_EQ(render("a.exr", scene).code, 0);
  const auto light = aula::render::readExr(folder.path() / "a.exr");
  EXPECT_EQ(light.width, 96);
  EXPECT_EQ(light.height, 64);
  const auto remarks = aula::render::readExrRemarks(folder.path() / "a.exr");
  EXPECT_EQ(remarks.at("lab"), "ring");
  EXPECT_EQ(remarks.at("step"), "60");
  EXPECT_EQ(remarks.at("samples"), "4");
  ASSERT_EQ(render("raster.png", {"--kind", "scene", "--raster", "--size", "96x64", "--spp", "4"}).code, 0);
  expectFiles({"a.png", "b.png", "a.exr", "raster.png"});
}

TEST_F(Render, MakesAVideoOfSomeFrames) {
  const Outcome outcome = runAula({"render", labFile("ring").string(), "--out", "ring.mp4", "--device", "cpu",
                                   "--frames", "2:4", "--kind", "scene", "--spp", "1", "--size", "64x48"},
                                  start);
  if (outcome.code != 0 && outcome.err.find("no video can be written") != std::string::npos)
    GTEST_SKIP() << outcome.err;
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_GT(fs::file_size(folder.path() / "ring.mp4"), 500U);
  expectFiles({"ring.mp4"});
}

TEST_F(Render, GoesOnAfterCtrlCWithTheSameBits) {
  const std::vector<std::string> scene{"--kind", "scene", "--size", "192x192", "--spp", "96", "--tile", "32"};
  const Outcome whole = render("whole.png", scene);
  ASSERT_EQ(whole.code, 0);
  // Debian 12's own lavapipe traces no rays; such pictures are drawn in one piece.
  if (whole.err.find("cannot trace rays") != std::string::npos) GTEST_SKIP() << whole.err;
  // The command's own words are in no file's name: the same settings under another name.
  int interruptions = 0;
  for (int attempt = 0; attempt < 2; ++attempt) {
    std::vector<std::string> all = words("pieces.png", scene);
    all.insert(all.begin(), programPath());
    if (attempt > 0) all.emplace_back("--resume");
    Process process(all, start);
    // Once a tile more is there: it is at work.
    const std::size_t before = tiles();
    while (process.isRunning() && tiles() <= before)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    process.send(SIGINT);
    const Outcome outcome = process.wait();
    if (outcome.code == 0) break;  // It was done before the signal came.
    ASSERT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_THAT(outcome.err,
                HasSubstr("stopped while tracing; what is done is kept in pieces.png.parts. To go on: "));
    EXPECT_THAT(outcome.err, HasSubstr("--resume"));
    EXPECT_FALSE(fs::exists(folder.path() / "pieces.png"));
    ++interruptions;
  }
  if (!fs::exists(folder.path() / "pieces.png")) {
    // Another picture's tiles are refused.
    std::vector<std::string> other = scene;
    other[5] = "97";
    other.emplace_back("--resume");
    const Outcome refused = render("pieces.png", other);
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(
        refused.err,
        HasSubstr("is of another picture: --spp differs; ask for the same again, or leave out --resume"));
    std::vector<std::string> rest = scene;
    rest.emplace_back("--resume");
    ASSERT_EQ(render("pieces.png", rest).code, 0);
  }
  EXPECT_GT(interruptions, 0) << "too fast a machine for this test: give it more samples";
  EXPECT_EQ(bytesOf(folder.path() / "whole.png"), bytesOf(folder.path() / "pieces.png"));
  expectFiles({"whole.png", "pieces.png"});
}

struct Wrong {
  std::vector<std::string> words;
  std::string message;
};

TEST_F(Render, RefusesWhatCannotBeMeantAndLeavesNothing) {
  const std::string lab = labFile("ring").string();
  const Wrong cases[] = {
      {{lab, "--size", "0x0"},
       "--size \"0x0\" is not WIDTHxHEIGHT in pixels, 16 to 65536 each, for example 7680x4320"},
      {{lab, "--size", "640"}, "--size \"640\" is not WIDTHxHEIGHT"},
      {{lab, "--out", "ring.jpg"}, "--out \"ring.jpg\" must end in .png, .exr or .mp4"},
      {{lab, "--out", "none/ring.png"}, "--out: there is no folder \"none\"; make it first"},
      {{lab, "--video", "--out", "ring.png"}, "--video: --out \"ring.png\" must end in .mp4"},
      {{lab, "--view", "feild", "--step", "5"}, "--view \"feild\" is not in the picture; there is field"},
      {{lab, "--colour-map", "rainbow"}, "rainbow"},
      {{lab, "--camera", "up"}, "is neither AZIMUTH,ELEVATION[,FIELD OF VIEW] in degrees"},
      {{lab, "--camera", "0,91"}, "is neither AZIMUTH,ELEVATION[,FIELD OF VIEW] in degrees"},
      {{lab, "--kind", "photo"}, "--kind \"photo\" is not there; there are auto, plane, figure and scene"},
      {{lab, "--path-trace", "--raster"}, "--path-trace and --raster exclude each other"},
      {{lab, "--path-trace", "--step", "5"},
       "--path-trace is for scenes; this picture is a plane: add --kind scene"},
      {{lab, "--time", "5 kg"}, "--time: "},
      {{lab, "--step", "5", "--time", "1 fs"}, "--step and --time both say when"},
      {{lab, "--frames", "2:3"}, "--frames is for videos; let --out end in .mp4"},
      {{"rnig"}, "there is no lab and no file \"rnig\""},
  };
  for (const Wrong& wrong : cases) {
    std::vector<std::string> all{"render"};
    all.insert(all.end(), wrong.words.begin(), wrong.words.end());
    const Outcome outcome = runAula(all, start);
    EXPECT_EQ(outcome.code, 2) << wrong.message;
    EXPECT_THAT(outcome.err, HasSubstr(wrong.message));
    expectFiles({});
  }
}

TEST_F(Render, ADiskThatIsFullIsTold) {
  // A file may have no more than 8 KiB: what a full disk looks like to a process.
  const Outcome outcome = runProgram(
      {"/bin/sh", "-c", "ulimit -f 8; exec \"$0\" render \"$1\" --step 20 --size 400x300 --out full.png",
       programPath(), labFile("ring").string()},
      start);
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("larger than this process or file system allows"));
  EXPECT_FALSE(fs::exists(folder.path() / "full.png"));
  EXPECT_FALSE(fs::exists(folder.path() / "full.png.partial"));
}

}  // namespace
