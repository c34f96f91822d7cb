// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>

namespace aula::test {

/// How far a computed value may lie from the expected one. Whoever makes one says in a comment where it comes
/// from.
struct Tolerance {
  double absolute = 0;
  double relative = 0;  ///< Of the expected value.

  [[nodiscard]] double allowed(double expected) const { return absolute + relative * std::abs(expected); }
};

/// EXPECT_TRUE(isNear(found, expected, {.relative = 1e-6})) << what;
inline ::testing::AssertionResult isNear(double found, double expected, Tolerance tolerance) {
  const double difference = std::abs(found - expected);
  if (difference <= tolerance.allowed(expected)) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << "found " << found << ", expected " << expected << ": off by " << difference << " ("
         << difference / std::abs(expected) << " of it), allowed " << tolerance.allowed(expected);
}

}  // namespace aula::test
