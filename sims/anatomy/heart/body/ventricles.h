// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "anatomy/heart/body/domain.h"
#include "anatomy/heart/model/solver.h"

namespace aula::anatomy::heart {

enum class Wall : std::uint8_t { leftFree, septum, right };

/// The ventricles' muscle on a lattice, with what is known of each node. Made once; immutable.
struct Ventricles {
  Lattice lattice;  ///< With fibres, layers and durations.
  Domain domain;    ///< Its tissue; the arrays below have one entry for each of its nodes.
  std::vector<Wall> walls;
  /// From 0 at the endocardium (in the septum: the left one) to 1 at the epicardium (there: the right
  /// endocardium), by Laplace's equation.
  std::vector<float> depth;
  std::vector<float> height;  ///< From 0 at the apex to 1 at the base, likewise.

  [[nodiscard]] Vec3 position(std::size_t node) const { return positionOf(domain.nodes[node]); }
  [[nodiscard]] Vec3 positionOf(std::size_t latticeNode) const;
  /// The lattice's node nearest to a place that has tissue within `reach` m; -1: none.
  [[nodiscard]] std::int64_t nearest(Vec3 p, double reach) const;
};

/// How long cells' action potentials last, times the model's own: what gives the T wave its direction. Inner
/// layers last longer than outer ones (Glukhov et al. 2010 measured some 40 to 60 ms of 340 between them in
/// wedges of human ventricles), and by `apexToBase` the base longer than the apex.
struct Repolarisation {
  double endocardium = 1.06, epicardium = 0.88;
  double apexToBase = 0.02;
};

/// About 165,000 nodes at 1 mm, a second of computing.
[[nodiscard]] Ventricles ventricles(double spacing, const Repolarisation& repolarisation = {});

}  // namespace aula::anatomy::heart
