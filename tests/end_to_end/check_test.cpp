// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using namespace aula::test;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

Outcome check(std::vector<std::string> words, const Start& start = {}) {
  words.insert(words.begin(), "check");
  return runAula(std::move(words), start);
}

TEST(Check, AGoodLabIsOneLineWithItsCost) {
  const Outcome outcome = check({labFile("ring").string()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("ring.lab.json: fine; 5,600 cells, 400 steps, about "));
  EXPECT_EQ(outcome.err, "");
}

TEST(Check, EveryMistakeIsNamedAtOnce) {
  const TemporaryFolder folder;
  std::string text = readText(labFile("ring"));
  const auto replace = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace("\"cell\": \"50 nm\"", "\"cell\": \"50 s\"");
  replace("\"position\": [0, 0]", "\"positoin\": [0, 0]");
  replace("\"frames\": 6", "\"frames\": -6");
  writeText(folder / "bad.lab.json", text);
  const Outcome outcome = check({(folder / "bad.lab.json").string()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("simulation.grid.cell"));
  EXPECT_THAT(outcome.err, HasSubstr("a length is needed"));
  EXPECT_THAT(outcome.err, HasSubstr("simulation.sources[0].position"));
  EXPECT_THAT(outcome.err, HasSubstr("positoin"));
  EXPECT_THAT(outcome.err, HasSubstr("run.frames"));
}

TEST(Check, SeveralLabsAsAList) {
  const TemporaryFolder folder;
  writeText(folder / "broken.lab.json", "{");
  const Outcome outcome = check({labFile("ring").string(), (folder / "broken.lab.json").string(), "--json"});
  EXPECT_EQ(outcome.code, 2);
  const auto json = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(json.size(), 2U);
  EXPECT_TRUE(json[0].at("ok").get<bool>());
  EXPECT_EQ(json[0].at("estimate").at("cells"), 5600);
  EXPECT_EQ(json[0].at("estimate").at("steps"), 400);
  EXPECT_GT(json[0].at("estimate").at("bytes").get<double>(), 5600 * 4);
  EXPECT_FALSE(json[1].at("ok").get<bool>());
  EXPECT_FALSE(json[1].at("errors").empty());
}

TEST(Check, KnobsMayBeTurned) {
  EXPECT_EQ(check({labFile("ring").string(), "--set", "wavelength=2 um"}).code, 0);
  EXPECT_EQ(check({labFile("ring").string(), "--set", "wavelength=3 um"}).code, 2);
}

TEST(Labs, EveryShippedLabIsListedInFourLanguagesAndIsFine) {
  const Outcome english = runAula({"labs", "--json"});
  ASSERT_EQ(english.code, 0) << english.err;
  const auto labs = nlohmann::json::parse(english.out);
  std::vector<std::string> names;
  for (const auto& lab : labs) names.push_back(lab.at("lab"));
  for (const char* name : {"double-slit", "dipole-radiation", "slab", "cavity", "waveguide-cutoff"})
    EXPECT_THAT(names, testing::Contains(name));
  for (const char* language : {"zh", "fr", "es"}) {
    const auto translated = nlohmann::json::parse(runAula({"labs", "--json", "--lang", language}).out);
    ASSERT_EQ(translated.size(), labs.size());
    for (std::size_t i = 0; i < labs.size(); ++i) {
      EXPECT_NE(translated[i].at("title"), labs[i].at("title")) << language;
      EXPECT_NE(translated[i].at("summary"), labs[i].at("summary")) << language;
    }
  }
  std::vector<std::string> words{"check"};
  words.insert(words.end(), names.begin(), names.end());
  const Outcome outcome = runAula(words);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
}

TEST(Labs, AreFoundFromAnotherFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(check({"electromagnetics/double-slit"}, {folder.path(), {}}).code, 0);
}

TEST(Labs, AFolderOfOnesOwnMayBeNamed) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "optics");
  fs::copy(labFile("ring"), folder / "optics/ring.lab.json");
  const Start start{{}, {{"AULA_LABS", folder.path().string()}}};
  const Outcome outcome = runAula({"labs"}, start);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("optics\n  ring "));
  EXPECT_THAT(outcome.out, HasSubstr("--set wavelength=\"1000 nm\"   Wavelength, 500 nm to 2000 nm"));
  EXPECT_EQ(check({"ring"}, start).code, 0);
  const Outcome missing = runAula({"labs"}, {{}, {{"AULA_LABS", "/nonexistent"}}});
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("the labs that come with Aula were not found (looked in /nonexistent)"));
}

}  // namespace
