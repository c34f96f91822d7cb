// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/ewald_fit.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "core/error.h"

namespace aula::molecular::cpu {

namespace {

constexpr double kTwoBySqrtPi = 2 * std::numbers::inv_sqrtpi;

/// erf(x)/x and erf(x)/x^3 - 2/sqrt(pi) exp(-x^2)/x^2 by z = x^2; near 0 by their series (2/sqrt(pi) times
/// the sums of
/// (-z)^n/(n! (2 n + 1)) and of 2 (n + 1) (-z)^n / ((n + 1)! (2 n + 3))), where the closed forms cancel.
double potentialPart(double z) {
  if (z > 0.5) return std::erf(std::sqrt(z)) / std::sqrt(z);
  double sum = 0, power = 1;
  for (int n = 0; n < 20; ++n) sum += power / (2 * n + 1), power *= -z / (n + 1);
  return kTwoBySqrtPi * sum;
}
double forcePart(double z) {
  if (z > 0.5) return (std::erf(std::sqrt(z)) / std::sqrt(z) - kTwoBySqrtPi * std::exp(-z)) / z;
  double sum = 0, power = 1;
  for (int n = 0; n < 20; ++n) sum += 2 * power / (2 * n + 3), power *= -z / (n + 1);
  return kTwoBySqrtPi * sum;
}

/// Interpolates at the zeros of Chebyshev's polynomial, as powers of u = -1..1; returns the largest error
/// seen.
template <std::size_t count, class Function>
double interpolate(const Function& function, std::array<double, count>& power) {
  std::array<double, count> chebyshev{};
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t n = 0; n < count; ++n) {
      const double angle = std::numbers::pi * (static_cast<double>(n) + 0.5) / static_cast<double>(count);
      chebyshev[k] += function(std::cos(angle)) * std::cos(static_cast<double>(k) * angle);
    }
    chebyshev[k] *= (k == 0 ? 1.0 : 2.0) / static_cast<double>(count);
  }
  // T_0 = 1, T_1 = u, T_{k+1} = 2 u T_k - T_{k-1}.
  std::array<double, count> before{}, now{};
  before[0] = 1, now[1] = 1;
  power.fill(0);
  power[0] = chebyshev[0];
  for (std::size_t k = 1; k < count; ++k) {
    for (std::size_t n = 0; n < count; ++n) power[n] += chebyshev[k] * now[n];
    std::array<double, count> next{};
    for (std::size_t n = 0; n < count; ++n) next[n] = (n > 0 ? 2 * now[n - 1] : 0) - before[n];
    before = now, now = next;
  }
  double error = 0;
  for (int n = 0; n <= 1000; ++n) {
    const double u = -1 + n / 500.0;
    double sum = 0;
    for (std::size_t k = count; k-- > 0;) sum = sum * u + power[k];
    error = std::max(error, std::abs(sum - function(u)));
  }
  return error;
}

}  // namespace

double ewaldCoefficient(double cutoff, double tolerance) {
  double low = 0, high = 10;
  for (int n = 0; n < 100; ++n) {
    const double middle = 0.5 * (low + high);
    (std::erfc(middle) > tolerance ? low : high) = middle;
  }
  return 0.5 * (low + high) / cutoff;
}

void fitEwald(const NonbondedSettings& settings, PairConstants& constants) {
  const double cutoff = settings.cutoff, beta = ewaldCoefficient(cutoff, settings.ewaldTolerance);
  const double half = 0.5 * cutoff * cutoff;  // r^2 = half (1 + u)
  constants.centre = static_cast<float>(half);
  std::array<double, kForceDegree + 1> force;
  std::array<double, kEnergyDegree + 1> energy;
  const double scale = beta * beta;
  const double forceError = interpolate([&](double u) { return forcePart(scale * half * (1 + u)); }, force);
  const double energyError =
      interpolate([&](double u) { return potentialPart(scale * half * (1 + u)); }, energy);
  // Single precision leaves about 4e-6 of the forces' root mean square; the fit shall stay below it.
  constexpr double kMostError = 4e-6;
  if (forceError > kMostError || energyError > kMostError)
    throw core::inputError("ewaldTolerance is " + std::to_string(settings.ewaldTolerance) +
                           ", finer than the CPU engine's single precision can follow; 1e-6 and above are");
  double power = 1;
  for (std::size_t n = 0; n < energy.size(); ++n, power /= half) {
    constants.energy[n] = static_cast<float>(-beta * energy[n] * power);
    if (n < force.size()) constants.force[n] = static_cast<float>(-beta * beta * beta * force[n] * power);
  }
}

}  // namespace aula::molecular::cpu
