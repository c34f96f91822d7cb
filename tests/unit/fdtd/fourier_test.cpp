// SPDX-License-Identifier: Apache-2.0
#include "fdtd/instrument/fourier.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"

namespace aula::tests {
namespace {

TEST(FourierSums, APureToneComesOutOfAnyWindow) {
  const double frequency = 3.0;
  const std::complex<double> amplitude{0.7, -1.3};
  // 2.37 periods from an odd start: no whole number of anything.
  fdtd::FourierSums sums({frequency}, 2, fdtd::Normalisation::amplitude);
  for (int n = 0; n < 37; ++n) {
    const double t = 0.113 + n * (2.37 / frequency / 37);
    const double x = (amplitude * std::polar(1.0, -2 * core::kPi * frequency * t)).real();
    const double values[] = {x, -2 * x};
    sums.add(t, 1, values);
  }
  // Only rounding is left: the fit is exact.
  EXPECT_NEAR(std::abs(sums.value(0, 0) - amplitude), 0, 1e-12);
  EXPECT_NEAR(std::abs(sums.value(0, 1) + 2.0 * amplitude), 0, 1e-12);
}

TEST(FourierSums, ATransformIsTheIntegral) {
  // exp(-t^2/2w^2) has the transform w sqrt(2 pi) exp(-(2 pi f w)^2/2); about t = 0 it is real.
  const double width = 0.2, f = 0.9;
  fdtd::FourierSums sums({f}, 1, fdtd::Normalisation::transform);
  const double step = 0.01;
  for (int n = -200; n <= 200; ++n) {
    const double value = std::exp(-0.5 * std::pow(n * step / width, 2));
    sums.add(n * step, step, {&value, 1});
  }
  const double expected =
      width * std::sqrt(2 * core::kPi) * std::exp(-0.5 * std::pow(2 * core::kPi * f * width, 2));
  // The trapezoid rule on a Gaussian cut at ten widths converges beyond double precision.
  EXPECT_NEAR(sums.value(0, 0).real(), expected, 1e-12);
  EXPECT_NEAR(sums.value(0, 0).imag(), 0, 1e-12);
}

TEST(FourierSums, NothingIsKnownBeforeTheFirstSamples) {
  const fdtd::FourierSums sums({1.0}, 1, fdtd::Normalisation::amplitude);
  EXPECT_EQ(sums.value(0, 0), std::complex<double>(0));
}

}  // namespace
}  // namespace aula::tests
