// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "anatomy/kind/kinds.h"
#include "lab/activity/answer_check.h"
#include "lab/session/catalogue.h"
#include "lab/session/checked_lab.h"

using namespace aula;
namespace fs = std::filesystem;

namespace {

const fs::path kFolder = fs::path(AULA_SOURCE_DIR) / "labs/anatomy";
const char* const kLanguages[] = {"en", "zh", "fr", "es"};

lab::CheckedLab identification() {
  lab::Registry registry;
  registry.add(anatomy::makeAtlasKind());
  return lab::checkLab(lab::Lab::load(kFolder / "upper-limb-identification.lab.json"), registry);
}

TEST(UpperLimbIdentification, AcceptsEveryNameOfWhatItAsksFor) {
  const lab::CheckedLab checked = identification();
  const lab::Catalogue& catalogue = *checked.catalogue;
  int pins = 0, finds = 0, choices = 0;
  for (const lab::Activity& activity : checked.lab->activities()) {
    const auto verdict = [&](const std::string& answer) {
      return lab::checkAnswer(activity, answer, *checked.lab, {}, catalogue, "en").verdict;
    };
    if (activity.answer == lab::AnswerKind::choice) {
      ++choices;
      for (const lab::Choice& choice : activity.choices)
        EXPECT_EQ(verdict(choice.id) == lab::Verdict::correct, choice.isCorrect) << activity.id;
    }
    if (activity.answer != lab::AnswerKind::structure) continue;
    ++(activity.hasPin ? pins : finds);
    const lab::Structure* asked = catalogue.find(activity.structure);
    ASSERT_NE(asked, nullptr) << activity.id;
    for (const char* language : kLanguages)
      EXPECT_EQ(verdict(asked->name.in(language)), lab::Verdict::correct) << activity.id << " " << language;
    EXPECT_EQ(verdict(asked->latin), lab::Verdict::correct) << activity.id;
    std::set<std::string> right;
    for (const lab::Structure* below : catalogue.branch(asked->id)) right.insert(below->id);
    for (const lab::Structure& other : catalogue.all()) {
      // Pointing at any part of what is asked for will do; other names are wrong.
      if (!activity.hasPin && other.isDrawn) {
        EXPECT_EQ(verdict(other.id) == lab::Verdict::correct, right.contains(other.id)) << activity.id;
      }
      if (other.id == asked->id) continue;
      EXPECT_NE(verdict(other.name.in("en")), lab::Verdict::correct) << activity.id << " " << other.id;
    }
  }
  EXPECT_GE(pins, 6);
  EXPECT_GE(finds, 6);
  EXPECT_GE(choices, 4);
}

TEST(UpperLimbIdentification, SpeaksFourLanguages) {
  const lab::CheckedLab checked = identification();
  for (const char* language : kLanguages) {
    EXPECT_TRUE(checked.lab->title().byLanguage.contains(language));
    EXPECT_TRUE(checked.lab->summary().byLanguage.contains(language));
    EXPECT_TRUE(fs::exists(kFolder / (checked.lab->lesson() + "." + language + ".md"))) << language;
    for (const lab::Knob& knob : checked.lab->knobs()) EXPECT_TRUE(knob.label.byLanguage.contains(language));
    for (const lab::Activity& activity : checked.lab->activities()) {
      EXPECT_TRUE(activity.title.byLanguage.contains(language)) << activity.id;
      EXPECT_TRUE(activity.text.byLanguage.contains(language)) << activity.id;
      EXPECT_TRUE(activity.hint.byLanguage.empty() || activity.hint.byLanguage.contains(language))
          << activity.id;
      for (const lab::Choice& choice : activity.choices)
        EXPECT_TRUE(choice.text.byLanguage.contains(language)) << activity.id << " " << choice.id;
    }
  }
}

}  // namespace
