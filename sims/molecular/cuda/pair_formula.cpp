// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/pair_formula.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "core/error.h"

namespace aula::molecular::cuda {

namespace {

constexpr double kPi = 3.14159265358979323846;

/// The polynomial in t = x - centre that meets `f` at Chebyshev's nodes of [0, upper].
void fit(const std::function<double(double)>& f, double upper, int degree, float* out) {
  const double half = 0.5 * upper;
  const int count = degree + 1;
  std::vector<double> values(static_cast<std::size_t>(count));
  for (int n = 0; n < count; ++n)
    values[static_cast<std::size_t>(n)] = f(half + half * std::cos(kPi * (n + 0.5) / count));
  // Chebyshev coefficients, then powers by the recursion T(m+1) = 2 u T(m) - T(m-1).
  std::vector<double> powers(static_cast<std::size_t>(count)), before(powers), now(powers);
  before[0] = 1;  // T0
  if (count > 1) now[1] = 1;
  for (int m = 0; m < count; ++m) {
    double coefficient = 0;
    for (int n = 0; n < count; ++n)
      coefficient += values[static_cast<std::size_t>(n)] * std::cos(kPi * m * (n + 0.5) / count);
    coefficient *= (m == 0 ? 1.0 : 2.0) / count;
    const std::vector<double>& chebyshev = m == 0 ? before : now;
    for (std::size_t k = 0; k < powers.size(); ++k) powers[k] += coefficient * chebyshev[k];
    if (m == 0) continue;
    std::vector<double> next(powers.size());
    for (std::size_t k = 0; k < powers.size(); ++k) next[k] = (k > 0 ? 2 * now[k - 1] : 0.0) - before[k];
    before = now;
    now = next;
  }
  double scale = 1;
  for (int k = 0; k < count; ++k, scale /= half)
    out[k] = static_cast<float>(powers[static_cast<std::size_t>(k)] * scale);
}

/// What the polynomial misses of `f` in single precision, at most, between its nodes and at both ends.
template <int degree>
double largestMiss(const std::function<double(double)>& f, double upper, const float* polynomialOf) {
  constexpr int kPlaces = 400;
  double largest = 0;
  for (int n = 0; n <= kPlaces; ++n) {
    const double x = upper * n / kPlaces;
    const auto t = static_cast<float>(x - 0.5 * upper);
    largest = std::max(
        largest, std::abs(static_cast<double>(polynomial<degree>(polynomialOf, t)) - f(std::max(x, 1e-9))));
  }
  return largest;
}

}  // namespace

double ewaldBeta(const NonbondedSettings& settings) {
  double low = 0, high = 30;
  for (int n = 0; n < 100; ++n) {
    const double middle = 0.5 * (low + high);
    (std::erfc(middle) > settings.ewaldTolerance ? low : high) = middle;
  }
  return low / settings.cutoff;
}

PairParameters pairParameters(const NonbondedSettings& settings, double beta) {
  PairParameters p{};
  const double rc = settings.cutoff, square = rc * rc;
  p.cutoffSquare = static_cast<float>(square);
  p.reachSquare = settings.electrostatics == Electrostatics::plain ? 1e30F : p.cutoffSquare;
  p.hasMesh = settings.electrostatics == Electrostatics::particleMeshEwald;
  p.centre = static_cast<float>(0.5 * square);
  if (p.hasMesh) {
    const double slope = 2 * beta / std::sqrt(kPi);
    const auto force = [&](double x) {
      const double r = std::sqrt(x), z = beta * r;
      // The series where the difference would lose its digits.
      if (z < 0.05) return -slope * beta * beta * (2.0 / 3 - 0.4 * z * z + z * z * z * z / 7);
      return -(std::erf(z) / r - slope * std::exp(-z * z)) / x;
    };
    const auto energy = [&](double x) {
      const double r = std::sqrt(x);
      return r < 1e-6 ? -slope : -std::erf(beta * r) / r;
    };
    fit(force, square, kForceDegree, p.force);
    fit(energy, square, kEnergyDegree, p.energy);
    // Beside their values at 0; the CPU engine has the same bound, of what single precision leaves of forces.
    constexpr double kMostMissed = 4e-6;
    if (largestMiss<kForceDegree>(force, square, p.force) > kMostMissed * slope * beta * beta ||
        largestMiss<kEnergyDegree>(energy, square, p.energy) > kMostMissed * slope)
      throw core::inputError("the Ewald tolerance is " + std::to_string(settings.ewaldTolerance) +
                             ", finer than this device's single precision can follow; choose 1e-6 or more");
  } else if (settings.electrostatics == Electrostatics::reactionField) {
    const double permittivity = settings.reactionFieldPermittivity;
    const double k = (permittivity == 0 ? 0.5 : (permittivity - 1) / (2 * permittivity + 1)) / (rc * rc * rc);
    p.reactionField = static_cast<float>(k);
    p.reactionShift = static_cast<float>(1 / rc + k * square);
  }
  if (settings.vdwModifier == VdwModifier::potentialShift) {
    p.dispersionShift = static_cast<float>(1 / (square * square * square));
    p.repulsionShift = p.dispersionShift * p.dispersionShift;
  }
  p.isSwitched = settings.vdwModifier == VdwModifier::potentialSwitch;
  p.switchStart = static_cast<float>(settings.switchStart);
  p.switchWidthInverse = static_cast<float>(1 / (rc - (p.isSwitched ? settings.switchStart : 0)));
  return p;
}

}  // namespace aula::molecular::cuda
