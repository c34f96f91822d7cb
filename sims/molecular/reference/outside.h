// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/reference/sums.h"

/// What acts from outside on single atoms. It has energies and forces, but no part in the virial.
namespace aula::molecular::reference {

void addPositionRestraints(const std::vector<PositionRestraint>& restraints, std::span<const Vec3> positions,
                           const Box& box, Sums& sums);

/// The force a pull exerts, kJ/mol/nm, and its energy: k/2 d^2 until the force is at its largest F, from
/// there F d - F^2 / (2 k), so that both join smoothly. d is from the centre of mass to the target; the atoms
/// and the target are the images next to the first atom.
struct PullForce {
  Vec3 force;
  double energy = 0;
};
[[nodiscard]] PullForce pullForce(const Pull& pull, std::span<const double> masses,
                                  std::span<const Vec3> positions, const Box& box);

/// Each pull's force is shared out by mass, so that it moves the atoms without turning or bending anything.
void addExternal(const External& external, std::span<const double> masses, std::span<const double> charges,
                 std::span<const Vec3> positions, const Box& box, Sums& sums);

}  // namespace aula::molecular::reference
