// SPDX-License-Identifier: Apache-2.0
#include "lab/record/reduction.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>

#include "core/error.h"
#include "lab/record/markup.h"

namespace aula::lab {

namespace {

void needPoints(const Series& series, std::size_t least) {
  if (series.x.size() < least)
    throw core::Error("the curve has " + std::to_string(series.x.size()) + " points there, at least " +
                      std::to_string(least) + " are needed");
}

template <class Function>
double trapezoid(const Series& series, const Function& function) {
  double sum = 0;
  for (std::size_t i = 1; i < series.x.size(); ++i)
    sum += 0.5 * (series.x[i] - series.x[i - 1]) * (function(i - 1) + function(i));
  return sum;
}

double lengthOf(const Series& series) {
  return series.x.back() - series.x.front();
}

// The vertex of the parabola through points i - 1, i, i + 1, in Newton's form; the point itself where the
// three lie on a line.
Peak vertexAt(const Series& series, std::size_t i) {
  const double x0 = series.x[i - 1], x1 = series.x[i], x2 = series.x[i + 1];
  const double slope01 = (series.y[i] - series.y[i - 1]) / (x1 - x0);
  const double slope12 = (series.y[i + 1] - series.y[i]) / (x2 - x1);
  const double curvature = (slope12 - slope01) / (x2 - x0);
  if (!(curvature < 0)) return {x1, series.y[i], 0};
  const double x = 0.5 * (x0 + x1 - slope01 / curvature);
  return {x, series.y[i - 1] + (x - x0) * (slope01 + (x - x1) * curvature), 0};
}

double interpolate(const Series& series, std::size_t i, double level) {
  const double y0 = series.y[i - 1], y1 = series.y[i];
  return series.x[i - 1] + (level - y0) / (y1 - y0) * (series.x[i] - series.x[i - 1]);
}

}  // namespace

double valueAt(const Series& series, double x) {
  needPoints(series, 2);
  if (!(x >= series.x.front() && x <= series.x.back()))
    throw core::Error("the position " + shortestNumber(x) + " lies outside the curve, which reaches from " +
                      shortestNumber(series.x.front()) + " to " + shortestNumber(series.x.back()) + " (SI)");
  const auto above = std::upper_bound(series.x.begin(), series.x.end() - 1, x);
  const auto i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - series.x.begin(), 1));
  const double fraction = (x - series.x[i - 1]) / (series.x[i] - series.x[i - 1]);
  return series.y[i - 1] + fraction * (series.y[i] - series.y[i - 1]);
}

double integralOf(const Series& series) {
  needPoints(series, 2);
  return trapezoid(series, [&](std::size_t i) { return series.y[i]; });
}

double meanOf(const Series& series) {
  needPoints(series, 1);
  return series.x.size() == 1 ? series.y[0] : integralOf(series) / lengthOf(series);
}

double rmsOf(const Series& series) {
  needPoints(series, 1);
  if (series.x.size() == 1) return std::abs(series.y[0]);
  return std::sqrt(trapezoid(series, [&](std::size_t i) { return series.y[i] * series.y[i]; }) /
                   lengthOf(series));
}

double centreOf(const Series& series) {
  needPoints(series, 2);
  const double weight = integralOf(series);
  if (weight == 0) throw core::Error("the curve's integral is zero, so it has no weighted centre");
  return trapezoid(series, [&](std::size_t i) { return series.x[i] * series.y[i]; }) / weight;
}

double slopeOf(const Series& series) {
  needPoints(series, 2);
  const auto count = static_cast<double>(series.x.size());
  const double meanX = std::accumulate(series.x.begin(), series.x.end(), 0.0) / count;
  const double meanY = std::accumulate(series.y.begin(), series.y.end(), 0.0) / count;
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    xx += (series.x[i] - meanX) * (series.x[i] - meanX);
    xy += (series.x[i] - meanX) * (series.y[i] - meanY);
  }
  return xy / xx;
}

