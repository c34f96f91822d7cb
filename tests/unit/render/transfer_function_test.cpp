// SPDX-License-Identifier: Apache-2.0
#include "render/volume/transfer_function.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace aula::render {
namespace {

constexpr int kSize = TransferFunction::kSize;

scene::VolumeView density(std::vector<scene::OpacityPoint> points) {
  scene::VolumeView view;
  view.scale = scene::ColourScale::sequential;
  view.opacity = std::move(points);
  return view;
}

TEST(TransferFunction, OpacityIsThatOfALayerOneHundredthOfTheDiagonal) {
  // Half of the light through a hundredth of a diagonal of 3: an extinction of 100 ln 2 / 3 everywhere.
  const TransferFunction look(density({{0, 0.5F}, {1, 0.5F}}), {0, 1}, ColourMap::named("dusk"), 3, 1);
  for (const auto& entry : look.entries()) EXPECT_NEAR(entry[3], 100 * std::log(2) / 3, 1e-4);
  // Its integral over the whole table is the same number; float sums of 1024 terms keep six digits.
  EXPECT_NEAR(look.integrals().back()[3], 100 * std::log(2) / 3, 1e-3);
}

TEST(TransferFunction, OpacityIsLinearBetweenPointsAndConstantBeyond) {
  const TransferFunction look(density({{-2, 0}, {2, 0.4F}}), {-4, 4}, ColourMap::named("dusk"), 100, 1);
  const auto opacity = [&](double value) {
    const auto i = static_cast<std::size_t>(std::lround((value + 4) / 8 * (kSize - 1)));
    return 1 - std::exp(-look.entries()[i][3]);  // A diagonal of 100: layers of length 1.
  };
  EXPECT_EQ(opacity(-3), 0);
  EXPECT_NEAR(opacity(0), 0.2, 5e-4);  // Half an entry's width of the slope 0.1.
  EXPECT_NEAR(opacity(1), 0.3, 5e-4);
  EXPECT_NEAR(opacity(3.5), 0.4, 1e-6);
}

TEST(TransferFunction, DensityMultipliesExtinction) {
  const TransferFunction once(density({}), {0, 1}, ColourMap::named("dusk"), 1, 1);
  const TransferFunction twice(density({}), {0, 1}, ColourMap::named("dusk"), 1, 2);
  for (std::size_t i = 0; i < kSize; ++i) {
    EXPECT_FLOAT_EQ(twice.entries()[i][3], 2 * once.entries()[i][3]);
    EXPECT_EQ(twice.entries()[i][0], once.entries()[i][0]);
  }
}

TEST(TransferFunction, SignedFieldsAreClearAroundZeroAndSymmetrical) {
  scene::VolumeView view;
  const TransferFunction look(view, {-5, 5}, ColourMap::named("tide"), 1, 1);
  EXPECT_EQ(look.mostBetween(-0.05F, 0.05F), 0);
  EXPECT_GT(look.mostBetween(2, 3), 0);
  for (std::size_t i = 0; i < kSize; ++i)
    EXPECT_NEAR(look.entries()[i][3], look.entries()[kSize - 1 - i][3], 1e-3);  // Round-off of the strength.
}

TEST(TransferFunction, MostBetweenNeverMissesAnEntry) {
  // A thin shell, two entries wide.
  const TransferFunction look(density({{0.4999, 0}, {0.5, 0.9F}, {0.501, 0}}), {0, 1},
                              ColourMap::named("dusk"), 1, 1);
  std::mt19937 random(7);
  std::uniform_real_distribution<float> value(-0.2F, 1.2F);
  for (int n = 0; n < 2000; ++n) {
    const auto [low, high] = std::minmax({value(random), value(random)});
    float most = 0;
    for (int i = 0; i < kSize; ++i) {
      const float at = static_cast<float>(i) / (kSize - 1);
      if (at >= low && at <= high) most = std::max(most, look.entries()[static_cast<std::size_t>(i)][3]);
    }
    EXPECT_GE(look.mostBetween(low, high), most) << low << " to " << high;
  }
}

}  // namespace
}  // namespace aula::render
