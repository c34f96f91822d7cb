// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "molecular/reference/sums.h"

namespace aula::molecular::reference {

/// The reciprocal sum of Ewald's method on a mesh: smooth particle mesh Ewald (Essmann, Perera, Berkowitz,
/// Darden, Lee and Pedersen 1995). Adds Term::coulombReciprocal with its forces (the exact gradient of the
/// mesh's energy) and virial.
void addReciprocal(std::span<const double> charges, std::span<const Vec3> positions, const Box& box,
                   double beta, std::array<int, 3> mesh, int order, Sums& sums);

/// Energies without pairs: of each charge's Gaussian with itself and of a uniform background that makes the
/// box neutral.
void addSelfAndBackground(std::span<const double> charges, const Box& box, double beta, Sums& sums);

}  // namespace aula::molecular::reference
