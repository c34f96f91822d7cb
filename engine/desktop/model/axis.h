// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace aula::desktop {

/// The part of an axis that is seen, and where its values lie between 0 (lower end) and 1 (upper end).
/// Logarithmic axes hold positive values only.
struct Axis {
  double lower = 0, upper = 1;
  bool isLogarithmic = false;

  [[nodiscard]] double position(double value) const;  ///< May lie outside 0 to 1; NaN stays NaN.
  [[nodiscard]] double value(double position) const;
  /// Shows `factor` times as much (below 1: closer), the value at `position` staying where it is.
  void zoom(double position, double factor);
  /// Moves what is seen by so many axis lengths.
  void pan(double shift);
  bool operator==(const Axis&) const = default;
};

/// Marks of an axis with their labels: 1-2-2.5-5 steps, or powers of ten.
struct AxisTicks {
  std::vector<double> values;
  std::vector<std::string> labels;
  std::vector<double> minor;  ///< Without labels.
};
/// At most `most` labels.
[[nodiscard]] AxisTicks ticksOf(const Axis& axis, int most);

/// An axis that shows all the values with a little room; `isLogarithmic` leaves out what is not positive (six
/// decades at most). A single value or none gives a range about it.
[[nodiscard]] Axis axisFor(const std::vector<double>& values, bool isLogarithmic, double margin);

/// A value with as many digits as tell apart two neighbouring pixels of an axis `pixels` long.
[[nodiscard]] std::string readout(double value, const Axis& axis, double pixels);

}  // namespace aula::desktop
