// SPDX-License-Identifier: Apache-2.0
#include "render/colour/colour_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace aula::render {
namespace {

double distance(const OkLab& a, const OkLab& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// CIE 1976 lightness of an sRGB colour (IEC 61966-2-1 for luminance, CIE 15 for L*), computed apart from the
/// code tested.
double cieLightness(const Srgb& colour) {
  const double weights[] = {0.2126, 0.7152, 0.0722};
  double luminance = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    const double v = colour[c];
    luminance += weights[c] * (v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
  }
  return luminance > 216.0 / 24389 ? 116 * std::cbrt(luminance) - 16 : 24389.0 / 27 * luminance;
}

TEST(OkLab, KnownColours) {
  // White is (1, 0, 0) by construction; red as published with the definition, to the digits printed there.
  const OkLab white = okLabFromSrgb({1, 1, 1});
  EXPECT_NEAR(white[0], 1, 1e-3);
  EXPECT_NEAR(white[1], 0, 1e-3);
  EXPECT_NEAR(white[2], 0, 1e-3);
  const OkLab red = okLabFromSrgb({1, 0, 0});
  EXPECT_NEAR(red[0], 0.628, 1e-3);
  EXPECT_NEAR(red[1], 0.225, 1e-3);
  EXPECT_NEAR(red[2], 0.126, 1e-3);
}

TEST(OkLab, ThereAndBack) {
  // The two published matrices are inverse to about eight digits; single precision keeps seven.
  for (const Srgb& colour :
       {Srgb{0.2F, 0.5F, 0.9F}, Srgb{0.01F, 0.02F, 0.03F}, Srgb{1, 1, 0}, Srgb{0.7F, 0, 0.4F}}) {
    const Srgb back = srgbFromOkLab(okLabFromSrgb(colour));
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(back[c], colour[c], 2e-5);
  }
}

class EveryMap : public testing::TestWithParam<std::string> {
 protected:
  const ColourMap& map = ColourMap::named(GetParam());
};

TEST_P(EveryMap, CanBeShown) {
  ASSERT_EQ(map.entries().size(), static_cast<std::size_t>(ColourMap::kSize));
  for (const Srgb& colour : map.entries()) {
    for (const float v : colour) {
      EXPECT_GE(v, 0.0F);
      EXPECT_LE(v, 1.0F);
    }
  }
}

TEST_P(EveryMap, StepsLookEven) {
  // The path is walked at constant speed: what differs is where a chord cuts a bend, (bend angle)^2/24 of a
  // step, and single precision, 1e-7 of a colour in steps of about 1e-3. Half a per cent covers both.
  std::vector<double> steps;
  for (std::size_t i = 1; i < map.entries().size(); ++i) {
    steps.push_back(distance(okLabFromSrgb(map.entries()[i - 1]), okLabFromSrgb(map.entries()[i])));
  }
  const auto [least, most] = std::minmax_element(steps.begin(), steps.end());
  EXPECT_LT(*most / *least, 1.005);
}

TEST_P(EveryMap, LightnessOrdersTheValues) {
  // Sequential: rising or falling throughout. Diverging: of one kind up to the middle, of the other from
  // there. In OKLab's lightness and in the CIE's, which grey printing follows.
  const auto n = map.entries().size();
  const auto isMonotone = [&](std::size_t begin, std::size_t end, auto lightness) {
    const bool isRising = lightness(map.entries()[end - 1]) > lightness(map.entries()[begin]);
    for (std::size_t i = begin + 1; i < end; ++i) {
      const double step = lightness(map.entries()[i]) - lightness(map.entries()[i - 1]);
      if ((step > 0) != isRising) return false;
    }
    return true;
  };
  const auto ok = [](const Srgb& c) { return okLabFromSrgb(c)[0]; };
  if (map.isDiverging()) {
    EXPECT_TRUE(isMonotone(0, n / 2 + 1, ok));
    EXPECT_TRUE(isMonotone(n / 2, n, ok));
    EXPECT_TRUE(isMonotone(0, n / 2 + 1, cieLightness));
    EXPECT_TRUE(isMonotone(n / 2, n, cieLightness));
  } else {
    EXPECT_TRUE(isMonotone(0, n, ok));
    EXPECT_TRUE(isMonotone(0, n, cieLightness));
    // Enough lightness to tell ten steps in grey.
    EXPECT_GT(std::abs(ok(map.entries().back()) - ok(map.entries().front())), 0.6);
  }
}

TEST_P(EveryMap, AtMixesEntriesAndClamps) {
  EXPECT_EQ(map.at(0), map.entries().front());
  EXPECT_EQ(map.at(1), map.entries().back());
  EXPECT_EQ(map.at(-3), map.entries().front());
  EXPECT_EQ(map.at(7), map.entries().back());
  const double half = 0.5 / (ColourMap::kSize - 1);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(map.at(half)[c], (map.entries()[0][c] + map.entries()[1][c]) / 2, 1e-6);
  }
}

INSTANTIATE_TEST_SUITE_P(Maps, EveryMap, testing::ValuesIn(colourMapNames()),
                         [](const auto& name) { return name.param; });

TEST(DivergingMaps, AreSymmetricalRoundAGreyMiddle) {
  int count = 0;
  for (const std::string& name : colourMapNames()) {
    const ColourMap& map = ColourMap::named(name);
    if (!map.isDiverging()) continue;
    ++count;
    const auto last = map.entries().size() - 1;
    const OkLab middle = okLabFromSrgb(map.at(0.5));
    EXPECT_NEAR(std::hypot(middle[1], middle[2]), 0, 1e-3) << name << ": no field has no hue";
    for (std::size_t i = 0; i <= last; ++i) {
      const OkLab a = okLabFromSrgb(map.entries()[i]), b = okLabFromSrgb(map.entries()[last - i]);
      // Both arms are one curve; the conversion there and back costs 2e-5.
      EXPECT_NEAR(a[0], b[0], 5e-5) << name << " at " << i;
      EXPECT_NEAR(std::hypot(a[1], a[2]), std::hypot(b[1], b[2]), 1e-4) << name << " at " << i;
    }
  }
  EXPECT_EQ(count, 3);
}

TEST(ColourMap, UnknownNamesAreToldWhatThereIs) {
  try {
    (void)ColourMap::named("jet");
    FAIL() << "found a map called jet";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "There is no colour map \"jet\". Known: tide, ember, dusk, ink, harbour, wheat, graphite.");
    EXPECT_EQ(error.fault(), core::Fault::input);
  }
}

}  // namespace
}  // namespace aula::render
