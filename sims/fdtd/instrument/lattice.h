// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "fdtd/model/solver.h"

namespace aula::fdtd {

/// Points on a regular lattice, x fastest: the positions along each axis, m, ascending.
struct Lattice {
  std::array<std::vector<double>, 3> axes;
  [[nodiscard]] std::size_t size() const { return axes[0].size() * axes[1].size() * axes[2].size(); }
};

/// Reads one component of a solver at the points of a lattice, linearly between the component's own places
/// (so of second order, and exact where they coincide). Points beyond a component's outermost places take the
/// nearest ones.
class LatticeSampler {
 public:
  LatticeSampler(const Grid& grid, int component, const Lattice& lattice);

  /// E in V/m or H in A/m at the lattice's points; `out` has the lattice's size.
  void read(const Solver& solver, std::span<double> out) const;

 private:
  int component_;
  IndexBox box_;
  std::array<std::vector<int>, 3> index_;      ///< Of the lower neighbour, within the box.
  std::array<std::vector<double>, 3> weight_;  ///< Of the upper neighbour.
  mutable std::vector<double> buffer_;
};

}  // namespace aula::fdtd
