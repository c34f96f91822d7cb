// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "desktop/model/layers.h"
#include "desktop/model/preferences.h"
#include "desktop/words.h"
#include "support/scratch_folder.h"

namespace {

using namespace aula;
namespace fs = std::filesystem;

TEST(DesktopWords, EveryWordIsThereInEveryLanguageWithTheSamePlaces) {
  for (int i = 0; i < static_cast<int>(desktop::Word::count); ++i) {
    const auto word = static_cast<desktop::Word>(i);
    const auto places = [](std::string text) {
      int count = 0;
      for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at + 2)) ++count;
      return count;
    };
    const std::string english = desktop::word(word, "en");
    for (const desktop::Language& language : desktop::languages()) {
      const std::string text = desktop::word(word, language.code);
      EXPECT_NE(text, "") << english << " in " << language.code;
      EXPECT_EQ(places(text), places(english)) << english << " in " << language.code;
    }
  }
  EXPECT_STREQ(desktop::word(desktop::Word::run, "xx"), "Run");
}

TEST(DesktopWords, FillPutsValuesInOrder) {
  EXPECT_EQ(desktop::fill("{} of {}", {"1", "2"}), "1 of 2");
  EXPECT_EQ(desktop::fill("{} of {}", {"1"}), "1 of {}");
  EXPECT_EQ(desktop::fill("nothing", {"1"}), "nothing");
}

TEST(DesktopPreferences, ComeBackAsTheyWereKept) {
  desktop::Preferences chosen;
  chosen.language = "zh";
  chosen.theme = desktop::ThemeName::highContrast;
  chosen.scalePercent = 150;
  chosen.colours = desktop::ValueColours::colourBlindSafe;
  chosen.quality = 3;
  chosen.hasLayersPanel = false;
  chosen.picturesFolder = "/tmp/a folder";
  EXPECT_EQ(desktop::parsePreferences(desktop::preferencesText(chosen)), chosen);
}

TEST(DesktopPreferences, WhatCannotBeIsPassedOver) {
  const desktop::Preferences usual;
  EXPECT_EQ(
      desktop::parsePreferences("language xx\ntheme purple\nscale 5000\nscale twelve\nquality -1\nlayers 7\n"
                                "pictures relative\nnonsense\n\x01\x02\nwidth 1"),
      usual);
}

TEST(DesktopRecentLabs, NewestFirstEachOnce) {
  desktop::RecentLabs labs("/a.lab.json\nrelative.lab.json\n/b.lab.json\n/a.lab.json\n");
  EXPECT_EQ(labs.files(), (std::vector<fs::path>{"/a.lab.json", "/b.lab.json"}));
  labs.open("/b.lab.json");
  labs.open("/c/../d.lab.json");
  EXPECT_EQ(labs.files(), (std::vector<fs::path>{"/d.lab.json", "/b.lab.json", "/a.lab.json"}));
  for (int i = 0; i < 50; ++i) labs.open("/lab" + std::to_string(i));
  EXPECT_EQ(labs.files().size(), desktop::RecentLabs::kMost);
  EXPECT_EQ(desktop::RecentLabs(labs.text()).files(), labs.files());
}

TEST(DesktopStateStore, KeepsAndTellsOnceWhatItCannot) {
  const test::ScratchFolder folder;
  desktop::StateStore store(folder.path() / "state");
  desktop::Preferences chosen;
  chosen.scalePercent = 130;
  store.keep(chosen);
  EXPECT_EQ(store.takeProblem(), "");
  EXPECT_EQ(store.preferences(), chosen);

  // A file stands where the folder should be.
  std::ofstream(folder.path() / "file") << "in the way";
  desktop::StateStore blocked(folder.path() / "file");
  blocked.keep(chosen);
  EXPECT_NE(blocked.takeProblem(), "");
  blocked.keep(chosen);
  EXPECT_EQ(blocked.takeProblem(), "");
  EXPECT_EQ(blocked.preferences(), desktop::Preferences());
}

scene::Frame frameOfThree() {
  scene::Frame frame;
  scene::MeshView heart;
  heart.name = "heart";
  scene::LinesView box;
  box.name = "box";
  scene::VolumeView field;
  field.name = "field";
  field.quantity.name = "Electric field";
  frame.views = {heart, box, field};
  return frame;
}

TEST(DesktopLayers, FieldsComeFirstAndChoicesStay) {
  desktop::Layers layers;
  layers.follow(frameOfThree());
  ASSERT_EQ(layers.all().size(), 3U);
  EXPECT_EQ(layers.all()[0].title, "Electric field");
  EXPECT_EQ(layers.all()[1].title, "Heart");
  EXPECT_TRUE(layers.all()[1].hasOpacity);
  EXPECT_FALSE(layers.all()[2].hasOpacity);
  layers.show("heart", false);
  layers.follow(scene::Frame());  // Gone for a moment.
  layers.follow(frameOfThree());
  EXPECT_FALSE(layers.all()[1].isVisible);
}

TEST(DesktopLayers, ApplyHidesAndThinsWithoutCopyingWhatIsPlain) {
  const auto frame = std::make_shared<const scene::Frame>(frameOfThree());
  desktop::Layers layers;
  layers.follow(*frame);
  EXPECT_EQ(layers.apply(frame), frame);
  layers.show("box", false);
  layers.setOpacity("heart", 0.25);
  const auto shown = layers.apply(frame);
  ASSERT_EQ(shown->views.size(), 2U);
  EXPECT_FLOAT_EQ(std::get<scene::MeshView>(shown->views[0]).material.opacity, 0.25F);
  EXPECT_FLOAT_EQ(std::get<scene::MeshView>(frame->views[0]).material.opacity, 1);
  EXPECT_EQ(layers.apply(nullptr), nullptr);
}

}  // namespace
