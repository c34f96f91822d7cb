// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "anatomy/heart/model/solver.h"

/// The monodomain operator div(D grad V), D = sigma / (chi Cm), on a lattice of cubes as couplings between
/// nodes: dV_p/dt = sum over q of c_pq (V_q - V_p), c_pq = c_qp. See heart/README.md, "The operator".
namespace aula::anatomy::heart {

/// Of 18 neighbours, the nine that a node keeps the coupling to; the others keep the one to it.
inline constexpr int kForward = 9;
inline constexpr std::array<std::array<int, 3>, kForward> kForwardOffsets = {{
    {1, 0, 0},
    {0, 1, 0},
    {1, 1, 0},
    {-1, 1, 0},
    {0, 0, 1},
    {1, 0, 1},
    {-1, 0, 1},
    {0, 1, 1},
    {0, -1, 1},
}};

/// Couplings in 1/s, [forward neighbour][node of the lattice].
using Couplings = std::array<std::vector<double>, kForward>;

/// With the lattice's factors of conduction (`conduction`, one a node, or empty).
[[nodiscard]] Couplings makeCouplings(const Lattice& lattice, const Settings& settings,
                                      const std::vector<float>& conduction);

/// What fibres of one direction can make at most, 1/s: (4.5 (D_along - D_across) + 12 D_across)/h^2 (README).
[[nodiscard]] double usualRate(const Settings& settings, double spacing);
/// No eigenvalue of the operator is below minus this, 1/s: the smaller one of Gershgorin's bound and of
/// usualRate times the largest factor of conduction.
[[nodiscard]] double largestRate(const Lattice& lattice, const Settings& settings, const Couplings& couplings,
                                 const std::vector<float>& conduction);

}  // namespace aula::anatomy::heart
