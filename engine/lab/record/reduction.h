// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

/// Numbers read off a curve. Every function throws core::Error with the reason, for the person who asked for
/// the measurement, when there is no answer ("no peak stands out by 10 % of the range").
namespace aula::lab {

/// y over x; x ascends strictly. Two points or more, unless a function says otherwise.
struct Series {
  std::vector<double> x, y;
};

[[nodiscard]] double valueAt(const Series& series, double x);  ///< Linear between points.
[[nodiscard]] double integralOf(const Series& series);         ///< Trapezoidal rule.
[[nodiscard]] double meanOf(const Series& series);    ///< Integral over length; of one point its value.
[[nodiscard]] double rmsOf(const Series& series);     ///< Likewise of y^2.
[[nodiscard]] double centreOf(const Series& series);  ///< Integral of x y over integral of y.
[[nodiscard]] double slopeOf(const Series& series);   ///< Of the least-squares line.

/// A local maximum: where the parabola through it and its two neighbours is highest.
struct Peak {
  double x = 0, y = 0;
  double prominence =
      0;  ///< Height above the higher of the two lowest points that part it from higher peaks.
};

struct PeakOptions {
  double threshold = 0.1;  ///< Least prominence as a fraction of the curve's range.
  int count = 0;           ///< Above 0: only that many.
};

/// In the order of x; with `count` the tallest ones. Ends of the curve are no peaks. Throws when there is
/// none.
[[nodiscard]] std::vector<Peak> findPeaks(const Series& series, const PeakOptions& options);

/// Slope of the straight line through peak positions against their number; with `count` those nearest the
/// curve's weighted centre.
[[nodiscard]] double peakSpacing(const Series& series, const PeakOptions& options);

/// Full width of the highest peak where the curve crosses `level` times its height (from zero), linear
/// between points.
[[nodiscard]] double widthOfPeak(const Series& series, double level);

enum class Crossing { rising, falling, any };
/// Where the curve first crosses `level`, linear between points.
[[nodiscard]] double crossingOf(const Series& series, double level, Crossing direction);

}  // namespace aula::lab
