// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pictures.h"
#include "render/quality/image_quality.h"

namespace aula::render::quality {
namespace {

TEST(Flip, EqualPicturesDoNotDiffer) {
  const Image a = waves(50, 40);
  EXPECT_EQ(flip(a, a), 0);
}

TEST(Flip, BlackAgainstWhiteIsNearlyOne) {
  // No edges: only colour counts. The distance is 100 (lightness alone), that of green and blue after Hunt is
  // 203.3 by hand; powers of 0.7 are 25.12 and 41.28, the knee at 16.51: 0.95 + 0.05 * 8.61 / 24.77 = 0.9674.
  EXPECT_NEAR(flip(uniform(40, 30, 0, 0, 0), uniform(40, 30, 255, 255, 255)), 0.9674, 1e-3);
}

TEST(Flip, GreenAgainstBlueIsOne) {
  EXPECT_NEAR(flip(uniform(20, 20, 0, 255, 0), uniform(20, 20, 0, 0, 255)), 1, 1e-6);
}

TEST(Flip, IsSymmetric) {
  const Image a = waves(50, 40), b = waves(50, 40, 40, 0.7);
  EXPECT_NEAR(flip(a, b), flip(b, a), 1e-6);
}

TEST(Flip, GrowsWithTheDifference) {
  const Image a = uniform(24, 24, 120, 120, 120);
  double before = 0;
  for (const double grey : {121, 124, 130, 150, 200, 255}) {
    const double now = flip(a, uniform(24, 24, grey, grey, grey));
    EXPECT_GT(now, before) << "at " << grey;
    before = now;
  }
}

TEST(Flip, SeesALostLineMoreThanAsMuchLightSpreadOut) {
  // The same light taken from one line, and from everywhere: features amplify what has shape.
  const int n = 60;
  const auto withLine = picture(n, n, [](int x, int) {
    return x == 30 ? std::array{255.0, 255.0, 255.0} : std::array{100.0, 100.0, 100.0};
  });
  const Image without = uniform(n, n, 100, 100, 100), brighter = uniform(n, n, 103, 103, 103);
  const std::vector<float> lost = flipMap(withLine, without), spread = flipMap(without, brighter);
  EXPECT_GT(*std::max_element(lost.begin(), lost.end()), 5 * *std::max_element(spread.begin(), spread.end()));
  // Far from the line nothing is seen: more than both filters' radii (10 pixels of the eye's, 9 of the
  // features').
  EXPECT_EQ(lost[static_cast<std::size_t>(20 * n + 5)], 0.0F);
}

TEST(Flip, FarAwayFineDetailIsNotSeen) {
  // A chequerboard against its negative: one pixel a degree shows it plainly, 200 a degree is beyond the eye.
  const auto board = [](int phase) {
    return picture(48, 48, [=](int x, int y) {
      const double v = (x + y + phase) % 2 == 0 ? 90 : 160;
      return std::array{v, v, v};
    });
  };
  EXPECT_GT(flip(board(0), board(1), {20}), 5 * flip(board(0), board(1), {200}));
}

}  // namespace
}  // namespace aula::render::quality
