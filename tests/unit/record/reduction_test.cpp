// SPDX-License-Identifier: Apache-2.0
#include "lab/record/reduction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.h"
#include "core/units/constants.h"

namespace aula::lab {
namespace {

using core::kPi;
using ::testing::HasSubstr;

Series sampled(double from, double to, std::size_t count, const std::function<double(double)>& function) {
  Series series;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
    series.x.push_back(x);
    series.y.push_back(function(x));
  }
  return series;
}

std::string problemOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "none";
}

TEST(Reduction, valueIsLinearBetweenPoints) {
  const Series series{{0, 1, 3}, {5, 7, 1}};
  EXPECT_EQ(valueAt(series, 0), 5);
  EXPECT_EQ(valueAt(series, 0.5), 6);
  EXPECT_EQ(valueAt(series, 2), 4);
  EXPECT_EQ(valueAt(series, 3), 1);
  EXPECT_THAT(problemOf([&] { static_cast<void>(valueAt(series, 3.1)); }), HasSubstr("reaches from 0 to 3"));
}

TEST(Reduction, integralsWeighByTheAxis) {
  const Series series{{0, 1, 3}, {0, 2, 2}};
  EXPECT_DOUBLE_EQ(integralOf(series), 1 + 4);
  EXPECT_DOUBLE_EQ(meanOf(series), 5.0 / 3);
  EXPECT_DOUBLE_EQ(rmsOf(series), std::sqrt((2 + 8) / 3.0));
  EXPECT_DOUBLE_EQ(centreOf({{0, 1, 2}, {0, 1, 0}}), 1);
  EXPECT_DOUBLE_EQ(slopeOf({{0, 1, 5}, {3, 5, 13}}), 2);
  EXPECT_EQ(meanOf({{2}, {7}}), 7);
}

TEST(Reduction, peaksLieBetweenSamples) {
  // cos^2 with k = pi / 5 sampled every h = 0.17: the parabola leaves out terms of order (k h)^2 = 0.011 of the distance to the
  // nearest sample, at most h / 2: about 1e-3. The envelope exp(-x^2 / 900) pulls a peak at x by x / (900 k^2), 0.003 x, to first
  // order, with a remainder of its square: 1e-5 of x.
  const double k = kPi / 5;
  const Series fringes = sampled(-20, 20, 236, [k](double x) {
    return std::exp(-x * x / 900) * std::pow(std::cos(k * (x - 0.33)), 2);
  });
  const auto pulled = [k](double centre) { return centre * (1 - 1 / (900 * k * k)); };
  const std::vector<Peak> peaks = findPeaks(fringes, {});
  ASSERT_EQ(peaks.size(), 7U);
  for (std::size_t i = 0; i < peaks.size(); ++i)
    EXPECT_NEAR(peaks[i].x, pulled(0.33 - 15 + 5 * static_cast<double>(i)), 1.5e-3) << i;
  EXPECT_NEAR(peakSpacing(fringes, {0.1, 3}), pulled(5), 1.5e-3);
  EXPECT_EQ(findPeaks(fringes, {0.1, 3}).size(), 3U);
  EXPECT_NEAR(findPeaks(fringes, {0.1, 1})[0].x, pulled(0.33), 1.5e-3);
}

TEST(Reduction, peaksMustStandOut) {
  // A ripple of 1 % on one hump: by its prominence only the hump counts.
  const Series rippled =
      sampled(0, 10, 1001, [](double x) { return std::exp(-(x - 5) * (x - 5)) + 0.01 * std::sin(40 * x); });
  EXPECT_EQ(findPeaks(rippled, {0.1, 0}).size(), 1U);
  EXPECT_GT(findPeaks(rippled, {0.005, 0}).size(), 20U);
  EXPECT_THAT(problemOf([] { static_cast<void>(findPeaks({{0, 1, 2}, {0, 1, 2}}, {})); }),
              HasSubstr("no peak stands out by 10 %"));
  // A flat top is one peak.
  EXPECT_EQ(findPeaks({{0, 1, 2, 3, 4}, {0, 1, 1, 1, 0}}, {}).size(), 1U);
  EXPECT_THAT(problemOf([] { static_cast<void>(peakSpacing({{0, 1, 2}, {0, 1, 0}}, {})); }),
              HasSubstr("only one peak"));
}

TEST(Reduction, unevenSamplesGiveTheSameParabola) {
  const auto parabola = [](double x) { return 3 - 2 * (x - 1.3) * (x - 1.3); };
  const Series series{{0, 1, 2.5}, {parabola(0), parabola(1), parabola(2.5)}};
  const Peak peak = findPeaks(series, {}).at(0);
  EXPECT_NEAR(peak.x, 1.3, 1e-12);
  EXPECT_NEAR(peak.y, 3, 1e-12);
}

TEST(Reduction, widthOfAGaussian) {
  // Linear between points 0.01 apart: at half height y'' h^2 / 8 / y' is below 1e-5.
  const Series gauss = sampled(-5, 5, 1001, [](double x) { return std::exp(-x * x / 2); });
  EXPECT_NEAR(widthOfPeak(gauss, 0.5), 2 * std::sqrt(2 * std::log(2.0)), 2e-5);
  EXPECT_THAT(problemOf([] { static_cast<void>(widthOfPeak({{0, 1, 2}, {1, 2, 1.5}}, 0.4)); }),
              HasSubstr("does not fall to 40 %"));
}

TEST(Reduction, crossings) {
  // Linear between points 0.003 apart: y'' h^2 / 8 / y' is below 1e-6.
  const Series wave = sampled(0, 2 * kPi, 2001, [](double x) { return std::sin(x); });
  EXPECT_NEAR(crossingOf(wave, 0.5, Crossing::any), kPi / 6, 1e-6);
  EXPECT_NEAR(crossingOf(wave, 0.5, Crossing::falling), 5 * kPi / 6, 1e-6);
  EXPECT_NEAR(crossingOf(wave, -0.5, Crossing::rising), 11 * kPi / 6, 1e-6);
  EXPECT_THAT(problemOf([&] { static_cast<void>(crossingOf(wave, 2, Crossing::rising)); }),
              HasSubstr("never crosses 2 rising"));
}

}  // namespace
}  // namespace aula::lab
