// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/random.h"

#include <gtest/gtest.h>

#include <cmath>

/// The random numbers that thermostats live on. The bounds on moments are five standard errors: a right
/// generator fails one test in two million, and the numbers are the same every time.
namespace aula::test {
namespace {

using namespace molecular;

TEST(Random, PhiloxGivesTheAuthorsKnownAnswers) {
  // Random123's own kat_vectors, philox4x32 of 10 rounds.
  const auto expectWords = [](RandomBits bits, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                              std::uint32_t d) {
    EXPECT_EQ(bits.word[0], a);
    EXPECT_EQ(bits.word[1], b);
    EXPECT_EQ(bits.word[2], c);
    EXPECT_EQ(bits.word[3], d);
  };
  expectWords(philox({{0, 0, 0, 0}}, 0, 0), 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  expectWords(philox({{~0U, ~0U, ~0U, ~0U}}, ~0U, ~0U), 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  expectWords(philox({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0xa4093822, 0x299f31d0), 0xd16cfe09,
              0x94fdcceb, 0x5001e420, 0x24126ea1);
}

TEST(Random, GaussiansHaveTheirMomentsAndDoNotKnowEachOther) {
  constexpr int kCount = 100000;
  double sum[4] = {}, squares = 0, fourths = 0, product = 0;
  for (int n = 0; n < kCount; ++n) {
    const auto four =
        randomGaussians<double>(42, n / 100, static_cast<std::uint32_t>(n % 100), RandomPurpose::langevin);
    for (int k = 0; k < 4; ++k) {
      sum[k] += four.value[k];
      const double square = four.value[k] * four.value[k];
      squares += square;
      fourths += square * square;
    }
    product += four.value[0] * four.value[1] + four.value[2] * four.value[3];
  }
  // Variances: of x 1, of x^2 2, of x^4 96, of x y 1.
  for (const double mean : sum) EXPECT_LT(std::abs(mean / kCount), 5 / std::sqrt(kCount));
  EXPECT_LT(std::abs(squares / (4 * kCount) - 1), 5 * std::sqrt(2 / (4.0 * kCount)));
  EXPECT_LT(std::abs(fourths / (4 * kCount) - 3), 5 * std::sqrt(96 / (4.0 * kCount)));
  EXPECT_LT(std::abs(product / kCount), 5 * std::sqrt(2.0 / kCount));
}

TEST(Random, StreamsOfDifferentPurposeStepOrSeedDiffer) {
  const RandomBits one = randomBits(1, 2, 3, RandomPurpose::langevin);
  for (const RandomBits& other :
       {randomBits(2, 2, 3, RandomPurpose::langevin), randomBits(1, 3, 3, RandomPurpose::langevin),
        randomBits(1, 2, 4, RandomPurpose::langevin), randomBits(1, 2, 3, RandomPurpose::velocities),
        randomBits(1, 2, 3, RandomPurpose::langevin, 1),
        randomBits(1, 2 + (std::int64_t{1} << 32), 3, RandomPurpose::langevin)})
    EXPECT_NE(one.word[0], other.word[0]);
}

TEST(Random, SumsOfSquaresAreChiSquared) {
  // Mean k, variance 2 k, fourth central moment 12 k (k + 4): from it the error of the variance.
  for (const int k : {1, 2, 3, 7, 100, 5000}) {
    constexpr int kCount = 20000;
    double sum = 0, squares = 0;
    for (int n = 0; n < kCount; ++n) {
      RandomStream stream(7, n, 0, RandomPurpose::thermostat);
      const double x = stream.sumOfSquares(k) - k;
      sum += x;
      squares += x * x;
    }
    EXPECT_LT(std::abs(sum / kCount), 5 * std::sqrt(2.0 * k / kCount)) << k;
    const double varianceOfSquare = 12.0 * k * (k + 4) - 4.0 * k * k;
    EXPECT_LT(std::abs(squares / kCount - 2 * k), 5 * std::sqrt(varianceOfSquare / kCount)) << k;
  }
}

}  // namespace
}  // namespace aula::test
