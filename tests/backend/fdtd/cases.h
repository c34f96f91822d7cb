// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "fdtd/model/solver.h"

namespace aula::test {

/// A setup that every implementation must compute alike. Sizes lie off the blocks of 16, the tiles and the
/// thread blocks.
struct Case {
  std::string name;
  fdtd::Setup setup;
};
inline std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

/// Every boundary, material and source, in three dimensions and two.
[[nodiscard]] std::vector<Case> backendCases();

/// The same noise in [-1, 1] V/m at every place of every component, whatever the solver.
void fillWithNoise(fdtd::Solver& solver, unsigned seed);

}  // namespace aula::test
