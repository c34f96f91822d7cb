// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/tube_law.h"

#include <algorithm>
#include <cmath>

#include "anatomy/airways/air.h"

namespace aula::anatomy {

namespace {

struct Row {
  double a0, slope, n1, n2, area, length, diameter;  // -, 1/cmH2O, -, -, cm^2, cm, cm
};
// Lambert and others 1982, table 1; lengths and diameters: Weibel 1963, table V.1.
constexpr Row kRows[kTubeGenerations] = {
    {0.882, 0.011, 0.50, 10, 2.37, 12.0, 1.80},   {0.882, 0.011, 0.50, 10, 2.37, 4.76, 1.22},
    {0.686, 0.051, 0.60, 10, 2.80, 1.90, 0.83},   {0.546, 0.080, 0.60, 10, 3.50, 0.76, 0.56},
    {0.450, 0.100, 0.70, 10, 4.50, 1.27, 0.45},   {0.370, 0.125, 0.80, 10, 5.30, 1.07, 0.35},
    {0.310, 0.142, 0.90, 10, 6.50, 0.90, 0.28},   {0.255, 0.159, 1.00, 10, 8.00, 0.76, 0.23},
    {0.213, 0.174, 1.00, 10, 10.2, 0.64, 0.186},  {0.184, 0.184, 1.00, 10, 12.7, 0.54, 0.154},
    {0.153, 0.194, 1.00, 10, 15.94, 0.46, 0.130}, {0.125, 0.206, 1.00, 9, 20.7, 0.39, 0.109},
    {0.100, 0.218, 1.00, 8, 28.8, 0.33, 0.095},   {0.075, 0.226, 1.00, 8, 44.5, 0.27, 0.082},
    {0.057, 0.233, 1.00, 8, 69.4, 0.23, 0.074},   {0.045, 0.239, 1.00, 7, 113.0, 0.20, 0.066},
    {0.039, 0.243, 1.00, 7, 180.0, 0.165, 0.060}};

/// Nobody's chest presses harder.
constexpr double kLowest = -300 * kWaterCentimetre;
/// Halvings: of 300 cmH2O down to 1e-7 of it.
constexpr int kHalvings = 24;

std::array<TubeLaw, kTubeGenerations> makeLaws() {
  std::array<TubeLaw, kTubeGenerations> laws;
  for (std::size_t z = 0; z < laws.size(); ++z)
    laws[z] = {kRows[z].a0,
               kRows[z].slope / kWaterCentimetre,
               kRows[z].n1,
               kRows[z].n2,
               kRows[z].area * 1e-4,
               kRows[z].length * 1e-2,
               kRows[z].diameter * 1e-2};
  return laws;
}

/// One generation at one flow.
struct Passage {
  const TubeLaw& law;
  double area;  ///< Maximal, m^2
  double flow;

  [[nodiscard]] double areaAt(double p) const { return area * law.area(p); }
  [[nodiscard]] double head(double p) const {
    const double speed = flow / areaAt(p);
    return p + 0.5 * kAirDensity * speed * speed;
  }
  /// The square of flow speed over wave speed.
  [[nodiscard]] double speedIndex(double p) const {
    const double a = areaAt(p);
    return kAirDensity * flow * flow * area * law.slopeAt(p) / (a * a * a);
  }
  /// Below this pressure the flow would be faster than waves; `from` if it is already there.
  [[nodiscard]] double critical(double from) const {
    if (speedIndex(from) >= 1) return from;
    double low = kLowest, high = from;
    if (speedIndex(low) < 1) return low;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = 0.5 * (low + high);
      (speedIndex(middle) >= 1 ? low : high) = middle;
    }
    return high;
  }
};

}  // namespace

double TubeLaw::area(double p) const {
  if (p <= 0) return a0 * std::pow(1 - p * slope / (a0 * n1), -n1);
  return 1 - (1 - a0) * std::pow(1 + p * slope / (n2 * (1 - a0)), -n2);
}

double TubeLaw::slopeAt(double p) const {
  if (p <= 0) return slope * std::pow(1 - p * slope / (a0 * n1), -n1 - 1);
  return slope * std::pow(1 + p * slope / (n2 * (1 - a0)), -n2 - 1);
}

double TubeLaw::squareIntegral(double p) const {
  if (p <= 0) {
    // a0^2 (1 - P/P1)^(-2 n1)
    const double p1 = a0 * n1 / slope, ratio = 1 - p / p1, power = 1 - 2 * n1;
    if (std::abs(power) < 1e-12) return -a0 * a0 * p1 * std::log(ratio);
    return -a0 * a0 * p1 * (std::pow(ratio, power) - 1) / power;
  }
  // 1 - 2 (1 - a0) u^-n2 + (1 - a0)^2 u^(-2 n2), u = 1 + P / k
  const double k = n2 * (1 - a0) / slope, u = 1 + p / k, b = 1 - a0;
  const double first = k * (std::pow(u, 1 - n2) - 1) / (1 - n2);
  const double second = k * (std::pow(u, 1 - 2 * n2) - 1) / (1 - 2 * n2);
  return p - 2 * b * first + b * b * second;
}

const TubeLaw& tubeLaw(int generation) {
  static const auto laws = makeLaws();
  return laws[static_cast<std::size_t>(std::clamp(generation, 0, kTubeGenerations - 1))];
}

bool canPass(double flow, double recoil, const Narrowing& narrowing, int* choke) {
  if (flow <= 0) return true;
  double head = recoil;
  for (int z = kTubeGenerations - 1; z >= 0; --z) {
    if (choke != nullptr) *choke = z;
    const TubeLaw& law = tubeLaw(z);
    const double width = narrowing[static_cast<std::size_t>(z)];
    const Passage passage{law, law.maximalArea * width * width, flow};
    // Where it enters the head is kept: Bernoulli, the slower of two solutions.
    const double least = passage.critical(head);
    if (passage.head(least) > head) return false;
    double low = least, high = head;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = 0.5 * (low + high);
      (passage.head(middle) > head ? high : low) = middle;
    }
    const double enters = low, areaIn = passage.areaAt(enters);
    const double number = std::ldexp(1.0, z);
    const double diameter = std::sqrt(4 * areaIn / number / core::kPi);
    const double reynolds = kAirDensity * flow / areaIn * diameter / kAirViscosity;
    const double friction =
        8 * core::kPi * kAirViscosity * number * (1.5 + 0.0035 * reynolds) * flow * law.length;
    const double square = passage.area * passage.area;
    const auto left = [&](double p) {
      return square * (law.squareIntegral(enters) - law.squareIntegral(p)) -
             kAirDensity * flow * flow * std::log(areaIn / passage.areaAt(p)) - friction;
    };
    const double slowest = passage.critical(enters);
    if (left(slowest) < 0) return false;
    low = slowest, high = enters;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = 0.5 * (low + high);
      (left(middle) < 0 ? high : low) = middle;
    }
    head = passage.head(low);
  }
  return true;
}

double greatestFlow(double recoil, const Narrowing& narrowing) {
  if (recoil <= 0) return 0;
  double low = 0, high = 30 * kLitre;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (low + high);
    (canPass(middle, recoil, narrowing) ? low : high) = middle;
  }
  return low;
}

}  // namespace aula::anatomy
