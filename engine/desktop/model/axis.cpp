// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "render/layout/ticks.h"

namespace aula::desktop {
namespace {

/// Below this share of its values' size a range has too few doubles to zoom further.
constexpr double kNarrowest = 1e-10;
constexpr double kMostDecades = 6;

double forward(double value, bool isLogarithmic) {
  return isLogarithmic ? std::log10(value) : value;
}
double backward(double value, bool isLogarithmic) {
  return isLogarithmic ? std::pow(10.0, value) : value;
}

std::string powerOfTen(int exponent) {
  if (exponent >= -2 && exponent <= 3)
    return render::formatFixed(std::pow(10.0, exponent), std::max(0, -exponent));
  constexpr std::array<const char*, 10> kRaised = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = "10";
  for (const char c : std::to_string(exponent))
    text += c == '-' ? "⁻" : kRaised[static_cast<std::size_t>(c - '0')];
  return text;
}

}  // namespace

double Axis::position(double at) const {
  if (isLogarithmic && !(at > 0)) return std::numeric_limits<double>::quiet_NaN();
  const double from = forward(lower, isLogarithmic), to = forward(upper, isLogarithmic);
  return (forward(at, isLogarithmic) - from) / (to - from);
}

double Axis::value(double at) const {
  const double from = forward(lower, isLogarithmic), to = forward(upper, isLogarithmic);
  return backward(from + at * (to - from), isLogarithmic);
}

void Axis::zoom(double at, double factor) {
  const double from = forward(lower, isLogarithmic), to = forward(upper, isLogarithmic);
  const double fixed = from + at * (to - from);
  const double newFrom = fixed + (from - fixed) * factor, newTo = fixed + (to - fixed) * factor;
  const double size = std::max(std::abs(newFrom), std::abs(newTo));
  if (!(newTo - newFrom > kNarrowest * size) || !(newTo - newFrom < 1e300)) return;
  const double a = backward(newFrom, isLogarithmic), b = backward(newTo, isLogarithmic);
  if (!std::isfinite(a) || !std::isfinite(b) || !(b > a) || (isLogarithmic && !(a > 0))) return;
  lower = a;
  upper = b;
}

void Axis::pan(double shift) {
  const double from = forward(lower, isLogarithmic), to = forward(upper, isLogarithmic);
  const double by = shift * (to - from);
  const double a = backward(from + by, isLogarithmic), b = backward(to + by, isLogarithmic);
  if (!std::isfinite(a) || !std::isfinite(b) || !(b > a) || (isLogarithmic && !(a > 0))) return;
  lower = a;
  upper = b;
}

AxisTicks ticksOf(const Axis& axis, int most) {
  AxisTicks ticks;
  const double decades = axis.isLogarithmic ? std::log10(axis.upper) - std::log10(axis.lower) : 0;
  if (axis.isLogarithmic && decades >= 1) {
    const int first = static_cast<int>(std::ceil(std::log10(axis.lower) - 1e-9)),
              last = static_cast<int>(std::floor(std::log10(axis.upper) + 1e-9));
    const int every = std::max(1, (last - first + std::max(most, 2)) / std::max(most, 2));
    for (int e = first - 1; e <= last; ++e) {
      if (e >= first && (e - first) % every == 0) {
        ticks.values.push_back(std::pow(10.0, e));
        ticks.labels.push_back(powerOfTen(e));
      } else if (e >= first) {
        ticks.minor.push_back(std::pow(10.0, e));
      }
      for (int k = 2; k < 10 && every == 1; ++k)
        if (const double v = k * std::pow(10.0, e); v >= axis.lower && v <= axis.upper)
          ticks.minor.push_back(v);
    }
    return ticks;
  }
  const render::Ticks nice = render::niceTicks(axis.lower, axis.upper, std::max(most, 2));
  for (const double value : nice.values) {
    ticks.values.push_back(value);
    ticks.labels.push_back(nice.label(value));
  }
  return ticks;
}

Axis axisFor(const std::vector<double>& values, bool isLogarithmic, double margin) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double v : values) {
    if (!std::isfinite(v) || (isLogarithmic && !(v > 0))) continue;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  Axis axis;
  axis.isLogarithmic = isLogarithmic;
  if (!(low <= high)) {
    axis.lower = isLogarithmic ? 0.1 : 0;
    axis.upper = 1;
    return axis;
  }
  if (isLogarithmic) {
    low = std::max(low, high * std::pow(10.0, -kMostDecades));
    if (low == high) {
      low /= 2;
      high *= 2;
    }
  } else if (low == high) {
    const double half = low == 0 ? 1 : std::abs(low) / 2;
    low -= half;
    high += half;
  }
  axis.lower = low;
  axis.upper = high;
  const double wider = 1 + 2 * margin;
  axis.zoom(0.5, wider);
  return axis;
}

std::string readout(double value, const Axis& axis, double pixels) {
  if (!std::isfinite(value)) return "–";
  const double step =
      axis.isLogarithmic ? std::abs(value) * 1e-3 : (axis.upper - axis.lower) / std::max(pixels, 1.0);
  if (!(step > 0)) return render::formatFixed(value, 3);
  if (std::abs(value) >= 1e6 || (axis.isLogarithmic && std::abs(value) < 1e-3)) {
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.4g", value);
    return buffer.data();
  }
  return render::formatFixed(value, std::clamp(static_cast<int>(std::ceil(-std::log10(step))), 0, 9));
}

}  // namespace aula::desktop
