// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/solver.h"

namespace aula::bench {

/// Two ventricles of a grown heart, roughly: between ellipsoids of 24, 24, 65 and 34, 34, 75 mm cut 15 mm
/// above their middle, and a right one of 4 mm wall around a third of it; fibres turn from +60 to -60 degrees
/// through the wall. At 1 mm 190,000 nodes.
[[nodiscard]] anatomy::heart::Lattice makeVentricles(double spacing);
/// A cube full of tissue with the same fibres through its depth.
[[nodiscard]] anatomy::heart::Lattice makeBlock(int nodesAlong, double spacing);

}  // namespace aula::bench
