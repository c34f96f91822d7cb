// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace aula::render {

/// A prefix of the SI with its power of ten: {"µ", -6}. No prefix: {"", 0}.
struct Prefix {
  std::string symbol;
  int exponent = 0;
};

/// The prefix with which `largest` (a magnitude) reads as 1 to 1000; quecto to quetta, beyond them the last.
[[nodiscard]] Prefix choosePrefix(double largest);

/// The marks of an axis from `lower` to `upper`: multiples of 1, 2, 2.5 or 5 times a power of ten.
struct Ticks {
  double step = 1;
  std::vector<double> values;

  /// A value as it stands beside its mark: as many digits as the step needs, with U+2212 for the minus.
  [[nodiscard]] std::string label(double value) const;
};

/// As many marks as possible, at most `most` (two or more); `lower` < `upper`, finite.
[[nodiscard]] Ticks niceTicks(double lower, double upper, int most);

/// `value` with so many decimals, U+2212 for the minus and no negative zero.
[[nodiscard]] std::string formatFixed(double value, int decimals);

}  // namespace aula::render
