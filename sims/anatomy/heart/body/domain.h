// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "anatomy/heart/model/solver.h"

namespace aula::anatomy::heart {

/// The tissue of a lattice, its nodes numbered from 0, with who stands beside whom and what lies beyond the
/// surface. The six links go to -x, +x, -y, +y, -z, +z.
struct Domain {
  double spacing = 0;                              ///< m
  std::vector<std::uint32_t> nodes;                ///< Of the lattice, rising
  std::vector<std::array<std::int32_t, 6>> links;  ///< A node's number; or -1 - side where tissue ends
  std::vector<std::array<float, 6>> reach;         ///< There: share of the spacing up to the surface, (0, 1]
};

/// `wall` is negative inside the tissue; `sideOf` numbers (0 to 3) what lies outside of it at a point. What
/// is inside becomes the lattice's tissue; pieces that hang together with the largest only by edges or
/// corners are left out, so that every node reaches every other.
[[nodiscard]] Domain makeDomain(Lattice& lattice, const std::function<double(Vec3)>& wall,
                                const std::function<int(Vec3)>& sideOf);

/// What is held where: a value for each side (nothing: no flow through it), and nodes that keep a value.
struct Held {
  std::array<std::optional<double>, 4> sides;
  std::vector<std::pair<std::uint32_t, double>> nodes;  ///< Of the domain
};

/// Laplace's equation on the domain: seven points, the links that are cut short by the surface weighted by
/// one over their share (Gibou et al. 2002: symmetric, second order), conjugate gradients with the diagonal
/// as preconditioner down to 1e-7 of the first residual. `start` may hold a first guess. One number a node.
[[nodiscard]] std::vector<double> solveLaplace(const Domain& domain, const Held& held,
                                               std::vector<double> start = {});
/// 1/m; central differences, with the surface's values where it is nearer than the next node.
[[nodiscard]] std::vector<Vec3> gradientOf(const Domain& domain, const Held& held,
                                           const std::vector<double>& values);

}  // namespace aula::anatomy::heart
