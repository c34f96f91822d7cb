// SPDX-License-Identifier: Apache-2.0
#include "render/colour/colour_limits.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace aula::render {
namespace {

scene::VolumeView viewOf(std::vector<float> values, scene::ColourScale scale) {
  scene::VolumeView view;
  view.name = "Ez";
  view.nx = static_cast<int>(values.size());
  view.scale = scale;
  view.values = std::make_shared<const std::vector<float>>(std::move(values));
  return view;
}

TEST(ColourLimits, NiceCeiling) {
  EXPECT_DOUBLE_EQ(niceCeiling(1), 1);
  EXPECT_DOUBLE_EQ(niceCeiling(1.01), 1.5);
  EXPECT_DOUBLE_EQ(niceCeiling(0.0049), 0.005);
  EXPECT_DOUBLE_EQ(niceCeiling(700), 800);
  EXPECT_NEAR(niceCeiling(0.1 * 3 / 3), 0.1, 1e-15);
}

TEST(ColourLimits, TheViewsOwnCountFirst) {
  ColourLimits limits;
  scene::VolumeView view = viewOf({-3, 4}, scene::ColourScale::sequential);
  limits.observe(view);
  view.lower = -2;
  view.upper = 7;
  EXPECT_EQ(limits.of(view).lower, -2);
  EXPECT_EQ(limits.of(view).upper, 7);
  view.scale = scene::ColourScale::diverging;
  EXPECT_EQ(limits.of(view).lower, -7);
  EXPECT_EQ(limits.of(view).upper, 7);
}

TEST(ColourLimits, DivergingIsSymmetrical) {
  ColourLimits limits;
  const auto view = viewOf({0.5F, -1.7F, 0.1F}, scene::ColourScale::diverging);
  limits.observe(view);
  // 99.5 % of three values lie below the middle one: 0.5.
  EXPECT_DOUBLE_EQ(limits.of(view).upper, 0.5);
  EXPECT_DOUBLE_EQ(limits.of(view).lower, -0.5);
}

TEST(ColourLimits, OneBrightNodeDoesNotDarkenThePicture) {
  std::vector<float> values(1000, 0.9F);
  values[17] = 5000;
  ColourLimits limits;
  const auto view = viewOf(values, scene::ColourScale::sequential);
  limits.observe(view);
  EXPECT_DOUBLE_EQ(limits.of(view).upper, 1);
  EXPECT_DOUBLE_EQ(limits.of(view).lower, 0);
}

TEST(ColourLimits, OnlyEverWiden) {
  ColourLimits limits;
  const auto strong = viewOf(std::vector<float>(50, 40.0F), scene::ColourScale::diverging);
  const auto weak = viewOf(std::vector<float>(50, 0.01F), scene::ColourScale::diverging);
  limits.observe(weak);
  EXPECT_DOUBLE_EQ(limits.of(weak).upper, 0.01);
  limits.observe(strong);
  limits.observe(weak);
  EXPECT_DOUBLE_EQ(limits.of(weak).upper, 40);
  limits.clear();
  limits.observe(weak);
  EXPECT_DOUBLE_EQ(limits.of(weak).upper, 0.01);
}

TEST(ColourLimits, ZerosAndWhatIsNoNumber) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN(),
                  kInfinity = std::numeric_limits<float>::infinity();
  ColourLimits limits;
  const auto zeros = viewOf({0, 0, 0}, scene::ColourScale::diverging);
  limits.observe(zeros);
  EXPECT_EQ(limits.of(zeros).lower, -1);
  EXPECT_EQ(limits.of(zeros).upper, 1);
  const auto broken = viewOf({kNan, kInfinity, -kInfinity, 3, 3, 3}, scene::ColourScale::sequential);
  limits.observe(broken);
  EXPECT_EQ(limits.of(broken).upper, 3);
}

}  // namespace
}  // namespace aula::render
