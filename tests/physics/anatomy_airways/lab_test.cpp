// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/kind/kinds.h"
#include "lab/lab.h"
#include "lab/session/checked_lab.h"
#include "lab/session/session.h"

/// The lab spirometry-and-obstruction: what it promises, and what its knobs do.
namespace aula::tests {
namespace {

const std::string kLab = std::string(AULA_SOURCE_DIR) + "/labs/anatomy/spirometry-and-obstruction";

lab::RunRecord run(const std::vector<std::pair<std::string, std::string>>& knobs, double until) {
  lab::Registry registry;
  registry.add(anatomy::makeBreathingKind());
  lab::SessionOptions options;
  options.device.kind = compute::DeviceKind::cpu;
  options.frames = 0;
  options.until = until;
  lab::Session session(lab::checkLab(lab::Lab::read(kLab + ".lab.json", knobs), registry), options);
  return session.run();
}

const lab::MeasurementResult& resultOf(const lab::RunRecord& record, const std::string& name) {
  for (const lab::MeasurementResult& result : record.results)
    if (result.name == name) return result;
  throw std::runtime_error("no measurement " + name);
}

double valueOf(const lab::RunRecord& record, const std::string& name) {
  const lab::MeasurementResult& result = resultOf(record, name);
  EXPECT_EQ(result.problem, "") << name;
  return result.values.at(0);
}

/// The forced breath is over at 12.5 s.
constexpr double kForced = 12.6;

TEST(SpirometryLab, HealthyLungsMeetWhatItPromises) {
  const lab::RunRecord record = run({}, 0);
  int checked = 0;
  for (const lab::MeasurementResult& result : record.results) {
    EXPECT_EQ(result.problem, "") << result.name;
    if (!result.expected) continue;
    ++checked;
    EXPECT_TRUE(result.isMet().value_or(false))
        << result.name << ": " << result.values.at(0) << " " << result.unit;
  }
  EXPECT_EQ(checked, 6);
  // 27 % of the lungs, and a little more of a quiet breath, since it lies low.
  EXPECT_NEAR(valueOf(record, "right_lower_share"), 30, 5);
}

TEST(LongSpirometryLab, KnobsMakeTheDiseasesTheyAreNamedAfter) {
  const lab::RunRecord narrow = run({{"narrowing", "0.6"}}, kForced);
  EXPECT_LT(valueOf(narrow, "ratio"), 0.70);
  EXPECT_GT(valueOf(narrow, "resistance"), 2);
  EXPECT_FALSE(resultOf(narrow, "ratio").isMet().value_or(true));
  const lab::RunRecord slack = run({{"emphysema", "0.8"}}, kForced);
  EXPECT_LT(valueOf(slack, "ratio"), 0.70);
  EXPECT_GT(valueOf(slack, "forced_capacity"), 3.8);
  const lab::RunRecord stiff = run({{"fibrosis", "0.8"}}, kForced);
  EXPECT_GT(valueOf(stiff, "ratio"), 0.80);
  EXPECT_LT(valueOf(stiff, "forced_capacity"), 3.6);
}

TEST(LongSpirometryLab, ABlockedBronchusCostsItsLobesShare) {
  const lab::RunRecord open = run({}, kForced), blocked = run({{"right_lower_bronchus", "0"}}, kForced);
  EXPECT_LT(valueOf(blocked, "right_lower_share"), 0.01);
  // The lobe is 27 % of the lungs. The chest's muscles then stretch what is left further, which gives some
  // back.
  const double lost = 1 - valueOf(blocked, "forced_capacity") / valueOf(open, "forced_capacity");
  EXPECT_GT(lost, 0.10);
  EXPECT_LT(lost, 0.30);
}

// Every knob at both ends of its range still runs and gives numbers.
TEST(LongSpirometryLab, RunsAtTheEndsOfItsKnobs) {
  const auto lab = lab::Lab::read(kLab + ".lab.json");
  for (const lab::Knob& knob : lab->knobs())
    for (const double end : {knob.lower, knob.upper}) {
      std::ostringstream value;
      value.precision(17);
      value << end << (knob.name == "effort" ? " Pa" : knob.name == "rate" ? " 1/s" : "");
      const lab::RunRecord record = run({{knob.name, value.str()}}, kForced);
      for (const lab::MeasurementResult& result : record.results) {
        EXPECT_EQ(result.problem, "") << knob.name << " " << end << ": " << result.name;
        EXPECT_TRUE(std::isfinite(result.values.at(0))) << knob.name << " " << end << ": " << result.name;
      }
      EXPECT_GT(valueOf(record, "ratio"), 0.2) << knob.name << " " << end;
    }
}

TEST(SpirometryLab, SpeaksFourLanguages) {
  const auto lab = lab::Lab::read(kLab + ".lab.json");
  const auto all = [](const lab::LocalText& text, const std::string& where) {
    EXPECT_EQ(text.byLanguage.size(), 4U) << where;
  };
  all(lab->title(), "title");
  all(lab->summary(), "summary");
  for (const lab::Knob& knob : lab->knobs()) all(knob.label, knob.name);
  for (const lab::Activity& activity : lab->activities()) {
    all(activity.title, activity.id);
    all(activity.text, activity.id);
    for (const lab::Choice& choice : activity.choices) all(choice.text, activity.id + " " + choice.id);
  }
  for (const char* language : {"en", "zh", "fr", "es"}) {
    std::ifstream lesson(kLab + "." + language + ".md");
    std::ostringstream text;
    text << lesson.rdbuf();
    EXPECT_GT(text.str().size(), 1200U) << language;
  }
}

}  // namespace
}  // namespace aula::tests
