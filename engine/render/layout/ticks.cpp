// SPDX-License-Identifier: Apache-2.0
#include "render/layout/ticks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace aula::render {
namespace {

constexpr std::array<const char*, 21> kPrefixes = {"q", "r", "y", "z", "a", "f", "p", "n", "µ", "m", "",
                                                   "k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"};
constexpr int kNone = 10;

}  // namespace

Prefix choosePrefix(double largest) {
  if (!(largest > 0) || !std::isfinite(largest)) return {"", 0};
  // 999.9999999 is a rounded 1000.
  const int third = static_cast<int>(std::floor(std::log10(largest * (1 + 1e-9)) / 3));
  const int index = std::clamp(third + kNone, 0, static_cast<int>(kPrefixes.size()) - 1);
  return {kPrefixes[static_cast<std::size_t>(index)], 3 * (index - kNone)};
}

std::string formatFixed(double value, int decimals) {
  std::array<char, 400> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string text(buffer.data());
  if (text[0] != '-') return text;
  const bool isZero = text.find_first_not_of("-0.") == std::string::npos;
  return isZero ? text.substr(1) : "\u2212" + text.substr(1);
}

std::string Ticks::label(double value) const {
  // As many decimals as write the step exactly; steps have at most two digits (2.5).
  int decimals = 0;
  double scaled = step;
  while (decimals < 12 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled) {
    scaled *= 10;
    ++decimals;
  }
  return formatFixed(value, decimals);
}

Ticks niceTicks(double lower, double upper, int most) {
  const double span = upper - lower;
  const double slack = 1e-9 * span;
  double power = std::pow(10.0, std::floor(std::log10(span / std::max(most, 2))));
  for (;; power *= 10) {
    for (const double multiple : {1.0, 2.0, 2.5, 5.0}) {
      const double step = multiple * power;
      const double first = std::ceil((lower - slack) / step), last = std::floor((upper + slack) / step);
      if (last - first + 1 > most) continue;
      Ticks ticks;
      ticks.step = step;
      for (double k = first; k <= last; ++k) ticks.values.push_back(k * step);
      return ticks;
    }
  }
}

}  // namespace aula::render
