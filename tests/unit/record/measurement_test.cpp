// SPDX-License-Identifier: Apache-2.0
#include "lab/record/measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"
#include "unit/record/sample_record.h"

namespace aula::lab {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<InstrumentOutline> kOutlines{
    {"screen", {{"intensity", "W/m2", {"y"}, {"m"}}, {"power", "W", {}, {}}}},
    {"probe", {{"ez", "V/m", {"time"}, {"s"}}, {"transmission", "1", {"angle", "frequency"}, {"rad", "Hz"}}}},
    {"slice", {{"ez", "V/m", {"z", "y", "x"}, {"m", "m", "m"}}}}};

struct Outcome {
  std::vector<MeasurementResult> results;
  std::string problems;
};

Outcome measure(const std::string& measurements) {
  std::string json = test::kSampleLab;
  json.replace(json.find("\"run\":"), 6, "\"measurements\": {" + measurements + "}, \"run\":");
  const auto lab = Lab::readText(json, "m.lab.json");
  const MeasurementPlan plan(*lab, kOutlines);
  Outcome outcome;
  for (const std::string& error : lab->diagnostics().errors()) outcome.problems += error + "\n";
  if (outcome.problems.empty()) outcome.results = plan.evaluate(test::sampleRecord({}).data);
  return outcome;
}

TEST(Measurement, fringeSpacingAgainstAnExpectation) {
  const Outcome outcome = measure(R"(
    "spacing": {"title": "Fringe spacing", "instrument": "screen", "dataset": "intensity", "reduce": "peak_spacing",
                "count": 3, "unit": "um", "expected": "10 * wavelength", "tolerance": "2 %"},
    "wrong": {"instrument": "screen", "dataset": "intensity", "reduce": "peak_spacing", "count": 3, "unit": "um",
              "expected": "11 * wavelength", "tolerance": "100 nm"},
    "ratio": {"value": "spacing / wavelength", "unit": "1"})");
  EXPECT_EQ(outcome.problems, "");
  ASSERT_EQ(outcome.results.size(), 3U);
  const MeasurementResult& spacing = outcome.results[0];
  EXPECT_EQ(spacing.title.in("en"), "Fringe spacing");
  EXPECT_EQ(spacing.unit, "um");
  // Fringes of 5 um under exp(-y^2 / 1600 um^2): peaks are pulled inwards by 1 / (1600 (pi / 5)^2) = 0.16 %, 0.008 um.
  EXPECT_NEAR(spacing.values.at(0), 5 - 0.008, 1e-3);
  EXPECT_THAT(*spacing.expected, ElementsAre(DoubleNear(5, 1e-12)));
  EXPECT_NEAR(spacing.tolerances.at(0), 0.1, 1e-12);
  EXPECT_EQ(spacing.isMet(), true);
  EXPECT_NEAR(outcome.results[1].tolerances.at(0), 0.1, 1e-12);
  EXPECT_EQ(outcome.results[1].isMet(), false);
  EXPECT_NEAR(outcome.results[2].values.at(0), spacing.values[0] * 1e-6 / 500e-9, 1e-9);
  EXPECT_FALSE(outcome.results[2].isMet().has_value());
}

TEST(Measurement, selectsByOtherAxes) {
  const Outcome outcome = measure(R"(
    "at30": {"instrument": "probe", "dataset": "transmission", "at": {"angle": "30 deg"}, "reduce": "maximum"},
    "row": {"instrument": "slice", "at": {"y": "0 um"}, "along": "x", "between": ["10 um", "20 um"], "reduce": "first",
            "unit": "V/m"},
    "number": {"instrument": "screen", "dataset": "power", "reduce": "last", "unit": "mW"})");
  EXPECT_EQ(outcome.problems, "");
  ASSERT_EQ(outcome.results.size(), 3U);
  const double r = std::hypot(1e-5, 5e-6) + 1e-6;
  EXPECT_NEAR(outcome.results[1].values.at(0), 2e-3 * std::cos(1.2e6 * r) / std::sqrt(r), 1e-6);  // float
  EXPECT_DOUBLE_EQ(outcome.results[2].values.at(0), 250);
}

TEST(Measurement, listsAndTheirEntries) {
  const Outcome outcome = measure(R"(
    "fringes": {"instrument": "screen", "dataset": "intensity", "reduce": "peak_positions", "count": 3, "unit": "um",
                "expected": ["-5 um", "0 um", "5 um"], "tolerance": "0.02 um"},
    "second": {"instrument": "screen", "dataset": "intensity", "reduce": "peak_positions", "count": 3, "unit": "um",
               "index": 1},
    "dark": {"instrument": "screen", "dataset": "intensity", "between": ["-4 um", "4 um"], "reduce": "trough_positions",
             "unit": "um"},
    "fourth": {"instrument": "screen", "dataset": "intensity", "reduce": "peak_positions", "count": 3, "unit": "um",
               "index": 3},
    "after": {"value": "2 * fourth", "unit": "um"})");
  EXPECT_EQ(outcome.problems, "");
  ASSERT_EQ(outcome.results.size(), 5U);
  EXPECT_TRUE(outcome.results[0].isList);
  EXPECT_EQ(outcome.results[0].values.size(), 3U);
  EXPECT_EQ(outcome.results[0].isMet(), true);
  EXPECT_FALSE(outcome.results[1].isList);
  EXPECT_NEAR(outcome.results[1].values.at(0), 0, 1e-6);
  ASSERT_EQ(outcome.results[2].values.size(), 2U);
  EXPECT_NEAR(outcome.results[2].values[1], 2.5, 1e-2);  // Zeros of the cosine: no envelope moves them.
  EXPECT_THAT(outcome.results[3].problem, HasSubstr("only 3 values were found"));
  EXPECT_TRUE(outcome.results[3].values.empty());
  EXPECT_FALSE(outcome.results[4].problem.empty());
}

TEST(Measurement, ratiosOfDatasets) {
  const Outcome outcome = measure(R"(
    "one": {"instrument": "screen", "dataset": "intensity",
            "divide_by": {"instrument": "screen", "dataset": "intensity"},
            "between": ["-1 um", "1 um"], "reduce": "mean", "unit": "%"})");
  EXPECT_EQ(outcome.problems, "");
  EXPECT_NEAR(outcome.results.at(0).values.at(0), 100, 1e-10);
}

TEST(Measurement, resonancesOfASignal) {
  // Over 1 / 15 of the pulse's width around its top it is a line of 600 THz.
  const Outcome outcome = measure(R"(
    "line": {"instrument": "probe", "dataset": "ez", "between": ["9e-14 s", "11e-14 s"],
             "reduce": "resonance_frequencies", "lower": "300 THz", "upper": "900 THz", "count": 1, "index": 0,
             "unit": "THz", "expected": "600 THz", "tolerance": "2 %"})");
  EXPECT_EQ(outcome.problems, "");
  EXPECT_EQ(outcome.results.at(0).problem, "");
  EXPECT_EQ(outcome.results.at(0).isMet(), true);
}

TEST(Measurement, problemsNameThePlace) {
  const auto problems = [](const std::string& node) { return measure("\"m\": {" + node + "}").problems; };
  EXPECT_THAT(
      problems(R"("instrument": "probe", "dataset": "ez", "reduce": "maximum", "unit": "V/m", "at": {"tme": "1 s"})"),
      HasSubstr("measurements.m.at.tme: \"tme\" is not an axis of \"ez\"; did you mean \"time\"?"));
  EXPECT_THAT(
      problems(R"("instrument": "probe", "dataset": "ez", "reduce": "value_at", "position": "1 m", "unit": "V/m")"),
      HasSubstr("measurements.m.position"));
  EXPECT_THAT(problems(R"("reduce": "maximum")"), HasSubstr("measurements.m.instrument: missing"));
  EXPECT_THAT(problems(R"("instrument": "probe", "reduce": "maximum")"),
              HasSubstr("measurements.m.dataset: missing; there are ez and transmission"));
  EXPECT_THAT(problems(R"("value": "later", "unit": "1")"), HasSubstr("measurements.m.value"));
  EXPECT_THAT(problems(R"("instrument": "screen", "dataset": "power", "reduce": "integral", "unit": "W")"),
              HasSubstr("needs an axis"));
}

}  // namespace
}  // namespace aula::lab
