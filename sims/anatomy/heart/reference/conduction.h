// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "anatomy/heart/model/solver.h"

namespace aula::anatomy::heart::reference {

/// div(D grad V) as current between nodes, octant by octant.
///
/// The cube around a node is cut into eight. In an octant the gradient g has one component towards each of
/// three neighbours; the current is J = D g, D the node's own tensor, and an eighth of the node's volume
/// carries it. Where a neighbour is missing, the surface is closed: the component of the gradient towards it
/// takes the value that makes J along that axis zero. What an octant's J takes from its node it gives to the
/// neighbour, so nothing is lost.
class Conduction {
 public:
  Conduction(const Lattice& lattice, const Settings& settings, const std::vector<float>& factors);
  /// rates = div(D grad V), V/s, one a node of the lattice.
  void apply(const std::vector<double>& potentials, std::vector<double>& rates) const;

 private:
  struct Octant {
    std::size_t node;
    std::array<std::size_t, 3> neighbours;      ///< The node itself where there is none.
    std::array<std::array<double, 3>, 3> push;  ///< What a difference towards b moves towards a, 1/s.
  };
  std::vector<Octant> octants_;
};

}  // namespace aula::anatomy::heart::reference
