// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// What fills the grid, a value at each staggered component: made once from a Setup and used by every
/// implementation.
///
/// Arrays are dense with x fastest: index (k * countY + j) * countX + i with the counts of Grid::count for
/// that component. An empty array stands for one value everywhere, `background`.
///
/// Sub-pixel averaging (Farjadpour et al., Opt. Lett. 31, 2972, 2006, eq. 1; Kottke et al., PRE 77, 036611,
/// 2008): at a boundary between two lossless, non-dispersive dielectrics the inverse permittivity is P
/// <1/eps> + (1 - P) / <eps>, P projecting on the normal. Its diagonal is taken at each electric component's
/// own place; the off-diagonal parts stand at nodes, so that the discrete operator stays symmetric and hence
/// stable (Werner and Cary, J. Comput. Phys. 226, 1085, 2007):
///   dE_x(i+1/2,j,k) += 1/4 sum over nodes m = i, i+1 of xi_xy(m,j,k) [C_y(m,j+1/2,k) + C_y(m,j-1/2,k)]  and
///   likewise
/// for every ordered pair, with C = dt c0 curl(eta0 H), the right-hand side of a step.
struct Medium {
  double background = 1;  ///< Inverse relative permittivity where inverseEpsilon is empty.
  double backgroundMu = 1;  ///< Inverse relative permeability where inverseMu is empty.
  std::array<std::vector<float>, 3>
      inverseEpsilon;                           ///< 1/eps_r of E_x, E_y, E_z; 0 inside a perfect conductor.
  std::array<std::vector<float>, 3> inverseMu;  ///< 1/mu_r of H_x, H_y, H_z.
  std::array<std::vector<float>, 3> conductivity;          ///< S/m at E.
  std::array<std::vector<float>, 3> magneticConductivity;  ///< ohm/m at H.
  /// Index of the material whose poles act at E_x, E_y, E_z, or 0: none there.
  std::array<std::vector<std::uint8_t>, 3> dispersion;

  /// An off-diagonal entry of the inverse relative permittivity at node (i, j, k).
  struct Coupling {
    int i, j, k;
    float xy, xz, yz;
  };
  std::vector<Coupling>
      couplings;  ///< Sorted by k, j, i; empty where no interface is oblique. Never in or at CPML.

  [[nodiscard]] double bytes() const;
};

/// Samples the setup's objects. `setup` must be valid. Cost: a few tens of operations a cell, more at
/// interfaces. Uses OpenMP's threads.
[[nodiscard]] Medium makeMedium(const Setup& setup);

/// The material at a point: the last object that holds it, else 0.
[[nodiscard]] int materialAt(const Setup& setup, core::Vec3 point);

/// Bytes makeMedium would take, from the setup alone.
[[nodiscard]] double estimateMediumBytes(const Setup& setup);

}  // namespace aula::fdtd