std::vector<Peak> findPeaks(const Series& series, const PeakOptions& options) {
  needPoints(series, 3);
  const auto [lowest, highest] = std::minmax_element(series.y.begin(), series.y.end());
  const double range = *highest - *lowest;
  std::vector<Peak> peaks;
  const std::size_t count = series.x.size();
  for (std::size_t i = 1; i + 1 < count; ++i) {
    // A flat top counts once, at its left end's parabola.
    if (!(series.y[i] > series.y[i - 1] && series.y[i] >= series.y[i + 1])) continue;
    double left = series.y[i], right = series.y[i];
    for (std::size_t j = i; j-- > 0 && series.y[j] <= series.y[i];) left = std::min(left, series.y[j]);
    for (std::size_t j = i + 1; j < count && series.y[j] <= series.y[i]; ++j)
      right = std::min(right, series.y[j]);
    Peak peak = vertexAt(series, i);
    peak.prominence = series.y[i] - std::max(left, right);
    if (peak.prominence > 0 && peak.prominence >= options.threshold * range) peaks.push_back(peak);
  }
  if (peaks.empty())
    throw core::Error("no peak stands out by " + shortestNumber(100 * options.threshold) +
                      " % of the curve's range");
  if (options.count > 0 && peaks.size() > static_cast<std::size_t>(options.count)) {
    std::stable_sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.y > b.y; });
    peaks.resize(static_cast<std::size_t>(options.count));
    std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.x < b.x; });
  }
  return peaks;
}

double peakSpacing(const Series& series, const PeakOptions& options) {
  std::vector<Peak> peaks = findPeaks(series, {options.threshold, 0});
  if (options.count > 0 && peaks.size() > static_cast<std::size_t>(options.count)) {
    const double centre = centreOf(series);
    std::stable_sort(peaks.begin(), peaks.end(), [centre](const Peak& a, const Peak& b) {
      return std::abs(a.x - centre) < std::abs(b.x - centre);
    });
    peaks.resize(static_cast<std::size_t>(options.count));
    std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.x < b.x; });
  }
  if (peaks.size() < 2) throw core::Error("there is only one peak, a spacing needs two or more");
  Series positions;
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    positions.x.push_back(static_cast<double>(i));
    positions.y.push_back(peaks[i].x);
  }
  return slopeOf(positions);
}

double widthOfPeak(const Series& series, double level) {
  needPoints(series, 3);
  const auto top =
      static_cast<std::size_t>(std::max_element(series.y.begin(), series.y.end()) - series.y.begin());
  const double height = top > 0 && top + 1 < series.y.size() ? vertexAt(series, top).y : series.y[top];
  const double limit = level * height;
  std::size_t left = top, right = top;
  while (left > 0 && series.y[left] > limit) --left;
  while (right + 1 < series.y.size() && series.y[right] > limit) ++right;
  if (series.y[left] > limit || series.y[right] > limit || left == right)
    throw core::Error("the highest peak does not fall to " + shortestNumber(100 * level) +
                      " % of its height on both sides");
  return interpolate(series, right, limit) - interpolate(series, left + 1, limit);
}

double crossingOf(const Series& series, double level, Crossing direction) {
  needPoints(series, 2);
  for (std::size_t i = 1; i < series.x.size(); ++i) {
    const bool rises = series.y[i - 1] < level && series.y[i] >= level;
    const bool falls = series.y[i - 1] > level && series.y[i] <= level;
    if ((rises && direction != Crossing::falling) || (falls && direction != Crossing::rising))
      return interpolate(series, i, level);
  }
  throw core::Error("the curve never crosses " + shortestNumber(level) +
                    (direction == Crossing::rising    ? " rising"
                     : direction == Crossing::falling ? " falling"
                                                      : "") +
                    " (SI)");
}

}  // namespace aula::lab
