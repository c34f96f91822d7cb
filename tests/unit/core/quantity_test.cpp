// SPDX-License-Identifier: Apache-2.0
#include "core/units/quantity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "core/units/constants.h"

namespace aula::core {
namespace {

/// The message of the core::Error that `action` throws; a failure when it throws none.
template <class Action>
std::string messageOf(Action action) {
  try {
    (void)action();
  } catch (const Error& error) {
    EXPECT_EQ(error.exitCode(), 2);
    return error.what();
  }
  ADD_FAILURE() << "no error was thrown";
  return {};
}

// Decimal prefixes of SI are exact, so the value must be the double nearest to the decimal number: the same
// as the literal.
TEST(Quantity, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parseQuantity("532 nm", "m"), 532e-9);
  EXPECT_EQ(parseQuantity("532nm", "m"), 532e-9);
  EXPECT_EQ(parseQuantity("1.5e3 V/m", "V/m"), 1500.0);
  EXPECT_EQ(parseQuantity("-3 um", "m"), -3e-6);
  EXPECT_EQ(parseQuantity("+3 um", "m"), 3e-6);
  EXPECT_EQ(parseQuantity("  20 fs ", "s"), 20e-15);
  EXPECT_EQ(parseQuantity("2 %", "1"), 0.02);
  EXPECT_EQ(parseQuantity("1.5", "1"), 1.5);
  EXPECT_EQ(parseQuantity("500 THz", "Hz"), 500e12);
  EXPECT_EQ(parseQuantity("1 eV", "J"), kElementaryCharge);
  EXPECT_EQ(parseQuantity("0.1 S/m", "ohm-1 m-1"), 0.1);
  // A degree is pi/180, rounded once in the database and once in the product: two units in the last place.
  EXPECT_NEAR(parseQuantity("180 deg", "rad"), kPi, 2 * kPi * 2.3e-16);
  EXPECT_NEAR(parseQuantity("20 degC", "K"), 293.15, 1e-13);
  EXPECT_NEAR(parseQuantity("2 keV", "J"), 2000 * kElementaryCharge, 4e-16 * 2000 * kElementaryCharge);
}

TEST(Quantity, ReadsColumnsOfWater) {
  // Standard gravity times 1000 kg/m^3, as physiologists have it.
  EXPECT_EQ(parseQuantity("1 cmH2O", "Pa"), 98.0665);
  EXPECT_EQ(parseQuantity("1 mmH2O", "Pa"), 9.80665);
  EXPECT_NEAR(parseQuantity("2 cmH2O s/L", "Pa s/m3"), 2 * 98066.5, 1e-9);
  EXPECT_NEAR(parseQuantity("0.2 L/cmH2O", "m3/Pa"), 0.2e-3 / 98.0665, 1e-18);
  EXPECT_DOUBLE_EQ(parseQuantity("3 cmH2O2", "Pa2"), 3 * 98.0665 * 98.0665);
  EXPECT_TRUE(findUnit("cmH2O").has_value());
  EXPECT_FALSE(findUnit("cmH2").has_value());
  EXPECT_FALSE(findUnit("H2O").has_value());
  EXPECT_EQ(formatIn(98.0665, "cmH2O"), "1 cmH2O");
}

TEST(Quantity, ReadsSignsAndPowers) {
  EXPECT_EQ(parseQuantity("3 \xC2\xB5m", "m"), 3e-6);    // micro sign
  EXPECT_EQ(parseQuantity("3 \xCE\xBCm", "m"), 3e-6);    // Greek mu
  EXPECT_EQ(parseQuantity("5 k\xCE\xA9", "ohm"), 5000);  // Greek omega
  EXPECT_EQ(parseQuantity("1 m\xC2\xB2", "m2"), 1);
  EXPECT_EQ(parseQuantity("1 s\xE2\x81\xBB\xC2\xB9", "Hz"), 1);
  EXPECT_EQ(parseQuantity("4 kg m2 s-2", "J"), 4);
  EXPECT_EQ(parseQuantity("4 kg*m^2/s^2", "J"), 4);
  EXPECT_EQ(parseQuantity("4 W/(m K)", "W m-1 K-1"), 4);
  EXPECT_EQ(parseQuantity("4 1/m", "m-1"), 4);
}

// Joule over UDUNITS's own conversion: an independent check of our products against the factor in its table.
TEST(Quantity, ConvertsProductsOfUnits) {
  EXPECT_NEAR(parseQuantity("36 km/hour", "m/s"), 10, 1e-14);
  EXPECT_NEAR(parseQuantity("1 inch", "m"), 0.0254, 1e-17);
  EXPECT_NEAR(parseQuantity("1 um3", "m3"), 1e-18, 1e-33);
}

TEST(Quantity, SaysWhatIsWrong) {
  EXPECT_EQ(messageOf([] { return parseQuantity("20 s", "m"); }),
            "\"20 s\" is a time, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(messageOf([] { return parseQuantity("20", "m"); }),
            "\"20\" is a pure number, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(messageOf([] { return parseQuantity("20 s", "deg"); }),
            "\"20 s\" is a time, an angle is needed, for example \"30 deg\"");
  EXPECT_EQ(messageOf([] { return parseQuantity("20 nnm", "m"); }),
            "\"nnm\" is no unit we know; did you mean \"nm\"?");
  EXPECT_EQ(messageOf([] { return parseQuantity("20 m/foo", "m"); }),
            "\"m/foo\" is no unit: we do not know \"foo\"");
  EXPECT_EQ(messageOf([] { return parseQuantity("1e999 m", "m"); }),
            "\"1e999 m\" is too large or too small a number");
  EXPECT_EQ(messageOf([] { return parseQuantity("1e308 km", "m"); }), "\"1e308 km\" is too large a number");
  EXPECT_EQ(messageOf([] { return parseQuantity("nan m", "m"); }),
            "\"nan m\" is no quantity: it does not begin with a number");
  EXPECT_EQ(messageOf([] { return parseQuantity("inf", "1"); }),
            "\"inf\" is no quantity: it does not begin with a number");
  EXPECT_EQ(messageOf([] { return parseQuantity("", "m"); }),
            "nothing stands where a quantity is needed, for example \"20 nm\"");
  EXPECT_EQ(messageOf([] { return parseUnit("m^99"); }),
            "\"m^99\" has a power that is no whole number from -12 to 12");
  EXPECT_EQ(messageOf([] { return parseUnit("(m"); }), "\"(m\" lacks a closing parenthesis");
  EXPECT_EQ(messageOf([] { return parseUnit("m)"); }), "\"m)\" is no unit: \")\" does not belong in one");
}

// What UDUNITS reads as dates and decibels are no factors a value could be multiplied by.
TEST(Quantity, RefusesTimestampsAndLogarithms) {
  for (const char* unit : {"m since 2000", "s since 1970-01-01", "dB", "lg(re 1 mW)", "m @ 3"}) {
    EXPECT_THROW((void)parseUnit(unit), Error) << unit;
  }
}

TEST(Quantity, RefusesHostileUnits) {
  const std::vector<std::string> hostile = {std::string(100000, 'm'),
                                            std::string(60, '('),
                                            "m" + std::string(60, '^'),
                                            "m^m",
                                            "/",
                                            "//m",
                                            "m^",
                                            "m**",
                                            "m2147483648",
                                            "m-",
                                            "*",
                                            "\x01",
                                            "m\xFF",
                                            std::string("m\0m", 3),
                                            "m12 m12 m12 m12 m12 m12",
                                            "Ym12 Ym12 Ym12 Ym12",
                                            "m;m",
                                            "m,m",
                                            "-1",
                                            "2 m"};
  for (const std::string& unit : hostile) EXPECT_THROW((void)parseUnit(unit), Error) << unit.substr(0, 40);
}

TEST(Quantity, NamesDimensions) {
  EXPECT_EQ(describe(parseUnit("V/m").dimension), "an electric field");
  EXPECT_EQ(dimensionName(parseUnit("nm").dimension), "length");
  EXPECT_EQ(describe(parseUnit("W/(m K)").dimension), "a quantity in kg m s-3 K-1");
  EXPECT_EQ(exampleOf(parseUnit("W/(m K)").dimension), "1 kg m s-3 K-1");
  // Every example we show must be one we accept.
  for (const char* unit :
       {"1", "m", "s",   "kg", "K", "A", "Hz",  "m/s", "m2",   "m3",  "1/m", "N",     "J",   "W",   "Pa",
        "V", "C", "ohm", "F",  "H", "T", "V/m", "A/m", "A/m2", "A m", "S/m", "ohm/m", "F/m", "H/m", "W/m2"}) {
    const Dimension dimension = parseUnit(unit).dimension;
    EXPECT_EQ(parseQuantity(exampleOf(dimension)).dimension, dimension) << unit;
  }
}

TEST(Quantity, IsWrittenWithAGoodPrefix) {
  EXPECT_EQ(formatQuantity(532e-9, "m"), "532 nm");
  EXPECT_EQ(formatQuantity(999.99e-9, "m"), "1 um");  // Four digits round it up.
  EXPECT_EQ(formatQuantity(1500, "V/m"), "1.5 kV/m");
  EXPECT_EQ(formatQuantity(0, "s"), "0 s");
  EXPECT_EQ(formatQuantity(-2.5e-16, "s"), "-0.25 fs");
  EXPECT_EQ(formatQuantity(300, "K"), "300 K");
  EXPECT_EQ(formatQuantity(1e-12, "m2"), "1e-12 m2");
  EXPECT_EQ(formatQuantity(0.25, "1"), "0.25");
  EXPECT_EQ(formatIn(532e-9, "nm"), "532 nm");
  EXPECT_EQ(formatIn(kPi / 6, "deg"), "30 deg");
  EXPECT_EQ(formatIn(2e6, "m"), "2e6 m");
}

TEST(Quantity, ReadsBackWhatItWrites) {
  for (double value = 3.7e-14; value < 1e12; value *= 7.3) {
    EXPECT_NEAR(parseQuantity(formatQuantity(value, "m", 6), "m") / value, 1, 1e-5) << value;
  }
}

// UDUNITS itself is not safe for threads; the guard around it must be.
TEST(Quantity, MayBeAskedByManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(parseQuantity("532 nm", "m"), 532e-9);
        EXPECT_FALSE(findUnit("unknown" + std::string(std::size_t(i % 20), char('a' + t))).has_value());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(PrettyUnit, AsPrintHasIt) {
  EXPECT_EQ(prettyUnit("um"), "µm");
  EXPECT_EQ(prettyUnit("us"), "µs");
  EXPECT_EQ(prettyUnit("kohm"), "kΩ");
  EXPECT_EQ(prettyUnit("cmH2O s/L"), "cmH₂O s/L");
  EXPECT_EQ(prettyUnit("L/cmH2O2"), "L/cmH₂O²");
  EXPECT_EQ(prettyUnit("ohm m"), "Ω m");
  EXPECT_EQ(prettyUnit("deg"), "°");
  EXPECT_EQ(prettyUnit("degC"), "degC");
  EXPECT_EQ(prettyUnit("W/m2"), "W/m²");
  EXPECT_EQ(prettyUnit("W/m^2"), "W/m²");
  EXPECT_EQ(prettyUnit("m**-1"), "m⁻¹");
  EXPECT_EQ(prettyUnit("m-1"), "m⁻¹");
  EXPECT_EQ(prettyUnit("V2 s2/m2"), "V² s²/m²");
  EXPECT_EQ(prettyUnit("V*s"), "V·s");
  EXPECT_EQ(prettyUnit("kg m2 s-2"), "kg m² s⁻²");
  EXPECT_EQ(prettyUnit("1"), "1");
  EXPECT_EQ(prettyUnit("%"), "%");
}

TEST(PrettyUnit, LeavesNumbersAlone) {
  EXPECT_EQ(prettyUnit("4 um"), "4 µm");
  EXPECT_EQ(prettyUnit("1e-05 um"), "1e-05 µm");
  EXPECT_EQ(prettyUnit("2.5 V"), "2.5 V");
  EXPECT_EQ(prettyUnit("30 deg"), "30°");
  EXPECT_EQ(prettyUnit("3 m2"), "3 m²");
}

}  // namespace
}  // namespace aula::core
