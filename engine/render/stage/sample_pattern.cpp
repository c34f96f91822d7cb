// SPDX-License-Identifier: Apache-2.0
#include "render/stage/sample_pattern.h"

#include <array>
#include <cmath>
#include <numbers>

namespace aula::render::stage {
namespace {

constexpr int kSteps = 512;
constexpr double kRadius = 1.5;  ///< Pixels.

/// Share of the window left of each step (Harris 1978, the four-term window of 92 dB).
std::array<double, kSteps + 1> shares() {
  std::array<double, kSteps + 1> sums{};
  for (int i = 0; i < kSteps; ++i) {
    const double t = 2 * std::numbers::pi * (i + 0.5) / kSteps;
    const double window =
        0.35875 - 0.48829 * std::cos(t) + 0.14128 * std::cos(2 * t) - 0.01168 * std::cos(3 * t);
    sums[static_cast<std::size_t>(i) + 1] = sums[static_cast<std::size_t>(i)] + window;
  }
  const double whole = sums.back();
  for (double& s : sums) s /= whole;
  return sums;
}

double warped(double u) {
  static const std::array<double, kSteps + 1> kShares = shares();
  std::size_t i = 0;
  while (i + 2 < kShares.size() && kShares[i + 1] < u) ++i;
  const double t = (u - kShares[i]) / (kShares[i + 1] - kShares[i]);
  return kRadius * (2 * (static_cast<double>(i) + t) / kSteps - 1);
}

}  // namespace

glm::vec2 sampleAt(int index, int count) {
  if (count == 1) return {0, 0};
  // The R2 sequence (Roberts 2018): powers of the plastic number.
  constexpr double kX = 0.7548776662466927, kY = 0.5698402909980532;
  const double x = 0.5 + kX * index, y = 0.5 + kY * index;
  return {warped(x - std::floor(x)), warped(y - std::floor(y))};
}

}  // namespace aula::render::stage
