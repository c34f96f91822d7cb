// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "lab_text.h"

namespace aula::lab {
namespace {

const std::string kTwoKnobs =
    "{\"wavelength\": {\"default\": \"532 nm\", \"range\": [\"400 nm\", \"700 nm\"], \"unit\": \"nm\"},"
    " \"slit_width\": {\"default\": \"4 * wavelength\", \"range\": [\"wavelength\", \"50 um\"], \"unit\": "
    "\"um\","
    " \"live\": true, \"label\": {\"en\": \"Slit width\", \"fr\": \"Largeur de fente\"}}}";

std::string problemsOfKnobs(const std::string& knobs, const Settings& settings = {}) {
  return problemsOf(labText("{\"kind\": \"test\"}", knobs), settings);
}

TEST(Knob, HasAValueARangeAndALabel) {
  const auto lab = readLab(labText("{\"kind\": \"test\"}", kTwoKnobs));
  EXPECT_EQ(errorsOf(*lab), "");
  ASSERT_EQ(lab->knobs().size(), 2U);
  const Knob& wavelength = lab->knobs()[0];
  EXPECT_EQ(wavelength.name, "wavelength");
  EXPECT_EQ(wavelength.unit, "nm");
  EXPECT_EQ(wavelength.value, 532e-9);
  EXPECT_EQ(wavelength.lower, 400e-9);
  EXPECT_EQ(wavelength.upper, 700e-9);
  EXPECT_FALSE(wavelength.isLive);
  const Knob& width = lab->knobs()[1];
  EXPECT_EQ(width.value, 4 * 532e-9);
  EXPECT_EQ(width.lower, 532e-9);
  EXPECT_TRUE(width.isLive);
  EXPECT_EQ(width.label.in("fr"), "Largeur de fente");
  EXPECT_EQ(width.label.in("zh"), "Slit width");
}

TEST(Knob, IsSetFromOutside) {
  const auto lab = readLab(labText("{\"kind\": \"test\"}", kTwoKnobs), {{"wavelength", "0.6 um"}});
  EXPECT_EQ(errorsOf(*lab), "");
  EXPECT_EQ(lab->knobs()[0].value, 600e-9);
  EXPECT_EQ(lab->knobs()[0].defaultValue, 532e-9);
  EXPECT_EQ(lab->knobs()[1].value, 4 * 600e-9);  // Follows.
  EXPECT_EQ(readLab(labText("{\"kind\": \"test\"}", kTwoKnobs), {{"slit_width", "10 * wavelength"}})
                ->knobs()[1]
                .value,
            10 * 532e-9);
}

TEST(Knob, ChecksWhatIsSet) {
  EXPECT_EQ(problemsOfKnobs(kTwoKnobs, {{"wavelength", "20 s"}}),
            "t: --set wavelength: \"20 s\" is a time, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problemsOfKnobs(kTwoKnobs, {{"wavelength", "600"}}),
            "t: --set wavelength: \"600\" is a pure number, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problemsOfKnobs(kTwoKnobs, {{"wavelength", "2 um"}}),
            "t: --set wavelength: 2000 nm is outside the knob's range from 400 nm to 700 nm");
  EXPECT_EQ(problemsOfKnobs(kTwoKnobs, {{"wave_length", "600 nm"}}),
            "t: --set wave_length: there is no knob called \"wave_length\"; did you mean \"wavelength\"?");
  EXPECT_EQ(problemsOfKnobs(kTwoKnobs, {{"wavelength", "\xFF"}}),
            "t: --set wavelength: the value is not UTF-8");
  EXPECT_EQ(problemsOfKnobs("{}", {{"x", "1"}}),
            "t: --set x: there is no knob called \"x\"; the lab has no knobs");
}

TEST(Knob, MayUseOthersInAnyOrder) {
  const auto lab =
      readLab(labText("{\"kind\": \"test\"}",
                      "{\"first\": {\"default\": \"2 * other\", \"range\": [0, \"1 m\"], \"unit\": \"mm\"},"
                      " \"other\": {\"default\": \"3 mm\", \"range\": [0, \"1 m\"], \"unit\": \"mm\"}}"));
  EXPECT_EQ(errorsOf(*lab), "");
  EXPECT_EQ(lab->knobs()[0].value, 6e-3);
}

TEST(Knob, NamesTheCircle) {
  EXPECT_EQ(
      problemsOfKnobs("{\"one\": {\"default\": \"two\", \"range\": [0, \"1 m\"], \"unit\": \"m\"},"
                      " \"two\": {\"default\": \"1 m + three\", \"range\": [0, \"1 m\"], \"unit\": \"m\"},"
                      " \"three\": {\"default\": \"one / 2\", \"range\": [0, \"1 m\"], \"unit\": \"m\"},"
                      " \"user\": {\"default\": \"one\", \"range\": [0, \"1 m\"], \"unit\": \"m\"}}"),
      "t: knobs.one.default: the knobs' values go in a circle: one -> two -> three -> one");
  EXPECT_EQ(
      problemsOfKnobs("{\"one\": {\"default\": \"one + 1 m\", \"range\": [0, \"1 m\"], \"unit\": \"m\"}}"),
      "t: knobs.one.default: the knobs' values go in a circle: one -> one");
}

TEST(Knob, SaysWhatIsWrong) {
  EXPECT_EQ(
      problemsOfKnobs("{\"gap\": {\"default\": \"1 m\", \"range\": [\"2 m\", \"1 m\"], \"unit\": \"m\"}}"),
      "t: knobs.gap.range: from 2 m to 1 m is no range; two values are needed, the smaller one first: "
      "[lowest, highest]; for each a "
      "length is "
      "needed, for example \"20 nm\"");
  EXPECT_EQ(problemsOfKnobs("{\"gap\": {\"default\": \"1 m\", \"unit\": \"m\"}}"),
            "t: knobs.gap.range: missing; two values are needed, the smaller one first: [lowest, highest]; "
            "for each a length "
            "is needed, for example \"20 nm\"");
  EXPECT_EQ(
      problemsOfKnobs("{\"gap\": {\"default\": \"5 m\", \"range\": [\"1 m\", \"2 m\"], \"unit\": \"m\"}}"),
      "t: knobs.gap.default: 5 m is outside the knob's range from 1 m to 2 m");
  EXPECT_EQ(problemsOfKnobs("{\"gap\": {\"default\": \"5 m\", \"range\": [\"1 m\", \"2 m\"]}}"),
            "t: knobs.gap.unit: missing; a text is needed");
  EXPECT_EQ(
      problemsOfKnobs("{\"gap\": {\"default\": \"5 m\", \"range\": [\"1 m\", \"2 m\"], \"unit\": \"metr\"}}"),
      "t: knobs.gap.unit: \"metr\" is no unit we know; did you mean \"meter\"?");
  EXPECT_EQ(problemsOfKnobs("{\"gap\": {\"range\": [\"1 m\", \"2 m\"], \"unit\": \"m\"}}"),
            "t: knobs.gap.default: missing; a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problemsOfKnobs("{\"h\": {\"default\": \"1 m\", \"range\": [0, \"2 m\"], \"unit\": \"m\"}}"),
            "t: knobs.h: this name means a unit (a time) in an expression; choose another one");
  EXPECT_EQ(problemsOfKnobs("{\"Gap\": {\"default\": \"1 m\", \"range\": [0, \"2 m\"], \"unit\": \"m\"}}"),
            "t: knobs.Gap: this name of a knob cannot be used; small letters, digits and \"_\" are possible, "
            "a letter first");
  EXPECT_EQ(problemsOfKnobs("{\"gap\": 3}"),
            "t: knobs.gap: the number 3 stands where an object {...} is needed");
  std::string many = "{";
  for (int i = 0; i < 257; ++i) many += (i > 0 ? ", " : "") + ("\"knob_" + std::to_string(i) + "\": {}");
  EXPECT_EQ(problemsOfKnobs(many + "}"), "t: knobs: 257 knobs; at most 256 are possible");
}

// A mistake in one knob is one line, however many expressions use it.
TEST(Knob, BrokenOnesAreReportedOnce) {
  const auto lab =
      readLab(labText("{\"kind\": \"test\", \"size\": \"2 * gap\"}",
                      "{\"gap\": {\"default\": \"5 s\", \"range\": [\"1 m\", \"2 m\"], \"unit\": \"m\"}}"));
  (void)lab->simulation().quantity("size", "m", kPositive);
  EXPECT_EQ(errorsOf(*lab),
            "knobs.gap.default: \"5 s\" is a time, a length is needed, for example \"20 nm\"");
}

}  // namespace
}  // namespace aula::lab
