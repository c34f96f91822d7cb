// SPDX-License-Identifier: Apache-2.0
#include "render/temporal/jitter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace aula::render::temporal {
namespace {

TEST(Jitter, IsEightPlacesForEachPixelOfTheResult) {
  EXPECT_EQ(jitterLength(1), 8);
  EXPECT_EQ(jitterLength(1.5), 18);
  EXPECT_EQ(jitterLength(1.7), 24);  // 23.12, rounded up.
  EXPECT_EQ(jitterLength(2), 32);
  EXPECT_EQ(jitterLength(3), 72);
}

TEST(Jitter, StaysWithinThePixelAndAroundItsMiddle) {
  for (const double ratio : {1.0, 1.5, 1.7, 2.0, 3.0}) {
    glm::dvec2 sum(0);
    for (int i = 0; i < jitterLength(ratio); ++i) {
      const glm::vec2 place = jitterAt(i, ratio);
      EXPECT_LE(std::abs(place.x), 0.5F);
      EXPECT_LE(std::abs(place.y), 0.5F);
      sum += place;
    }
    // Only what was cut at the pixel's edge keeps the mean from zero: for 8 places at most 1/16 (the step of
    // base 2).
    EXPECT_LT(std::hypot(sum.x, sum.y) / jitterLength(ratio), 1.0 / 16) << ratio;
  }
}

TEST(Jitter, RepeatsAndDoesNotStandStill) {
  std::set<std::pair<float, float>> places;
  for (int i = 0; i < 32; ++i) {
    const glm::vec2 place = jitterAt(i, 2);
    places.insert({place.x, place.y});
    EXPECT_EQ(place, jitterAt(i + 32, 2));
  }
  EXPECT_EQ(places.size(), 32U);
}

TEST(Jitter, FillsEveryPixelOfTheResult) {
  // At ratio 2, 32 places over the 4 pixels of the result that share one drawn pixel: 8 each, as the sequence
  // is even (in base 3 a half is not a whole number of steps, so a place or two may fall to the neighbour).
  int count[2][2] = {};
  for (int i = 0; i < 32; ++i) {
    const glm::vec2 place = jitterAt(i, 2);
    ++count[place.y >= 0 ? 1 : 0][place.x >= 0 ? 1 : 0];
  }
  for (const auto& row : count)
    for (const int n : row) EXPECT_NEAR(n, 8, 2);
}

}  // namespace
}  // namespace aula::render::temporal
