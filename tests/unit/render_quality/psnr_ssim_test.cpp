// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/error.h"
#include "pictures.h"
#include "render/quality/image_quality.h"

namespace aula::render::quality {
namespace {

std::string messageOf(const auto& action) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "no error";
}

TEST(ImageQuality, PsnrOfAConstantDifferenceIsItsDecibels) {
  const Image a = uniform(20, 10, 100, 100, 100), b = uniform(20, 10, 110, 110, 110);
  // 20 log10(255 / 10), exactly but for rounding.
  EXPECT_NEAR(psnr(a, b), 20 * std::log10(25.5), 1e-12);
  EXPECT_DOUBLE_EQ(psnr(a, b), psnr(b, a));
  // One channel of three: a third of the error, 10 log10(3) better.
  EXPECT_NEAR(psnr(a, uniform(20, 10, 110, 100, 100)), 20 * std::log10(25.5) + 10 * std::log10(3.0), 1e-12);
  EXPECT_NEAR(psnr(uniform(4, 4, 0, 0, 0), uniform(4, 4, 255, 255, 255)), 0, 1e-12);
  EXPECT_TRUE(std::isinf(psnr(a, a)));
}

TEST(ImageQuality, PsnrIgnoresAlpha) {
  Image a = waves(16, 16), b = a;
  for (std::size_t i = 3; i < b.pixels.size(); i += 4) b.pixels[i] = 0;
  EXPECT_TRUE(std::isinf(psnr(a, b)));
}

TEST(ImageQuality, SsimOfUniformPicturesIsItsLuminanceTerm) {
  const double x = 50.0 / 255, y = 200.0 / 255, c1 = 1e-4;
  // Wang et al. 2004, equation 6: no variance, so the other factor is one. Sums of 121 weights: 1e-12.
  EXPECT_NEAR(ssim(uniform(30, 20, 50, 50, 50), uniform(30, 20, 200, 200, 200)),
              (2 * x * y + c1) / (x * x + y * y + c1), 1e-9);
}

TEST(ImageQuality, SsimOfAPictureAndItsNegativeIsNegative) {
  const Image a = picture(40, 40, [](int x, int y) {
    const double v = 128 + 60 * std::sin(0.9 * x) * std::sin(0.7 * y);
    return std::array{v, v, v};
  });
  Image b = a;
  for (std::size_t i = 0; i < b.pixels.size(); ++i)
    if (i % 4 != 3) b.pixels[i] = static_cast<std::uint8_t>(255 - b.pixels[i]);
  EXPECT_LT(ssim(a, b), -0.5);
}

TEST(ImageQuality, SsimIsOneOnlyForEqualPicturesAndSymmetric) {
  const Image a = waves(64, 48), b = waves(64, 48, 60, 0.3), c = waves(64, 48, 60, 0.9);
  EXPECT_NEAR(ssim(a, a), 1, 1e-12);
  EXPECT_NEAR(ssim(a, b), ssim(b, a), 1e-12);
  EXPECT_LT(ssim(a, b), 1);
  EXPECT_LT(ssim(a, c), ssim(a, b));
}

TEST(ImageQuality, RefusesWhatCannotBeCompared) {
  EXPECT_EQ(messageOf([] { (void)psnr(uniform(3, 4, 0, 0, 0), uniform(4, 3, 0, 0, 0)); }),
            "pictures to be compared must be of one size; the reference has 3x4 pixels, the other 4x3");
  EXPECT_EQ(messageOf([] { (void)flip({}, {}); }),
            "pictures to be compared must have pixels; these have none");
  EXPECT_EQ(messageOf([] { (void)ssim(uniform(10, 40, 0, 0, 0), uniform(10, 40, 0, 0, 0)); }),
            "structural similarity needs pictures of 11x11 pixels or more; these have 10x40");
}

}  // namespace
}  // namespace aula::render::quality
