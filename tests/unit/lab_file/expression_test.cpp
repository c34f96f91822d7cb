// SPDX-License-Identifier: Apache-2.0
#include "lab/file/expression.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/error.h"
#include "core/units/constants.h"

namespace aula::lab {
namespace {

/// A slit, a wavelength, a time, an index, a zero length and a broken knob.
class TestNames : public Names {
 public:
  TestNames() {
    add("slit", 20e-6, "m");
    add("wavelength", 500e-9, "m");
    add("period", 2e-15, "s");
    add("index", 1.5, "1");
    add("shift", 0, "m");
    names_["broken"] = {{0, {}}, true};
  }
  [[nodiscard]] bool has(const std::string& name) const override { return names_.contains(name); }
  [[nodiscard]] NamedQuantity find(const std::string& name) const override { return names_.at(name); }
  [[nodiscard]] std::vector<std::string> all() const override {
    std::vector<std::string> all;
    for (const auto& entry : names_) all.push_back(entry.first);
    return all;
  }

 private:
  void add(const std::string& name, double si, const std::string& unit) {
    names_[name] = {{si, core::parseUnit(unit).dimension}, false};
  }
  std::map<std::string, NamedQuantity> names_;
};

/// The value in SI; the dimension must be that of `unit`.
double valueOf(const std::string& text, const std::string& unit) {
  const Evaluation result = evaluate(text, TestNames());
  EXPECT_EQ(result.quantity.dimension, core::parseUnit(unit).dimension) << text;
  return result.quantity.si;
}

std::string problemOf(const std::string& text) {
  try {
    (void)evaluate(text, TestNames());
  } catch (const core::Error& error) {
    return error.what();
  }
  return {};
}

// Doubles of a few operations: some units in the last place.
constexpr double kRounding = 1e-15;

TEST(Expression, ComputesWithUnits) {
  EXPECT_NEAR(valueOf("slit / 2 + 3 um", "m"), 13e-6, 13e-6 * kRounding);
  EXPECT_NEAR(valueOf("2 * slit - wavelength", "m"), 39.5e-6, 39.5e-6 * kRounding);
  EXPECT_NEAR(valueOf("c / wavelength", "Hz"), core::kSpeedOfLight / 500e-9, 6e14 * kRounding);
  EXPECT_NEAR(valueOf("sqrt(slit^2 + wavelength^2)", "m"), std::hypot(20e-6, 500e-9), 20e-6 * kRounding);
  EXPECT_NEAR(valueOf("sin(30 deg)", "1"), 0.5, kRounding);
  EXPECT_NEAR(valueOf("(4 um^2)^0.5", "m"), 2e-6, 2e-6 * kRounding);
  EXPECT_NEAR(valueOf("(8 um^3)^(1/3)", "m"), 2e-6, 2e-6 * kRounding);
  EXPECT_NEAR(valueOf("asin(wavelength / slit)", "1"), std::asin(0.025), kRounding);
  EXPECT_NEAR(valueOf("max(slit, 30 um, wavelength)", "m"), 30e-6, 30e-6 * kRounding);
}

TEST(Expression, KnowsTheUnitWithADigitWithin) {
  EXPECT_NEAR(valueOf("2 * 4.5 cmH2O", "Pa"), 9 * 98.0665, 1e-10);
  EXPECT_NEAR(valueOf("0.25 cmH2O/cm + 1 Pa/m", "Pa/m"), 2451.6625 + 1, 1e-9);
}

TEST(Expression, KnowsItsPrecedences) {
  EXPECT_DOUBLE_EQ(valueOf("2 + 3 * 4", "1"), 14);
  EXPECT_DOUBLE_EQ(valueOf("2 - 3 - 4", "1"), -5);
  EXPECT_DOUBLE_EQ(valueOf("24 / 4 / 2", "1"), 3);
  EXPECT_DOUBLE_EQ(valueOf("2 ^ 3 ^ 2", "1"), 512);
  EXPECT_DOUBLE_EQ(valueOf("-2 ^ 2", "1"), -4);
  EXPECT_DOUBLE_EQ(valueOf("2 ^ -1", "1"), 0.5);
  EXPECT_DOUBLE_EQ(valueOf("3 - -2", "1"), 5);
  EXPECT_DOUBLE_EQ(valueOf("1e3 * index", "1"), 1500);
  // A unit belongs to its number before anything else happens.
  EXPECT_DOUBLE_EQ(valueOf("1 / 2 um", "1/m"), 5e5);
  EXPECT_DOUBLE_EQ(valueOf("6 m / s * 2 s", "m"), 12);
  EXPECT_DOUBLE_EQ(valueOf("3 um * 2", "m"), 6e-6);
  EXPECT_DOUBLE_EQ(valueOf("3 um / slit", "1"), 0.15);
}

TEST(Expression, FindsTheDimension) {
  EXPECT_EQ(core::describe(evaluate("slit * wavelength", TestNames()).quantity.dimension), "an area");
  EXPECT_EQ(core::describe(evaluate("slit / period", TestNames()).quantity.dimension), "a speed");
  EXPECT_EQ(core::describe(evaluate("0 um", TestNames()).quantity.dimension), "a length");
  EXPECT_EQ(core::describe(evaluate("shift * 2", TestNames()).quantity.dimension), "a length");
  EXPECT_EQ(core::describe(evaluate("slit - slit", TestNames()).quantity.dimension), "a length");
  EXPECT_TRUE(evaluate("0", TestNames()).isBareZero);
  EXPECT_FALSE(evaluate("0 s", TestNames()).isBareZero);
  EXPECT_TRUE(evaluate("broken + 1 m", TestNames()).isBroken);
}

TEST(Expression, RefusesAMixture) {
  const std::string why =
      ": adds or compares quantities of different kinds, or takes a function of one with a unit";
  for (const char* text :
       {"slit + period", "slit + 1", "sin(slit)", "exp(1 um)", "slit ^ index + slit", "2 ^ slit",
        "1 m + 1e-30 s", "shift + period", "slit - 20 um + 1e-40 s", "max(slit, 1 s) + 1 m"}) {
    EXPECT_EQ(problemOf(text), "\"" + std::string(text) + "\"" + why);
  }
}

TEST(Expression, SaysWhatIsWrong) {
  EXPECT_EQ(problemOf("slitt / 2"),
            "\"slitt / 2\": there is no knob called \"slitt\"; did you mean \"slit\"?");
  EXPECT_EQ(problemOf("sqr(slit)"), "\"sqr(slit)\": there is no knob called \"sqr\"; did you mean \"sqrt\"?");
  EXPECT_EQ(problemOf("colour"),
            "\"colour\": there is no knob called \"colour\"; there are broken, index, period, shift, slit "
            "and wavelength");
  EXPECT_EQ(problemOf("2 slit"),
            "\"2 slit\": an operator is missing before \"slit\"; write \"*\" to multiply");
  EXPECT_EQ(
      problemOf("slit * nm"),
      "\"slit * nm\": there is no knob called \"nm\"; a unit needs a number before it, for example \"1 nm\"");
  EXPECT_EQ(problemOf("3 umm"), "\"umm\" is no unit we know; did you mean \"um\"?");
  EXPECT_EQ(problemOf("slit +"), "\"slit +\": the expression ends too early");
  EXPECT_EQ(problemOf("(slit"), "\"(slit\": a closing parenthesis is missing");
  EXPECT_EQ(problemOf("slit)"), "\"slit)\": did not expect \")\" there");
  EXPECT_EQ(problemOf("slit, slit"), "\"slit, slit\": did not expect \", slit\" there");
  EXPECT_EQ(problemOf("slit = 3"), "\"slit = 3\": did not expect \"= 3\" there");
  EXPECT_EQ(problemOf("sqrt slit"), "\"sqrt slit\": the function sqrt needs its argument in parentheses");
  EXPECT_EQ(problemOf("sqrt(slit, 2)"), "\"sqrt(slit, 2)\": the function sqrt takes one argument");
  EXPECT_EQ(problemOf("sqrt()"), "\"sqrt()\": did not expect \")\" there");
  EXPECT_EQ(problemOf("1 / 0"), "\"1 / 0\": has no finite value");
  EXPECT_EQ(problemOf("sqrt(0 - 1)"), "\"sqrt(0 - 1)\": has no finite value");
  EXPECT_EQ(problemOf("1e999"), "\"1e999\": a number is too large or too small");
  EXPECT_EQ(problemOf(""), "\"\": there is no value");
  EXPECT_EQ(problemOf("1,5 um"), "\"1,5 um\": the decimal mark of a number is a point, not a comma");
  EXPECT_EQ(problemOf("'1 um'"), "\"'1 um'\": a value needs no quotes within");
}

TEST(Expression, IsBounded) {
  EXPECT_EQ(problemOf(std::string(600, '1')),
            "\"" + std::string(30, '1') + "...\": an expression may have 512 bytes at most");
  EXPECT_NE(problemOf(std::string(500, '(')).find("nested too deeply"), std::string::npos);
  std::string powers = "2";
  for (int i = 0; i < 100; ++i) powers += "^2";
  EXPECT_NE(problemOf(powers).find("nested too deeply"), std::string::npos);
  std::string sum = "1";
  for (int i = 0; i < 255; ++i) sum += "+1";
  EXPECT_EQ(valueOf(sum, "1"), 256);
}

TEST(Expression, ReservesItsWords) {
  for (const char* name : {"sqrt", "pi", "c", "m", "nm", "infinite"})
    EXPECT_TRUE(reservedMeaning(name)) << name;
  for (const char* name : {"slit_separation", "wavelength", "index", "width"})
    EXPECT_FALSE(reservedMeaning(name)) << name;
}

}  // namespace
}  // namespace aula::lab
