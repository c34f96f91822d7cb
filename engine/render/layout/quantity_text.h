// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace aula::render {

/// How values of a unit are printed: divided by 10^exponent, with that power hidden in the unit.
struct UnitText {
  int exponent = 0;
  std::string unit;  ///< "mV/m", "10⁻⁶ m²"; may be empty.

  [[nodiscard]] double scale() const;  ///< 10^-exponent
};

/// A prefix where the unit's first symbol can carry one ("V/m" gives "mV/m"), else a power of ten in front
/// ("m²" gives "10⁻⁶ m²"; so does a pure number, unless it reads well as it is). Squares written with ^ or **
/// become ².
[[nodiscard]] UnitText unitText(const std::string& unit, double largest);

/// "Electric field, z (mV/m)"; without a unit the name alone.
[[nodiscard]] std::string nameWithUnit(const std::string& name, const std::string& unit);

/// "t = 12.34 fs", always with three or four figures; the prefix follows `duration` where that is positive.
[[nodiscard]] std::string timeText(double time, double duration);

}  // namespace aula::render
