// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "molecular/model/host_device.h"

/// Random numbers by counting: a number is a function of (seed, step, index, purpose, draw) and of nothing
/// else, so that every implementation, every number of threads and every restart draws the same ones. The
/// function is Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, SC11 2011, section 4.1, table 2).
namespace aula::molecular {

/// What numbers are for: streams of different purposes never meet. The value is part of the counter; never
/// renumber.
enum class RandomPurpose : std::uint32_t {
  velocities = 1,   ///< Index: atom. Three Gaussians.
  langevin = 2,     ///< Index: atom. Three Gaussians a step.
  thermostat = 3,   ///< Index 0. Velocity rescale.
  barostat = 4,     ///< Index 0. Stochastic cell rescale: one Gaussian.
  heatRegion = 5,   ///< Index: atom; draw: number of the region. Three Gaussians a step.
  preparation = 6,  ///< Where ions go and the like.
  recovery = 7      ///< Index: atom. Velocities after a mended step.
};

struct RandomBits {
  std::uint32_t word[4];
};

/// Philox 4x32-10 itself: four words from a counter of four and a key of two.
AULA_HD RandomBits philox(RandomBits counter, std::uint32_t key0, std::uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = std::uint64_t{0xD2511F53U} * counter.word[0];
    const std::uint64_t product1 = std::uint64_t{0xCD9E8D57U} * counter.word[2];
    counter = {{static_cast<std::uint32_t>(product1 >> 32) ^ counter.word[1] ^ key0,
                static_cast<std::uint32_t>(product1),
                static_cast<std::uint32_t>(product0 >> 32) ^ counter.word[3] ^ key1,
                static_cast<std::uint32_t>(product0)}};
    key0 += 0x9E3779B9U;
    key1 += 0xBB67AE85U;
  }
  return counter;
}

/// The key is the seed; the counter is step (64 bits), index (32), purpose (8) and draw (24).
AULA_HD RandomBits randomBits(std::uint64_t seed, std::int64_t step, std::uint32_t index,
                              RandomPurpose purpose, std::uint32_t draw = 0) {
  const auto count = static_cast<std::uint64_t>(step);
  return philox({{static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(count >> 32), index,
                  (static_cast<std::uint32_t>(purpose) << 24) | (draw & 0xFFFFFFU)}},
                static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32));
}

/// In the open interval 0..1: the middle of one of 2^32 equal cells. In double, exactly; a Real of fewer
/// digits may round the last cells to 1.
template <class Real>
AULA_HD Real uniformFromBits(std::uint32_t word) {
  return (static_cast<Real>(word) + Real(0.5)) * Real(2.3283064365386963e-10);  // 2^-32
}

template <class Real>
struct FourGaussians {
  Real value[4];
};

/// Four independent numbers of mean 0 and variance 1 (Box and Muller 1958). The largest is 6.8.
template <class Real>
AULA_HD FourGaussians<Real> gaussiansFromBits(RandomBits bits) {
  constexpr Real kTwoPi = Real(6.283185307179586477);
  const Real radius0 = std::sqrt(Real(-2) * std::log(uniformFromBits<Real>(bits.word[0])));
  const Real radius1 = std::sqrt(Real(-2) * std::log(uniformFromBits<Real>(bits.word[2])));
  const Real angle0 = kTwoPi * uniformFromBits<Real>(bits.word[1]);
  const Real angle1 = kTwoPi * uniformFromBits<Real>(bits.word[3]);
  return {{radius0 * std::cos(angle0), radius0 * std::sin(angle0), radius1 * std::cos(angle1),
           radius1 * std::sin(angle1)}};
}

template <class Real>
AULA_HD FourGaussians<Real> randomGaussians(std::uint64_t seed, std::int64_t step, std::uint32_t index,
                                            RandomPurpose purpose, std::uint32_t draw = 0) {
  return gaussiansFromBits<Real>(randomBits(seed, step, index, purpose, draw));
}

/// As many numbers as are asked for, one after the other, of one (seed, step, index, purpose): for host code
/// that draws few.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::int64_t step, std::uint32_t index, RandomPurpose purpose)
      : seed_(seed), step_(step), index_(index), purpose_(purpose) {}

  double uniform() {  ///< 0 and 1 excluded.
    if (used_ == 4) {
      bits_ = randomBits(seed_, step_, index_, purpose_, draw_++);
      used_ = 0;
    }
    return uniformFromBits<double>(bits_.word[used_++]);
  }
  double gaussian() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(6.283185307179586477 * uniform());
  }
  /// Gamma distribution of this shape (above 0) and scale 1 (Marsaglia and Tsang 2000, figure 1 and section
  /// 6).
  double gamma(double shape) {
    if (shape < 1) {
      const double power = std::pow(uniform(), 1 / shape);
      return gamma(shape + 1) * power;
    }
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = gaussian(), root = 1 + c * x;
      if (root <= 0) continue;
      const double v = root * root * root;
      if (std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }
  /// Sum of the squares of `count` Gaussians (0 for 0): chi-squared.
  double sumOfSquares(int count) { return count > 0 ? 2 * gamma(0.5 * count) : 0.0; }

 private:
  std::uint64_t seed_;
  std::int64_t step_;
  std::uint32_t index_;
  RandomPurpose purpose_;
  std::uint32_t draw_ = 0;
  RandomBits bits_{};
  int used_ = 4;
};

}  // namespace aula::molecular
