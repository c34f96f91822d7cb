// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "compute/device.h"
#include "fdtd/model/solver.h"

namespace aula::fdtd::testing {

struct Case {
  std::string name;
  Setup setup;
  bool startsRandom = true;  ///< With random fields everywhere; else from zero, driven by sources.
  int steps = 40;
};
inline void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

/// Every boundary, material and source, in 3-D and both kinds of 2-D, on grids below, at and just above the
/// sizes of tiles (32 x 8 cells), ranges of planes and windows of steps.
[[nodiscard]] std::vector<Case> deviceCases();

/// An empty grid of millimetre cells, a little different along each axis, with one kind of boundary.
[[nodiscard]] Setup emptySetup(int nx, int ny, int nz, BoundaryKind kind,
                               Dimensions dimensions = Dimensions::three);

[[nodiscard]] IndexBox wholeBox(const Grid& grid, int component);

/// The same random fields in [-1, 1] for every solver of a grid.
void writeRandomFields(Solver& solver);

}  // namespace aula::fdtd::testing
