// SPDX-License-Identifier: Apache-2.0
#include "lab/record/resonance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/error.h"
#include "core/units/constants.h"
#include "lab/record/complex_matrix.h"

namespace aula::lab {
namespace {

using core::kPi;
using ::testing::HasSubstr;
using Complex = std::complex<double>;

struct Line {
  double frequency, decay, amplitude, phase;
};

Series ringDown(const std::vector<Line>& lines, std::size_t count, double step, bool isSingle = false) {
  Series series;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = step * static_cast<double>(i);
    double y = 0;
    for (const Line& line : lines)
      y += line.amplitude * std::exp(-line.decay * t) * std::cos(2 * kPi * line.frequency * t + line.phase);
    series.x.push_back(t);
    series.y.push_back(isSingle ? static_cast<double>(static_cast<float>(y)) : y);
  }
  return series;
}

TEST(ComplexMatrix, hermitianEigenReproducesTheMatrix) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  const std::size_t n = 17;
  ComplexMatrix a(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      a(i, j) = {normal(random), i == j ? 0 : normal(random)};
      a(j, i) = std::conj(a(i, j));
    }
  const HermitianEigen eigen = hermitianEigen(a);
  EXPECT_TRUE(std::is_sorted(eigen.values.rbegin(), eigen.values.rend()));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      Complex sum = 0, product = 0;
      for (std::size_t k = 0; k < n; ++k) {
        sum += eigen.values[k] * eigen.vectors(i, k) * std::conj(eigen.vectors(j, k));
        product += std::conj(eigen.vectors(k, i)) * eigen.vectors(k, j);
      }
      // Some hundreds of roundings of numbers of order 10.
      EXPECT_NEAR(std::abs(sum - a(i, j)), 0, 1e-12);
      EXPECT_NEAR(std::abs(product - (i == j ? 1.0 : 0.0)), 0, 1e-12);
    }
}

TEST(ComplexMatrix, eigenvaluesOfACompanionMatrixAreItsRoots) {
  // Of the product of (z - r): coefficients in the first row, ones below the diagonal.
  const std::vector<Complex> roots{{1, 0}, {0.5, 2}, {-1.5, 0.3}, {0, -1}, {3, 1}, {-0.2, -0.7}};
  std::vector<Complex> polynomial{1};
  for (const Complex& root : roots) {
    polynomial.push_back(0);
    for (std::size_t i = polynomial.size() - 1; i > 0; --i) polynomial[i] -= root * polynomial[i - 1];
  }
  ComplexMatrix companion(roots.size(), roots.size());
  for (std::size_t j = 0; j < roots.size(); ++j) companion(0, j) = -polynomial[j + 1];
  for (std::size_t i = 1; i < roots.size(); ++i) companion(i, i - 1) = 1;
  const std::vector<Complex> found = eigenvalues(companion);
  for (const Complex& root : roots) {
    double nearest = 1e9;
    for (const Complex& value : found) nearest = std::min(nearest, std::abs(value - root));
    EXPECT_LT(nearest, 1e-11);
  }
}

TEST(ComplexMatrix, leastSquaresLeavesAnOrthogonalRemainder) {
  std::mt19937 random(2);
  std::normal_distribution<double> normal;
  ComplexMatrix a(20, 5), b(20, 2);
  for (std::size_t i = 0; i < 20; ++i) {
    for (std::size_t j = 0; j < 5; ++j) a(i, j) = {normal(random), normal(random)};
    for (std::size_t j = 0; j < 2; ++j) b(i, j) = {normal(random), normal(random)};
  }
  const ComplexMatrix x = leastSquares(a, b);
  for (std::size_t column = 0; column < 2; ++column)
    for (std::size_t j = 0; j < 5; ++j) {
      Complex product = 0;
      for (std::size_t i = 0; i < 20; ++i) {
        Complex remainder = b(i, column);
        for (std::size_t k = 0; k < 5; ++k) remainder -= a(i, k) * x(k, column);
        product += std::conj(a(i, j)) * remainder;
      }
      EXPECT_NEAR(std::abs(product), 0, 1e-12);
    }
}

