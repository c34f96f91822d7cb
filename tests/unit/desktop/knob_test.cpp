// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "desktop/model/knob_entry.h"

namespace {

using namespace aula;
using desktop::KnobEntry;

KnobEntry knobOf(const std::string& name, const std::string& unit, double lower, double upper) {
  lab::Knob knob;
  knob.name = name;
  knob.unit = unit;
  knob.lower = lower;
  knob.upper = upper;
  return KnobEntry(knob);
}

KnobEntry wavelength() {
  return knobOf("wavelength", "nm", 400e-9, 700e-9);
}

std::string problemOf(const std::string& typed) {
  try {
    (void)wavelength().parse(typed);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

TEST(DesktopKnob, ReadsWhatPeopleType) {
  const KnobEntry knob = wavelength();
  // A product of a decimal and a power of ten: rounded at most twice.
  constexpr double kRounding = 1e-22;
  for (const char* typed : {"650 nm", "650", " 650nm ", "0.65 um", "0,65 µm", "0.65 μm", "6.5e-7 m"})
    EXPECT_NEAR(knob.parse(typed), 650e-9, kRounding) << typed;
}

TEST(DesktopKnob, SaysWhatIsWrong) {
  EXPECT_EQ(problemOf("800 nm"), "800 nm is not between 400 nm and 700 nm");
  EXPECT_THAT(problemOf("5 s"), testing::HasSubstr("is a time, a length is needed"));
  for (const char* typed : {"", "nm", "6 5 0", "1e999", "nan", "650 parsec's"})
    EXPECT_NE(problemOf(typed), "") << typed;
}

TEST(DesktopKnob, AcceptsItsOwnTextForEveryValue) {
  const KnobEntry knob = wavelength();
  for (const double si : {400e-9, 532e-9, 700e-9}) EXPECT_NEAR(knob.parse(knob.text(si)), si, 1e-6 * si);
}

TEST(DesktopKnob, SliderStepsAreRoundAndReachTheEnds) {
  const KnobEntry knob = wavelength();
  EXPECT_DOUBLE_EQ(knob.step(), 2);  // A hundredth of 300 nm, down to 1, 2 or 5.
  EXPECT_NEAR(knob.fromSlider(551.3), 552e-9, 1e-22);
  EXPECT_EQ(knob.fromSlider(399), 400e-9);
  EXPECT_EQ(knob.fromSlider(1000), 700e-9);
}

TEST(DesktopKnob, PureNumberHasNoUnit) {
  const KnobEntry knob = knobOf("index", "1", 1, 2);
  EXPECT_EQ(knob.text(1.5), "1.5");
  EXPECT_EQ(knob.parse("1,5"), 1.5);
}

}  // namespace
