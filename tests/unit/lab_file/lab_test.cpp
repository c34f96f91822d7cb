// SPDX-License-Identifier: Apache-2.0
#include "lab/lab.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "lab_text.h"

namespace aula::lab {
namespace {

TEST(Lab, ReadsItsSections) {
  const auto lab = Lab::parse(
      R"({"$schema": "s", "comment": ["any", "thing"], "aula": 1, "title": {"en": "Slits", "zh": "双缝"},
          "summary": "Light", "lesson": "double-slit", "simulation": {"kind": "fdtd"}, "scene": {},
          "instruments": {"screen": {"kind": "line"}, "probe": {"kind": "probe"}},
          "measurements": {"spacing": {}},
          "activities": [{"id": "look", "title": "Look", "text": "What do you see?", "kind": "question"}],
          "run": {"duration": "20 fs", "frames": 30, "video": true, "size": [640, 480], "record": ["probe"]}})",
      "some/folder/double-slit.lab.json");
  EXPECT_EQ(lab->id(), "double-slit");
  EXPECT_EQ(lab->title().in("zh"), "双缝");
  EXPECT_EQ(lab->summary().in("fr"), "Light");
  EXPECT_EQ(lab->lesson(), "double-slit");
  EXPECT_EQ(lab->simulationKind(), "fdtd");
  EXPECT_EQ(lab->run().duration, 20e-15);
  EXPECT_EQ(lab->run().steps, 0);
  EXPECT_EQ(lab->run().frames, 30);
  EXPECT_TRUE(lab->run().hasVideo);
  EXPECT_EQ(lab->run().width, 640);
  EXPECT_EQ(lab->run().record, (std::vector<std::string>{"probe"}));
  ASSERT_EQ(lab->instruments().size(), 2U);
  EXPECT_EQ(lab->instruments()[0].first, "screen");
  ASSERT_EQ(lab->measurements().size(), 1U);
  EXPECT_EQ(lab->measurements()[0].name, "spacing");
  ASSERT_EQ(lab->activities().size(), 1U);
  EXPECT_TRUE(lab->activities()[0].isQuestion);
}

TEST(Lab, ReportsEverythingAtOnce) {
  EXPECT_EQ(
      problemsOf(R"({"aula": 1, "simulation": {}, "run": {"steps": 1, "duration": "1 s", "video": true,
                           "size": [641, 480], "record": ["scren"]}, "instruments": {"screen": {}, "Bad name": {}},
                           "lesson": "../secret", "activities": [{"id": "a", "text": "x"}, {"id": "a"}]})"),
      "t: title: missing; a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", \"es\"\n"
      "t: lesson: \"../secret\" is no name of a lesson: small letters, digits, \"_\" and \"-\" are possible; "
      "the "
      "texts are NAME.en.md and so on beside the lab file\n"
      "t: simulation.kind: missing; a text is needed\n"
      "t: instruments[\"Bad name\"]: this name of an instrument cannot be used; small letters, digits, \"_\" "
      "and "
      "\"-\" are possible, a letter first, 64 at most\n"
      "t: run: both \"steps\" and \"duration\" are given; one of them says how long the run is\n"
      "t: run.video: a video needs \"frames\": how many pictures it shall have, for example 120\n"
      "t: run.size: two even whole numbers are needed, [width, height] in pixels, for example [1280, 720]\n"
      "t: run.record[0]: there is no instrument called \"scren\"; did you mean \"screen\"?\n"
      "t: activities[1].id: \"a\" is the id of an earlier activity already\n"
      "t: activities[1].text: missing; a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", "
      "\"es\"");
}

TEST(Lab, KnowsItsFormat) {
  EXPECT_EQ(
      problemsOf(R"({"aula": 2, "anything": 1})"),
      "t: aula: the file has format version 2, and this program reads version 1; a newer Aula is needed");
  EXPECT_EQ(problemsOf(R"({"title": "x", "simulation": {"kind": "k"}, "run": {"steps": 1}})"),
            "t: aula: missing; the format's version is needed: \"aula\": 1");
  EXPECT_EQ(problemsOf(R"({"aula": "1.0", "title": "x", "simulation": {"kind": "k"}, "run": {"steps": 1}})"),
            "");
  EXPECT_EQ(problemsOf(R"({"aula": 0, "title": "x", "simulation": {"kind": "k"}, "run": {"steps": 1}})"),
            "t: aula: the number 0 stands where a whole number from 1 to 1 is needed");
}

TEST(Lab, NeedsALength) {
  EXPECT_EQ(problemsOf(R"({"aula": 1, "title": "x", "simulation": {"kind": "k"}, "run": {}})"),
            "t: run: neither \"steps\" nor \"duration\" is given; one of them says how long the run is");
  EXPECT_EQ(problemsOf(R"({"aula": 1, "title": "x", "simulation": {"kind": "k"}})"),
            "t: run: missing; an object {...} is needed");
  EXPECT_EQ(
      problemsOf(R"({"aula": 1, "title": "x", "simulation": {"kind": "k"}, "run": {"duration": "-1 s"}})"),
      "t: run.duration: \"-1 s\" must be greater than 0 s");
}

TEST(Lab, SaysWhyAFileCannotBeRead) {
  const auto messageOf = [](const std::filesystem::path& file) {
    try {
      (void)Lab::load(file);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.exitCode(), 2);
      return std::string(error.what());
    }
    return std::string();
  };
  const std::filesystem::path folder = testing::TempDir();
  EXPECT_EQ(messageOf(folder / "none.lab.json"),
            (folder / "none.lab.json").string() + ": there is no such file");
  EXPECT_EQ(messageOf(folder), folder.string() + ": this is a folder; name the .lab.json file in it");
  EXPECT_EQ(messageOf("/dev/null"), "/dev/null: this is no ordinary file");
  const std::filesystem::path large = folder / "large.lab.json";
  std::ofstream(large) << std::string((4 << 20) + 1, ' ');
  EXPECT_EQ(messageOf(large), large.string() + ": the file is larger than 4 MiB");
  std::filesystem::remove(large);
}

TEST(Lab, KeepsItsSource) {
  const std::string text = labText();
  EXPECT_EQ(readLab(text)->sourceText(), text);
}

TEST(Lab, ReadsAByteOrderMark) {
  EXPECT_EQ(problemsOf("\xEF\xBB\xBF" + labText()), "");
}

}  // namespace
}  // namespace aula::lab