TEST(Resonance, linesOfACavityInSinglePrecision) {
  // Ten modes of a box without loss, rounded to float, 40 periods of the lowest. The promise is 0.1 %; rounding (6e-8, averaged
  // over hundreds of samples) leaves far less, so that a hundredth of the promise shows a mistake in the method.
  std::vector<Line> lines;
  for (const double f : {1.0, 1.28, 1.41, 1.73, 2.05, 2.24, 2.45, 2.83, 3.0, 3.16})
    lines.push_back({f * 1e14, 0, 0.3 + 0.1 * static_cast<double>(lines.size() % 4),
                     0.7 * static_cast<double>(lines.size())});
  const Series signal = ringDown(lines, 8000, 5e-17, true);
  const std::vector<Resonance> found = findResonances(signal, {0.5e14, 3.5e14, 0.01, 0});
  ASSERT_EQ(found.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_NEAR(found[i].frequency / lines[i].frequency, 1, 1e-5) << i;
    // The low pass's ripple, -80 dB, and what it does to a line: a part in a thousand.
    EXPECT_NEAR(found[i].amplitude / lines[i].amplitude, 1, 1e-2) << i;
  }
}

TEST(Resonance, closeLinesAndTheirQualities) {
  // 0.6 periods of the difference fit into the signal: a spectrum would show one line.
  const std::vector<Line> lines{{100, 1.5, 1, 0.3}, {103, 2.5, 0.8, 1.1}};
  const std::vector<Resonance> found = findResonances(ringDown(lines, 2000, 1e-4), {50, 200, 0.01, 0});
  ASSERT_EQ(found.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(found[i].frequency, lines[i].frequency, 1e-2);  // 0.01 %
    EXPECT_NEAR(found[i].decay, lines[i].decay, 0.1);
    EXPECT_NEAR(found[i].quality(), kPi * lines[i].frequency / lines[i].decay, 10);
  }
}

TEST(Resonance, bandCountAndThresholdChoose) {
  const std::vector<Line> lines{{100, 2, 1, 0}, {170, 2, 0.5, 0}, {240, 2, 0.002, 0}, {400, 2, 5, 0}};
  const Series signal = ringDown(lines, 10000, 1e-4);
  EXPECT_EQ(findResonances(signal, {50, 300, 0.01, 0}).size(), 2U);  // The third is too weak.
  const auto strongest = findResonances(signal, {50, 300, 0.01, 1});
  ASSERT_EQ(strongest.size(), 1U);
  EXPECT_NEAR(strongest[0].frequency, 100, 0.1);
}

TEST(Resonance, noiseDoesNotMoveThem) {
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 0.01);
  Series signal = ringDown({{100, 1, 1, 0}, {140, 3, 0.5, 1}}, 4000, 2.5e-4);
  for (double& y : signal.y) y += noise(random);
  const auto found = findResonances(signal, {50, 200, 0.1, 0});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NEAR(found[0].frequency, 100, 0.1);  // The promise, 0.1 %.
  EXPECT_NEAR(found[1].frequency, 140, 0.14);
}

TEST(Resonance, whatCannotBeDoneIsSaid) {
  const auto problemOf = [](const Series& series, const ResonanceOptions& options) {
    try {
      static_cast<void>(findResonances(series, options));
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  const Series good = ringDown({{100, 2, 1, 0}}, 1000, 1e-4);
  EXPECT_THAT(problemOf(ringDown({{100, 2, 1, 0}}, 20, 1e-4), {}), HasSubstr("has 20 samples"));
  Series uneven = good;
  uneven.x[500] += 5e-5;
  EXPECT_THAT(problemOf(uneven, {}), HasSubstr("not evenly sampled"));
  Series silent = good;
  for (double& y : silent.y) y = 0;
  EXPECT_THAT(problemOf(silent, {}), HasSubstr("zero throughout"));
  EXPECT_THAT(problemOf(good, {0, 6000, 0.01, 0}), HasSubstr("half the sampling rate"));
}

}  // namespace
}  // namespace aula::lab
