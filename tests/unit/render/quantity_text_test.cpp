// SPDX-License-Identifier: Apache-2.0
#include "render/layout/quantity_text.h"

#include <gtest/gtest.h>

namespace aula::render {
namespace {

TEST(UnitText, PrefixWhereTheUnitTakesOne) {
  EXPECT_EQ(unitText("V/m", 0.012).unit, "mV/m");
  EXPECT_EQ(unitText("V/m", 0.012).exponent, -3);
  EXPECT_DOUBLE_EQ(unitText("V/m", 0.012).scale(), 1000);
  EXPECT_EQ(unitText("m", 20e-6).unit, "µm");
  EXPECT_EQ(unitText("W/m^2", 2e9).unit, "GW/m²");
}

TEST(UnitText, PowerOfTenWhereItDoesNot) {
  // A square millimetre is not a thousandth of a square metre.
  EXPECT_EQ(unitText("m^2", 3e-6).unit, "10⁻⁶ m²");
  EXPECT_EQ(unitText("V^2/m^2", 3e-4).unit, "10⁻⁶ V²/m²");
  EXPECT_EQ(unitText("kg", 2e5).unit, "10³ kg");
  EXPECT_EQ(unitText("", 1e-9).unit, "10⁻⁹");
  EXPECT_EQ(unitText("", 0.5).unit, "");
  EXPECT_EQ(unitText("", 5).exponent, 0);
  EXPECT_EQ(unitText("m**-1", 1).unit, "m⁻¹");
  EXPECT_EQ(unitText("V*s", 1).unit, "V·s");
}

TEST(QuantityText, NameAndUnit) {
  EXPECT_EQ(nameWithUnit("x", "µm"), "x (µm)");
  EXPECT_EQ(nameWithUnit("n", ""), "n");
  EXPECT_EQ(nameWithUnit("", "V"), "V");
}

TEST(QuantityText, TimeKeepsItsFormThroughARun) {
  EXPECT_EQ(timeText(43.21e-15, 0), "t = 43.21 fs");
  EXPECT_EQ(timeText(0.5e-15, 80e-15), "t = 0.50 fs");
  EXPECT_EQ(timeText(79.5e-15, 80e-15), "t = 79.50 fs");
  EXPECT_EQ(timeText(0, 2e-9), "t = 0.000 ns");
  EXPECT_EQ(timeText(0, 0), "t = 0.000 s");
}

}  // namespace
}  // namespace aula::render
