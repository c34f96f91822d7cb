// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace aula::molecular {

struct Estimate {
  double mean = 0;
  double error = 0;  ///< Standard error of the mean; 0 where there are too few values to tell.
};

/// Mean of a series whose neighbours resemble each other, with an error that allows for that: the largest
/// among the blocked errors that is known to better than a quarter (Flyvbjerg and Petersen, J. Chem. Phys.
/// 91, 461, 1989, eqs. 26-28).
[[nodiscard]] Estimate blockEstimate(std::span<const double> values);

/// The least-squares line's slope; 0 for fewer than two points.
[[nodiscard]] double slopeOf(std::span<const double> x, std::span<const double> y);

}  // namespace aula::molecular
