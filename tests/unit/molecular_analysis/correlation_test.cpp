// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/correlation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;
using Kind = TimeCorrelation::Kind;

TEST(Displacement, OfEvenMotionIsTheSquareOfTheWay) {
  TimeCorrelation msd(Kind::squaredDisplacement, 20, 20);
  for (int t = 0; t < 60; ++t) msd.add(std::vector<core::Vec3>{{0.3 * t, 0, 0}, {0, -0.4 * t, 0}});
  const auto mean = msd.mean();
  ASSERT_EQ(mean.size(), 21U);
  for (int lag = 0; lag <= 20; ++lag)
    EXPECT_NEAR(mean[static_cast<std::size_t>(lag)], 0.125 * lag * lag, 1e-10);
}

TEST(Displacement, OfARandomWalkGivesItsDiffusion) {
  Chance chance(5);
  // Steps of variance s^2 along each axis every dt: D = s^2 / (2 dt).
  constexpr double kStep = 0.05, kInterval = 0.1;
  TimeCorrelation msd(Kind::squaredDisplacement, 40, 100);
  std::vector<core::Vec3> walkers(200);
  for (int t = 0; t < 1000; ++t) {
    msd.add(walkers);
    for (auto& walker : walkers)
      walker = walker + kStep * core::Vec3{chance.gauss(), chance.gauss(), chance.gauss()};
  }
  const Diffusion d = diffusionOf(msd, kInterval, 8, 32);
  EXPECT_GE(d.blocks, 8);
  EXPECT_GT(d.error, 0);
  // Its own error bar must hold, and must be small: 200 walkers over some 25 independent spans give about 1.2
  // %.
  EXPECT_NEAR(d.value, kStep * kStep / (2 * kInterval), 5 * d.error);
  EXPECT_LT(d.error, 0.03 * d.value);
}

TEST(VelocityCorrelation, OfAnOscillatorIsACosineWhoseSpectrumPeaksThere) {
  constexpr double kInterval = 0.002, kFrequency = 20;
  TimeCorrelation vacf(Kind::product, 500, 1000);
  for (int t = 0; t < 3000; ++t)
    vacf.add(std::vector<core::Vec3>{{std::sin(2 * core::kPi * kFrequency * kInterval * t), 0, 0}});
  auto mean = vacf.mean();
  for (const std::size_t lag : {std::size_t{0}, std::size_t{6}, std::size_t{100}})
    EXPECT_NEAR(mean[lag], 0.5 * std::cos(2 * core::kPi * kFrequency * kInterval * double(lag)), 2e-3);
  std::vector<double> frequencies;
  for (int n = 0; n <= 100; ++n) frequencies.push_back(0.5 * n);
  const auto spectrum = spectrumOf(mean, kInterval, frequencies);
  std::size_t best = 0;
  for (std::size_t n = 0; n < spectrum.size(); ++n)
    if (spectrum[n] > spectrum[best]) best = n;
  EXPECT_DOUBLE_EQ(frequencies[best], kFrequency);
}

TEST(TimeCorrelation, BeginsAnewAfterReset) {
  TimeCorrelation msd(Kind::squaredDisplacement, 4, 4);
  for (int t = 0; t < 10; ++t) msd.add(std::vector<core::Vec3>{{1.0 * t, 0, 0}});
  msd.reset();
  EXPECT_TRUE(msd.mean().empty());
  msd.add(std::vector<core::Vec3>{{5, 0, 0}, {1, 0, 0}});
  ASSERT_EQ(msd.mean().size(), 1U);
  EXPECT_DOUBLE_EQ(msd.mean()[0], 0);
}

}  // namespace
}  // namespace aula::tests
