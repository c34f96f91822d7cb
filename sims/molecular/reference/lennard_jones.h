// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "molecular/model/settings.h"
#include "molecular/model/topology.h"
#include "molecular/reference/sums.h"

namespace aula::molecular::reference {

/// Energy and -dV/dr / r of one pair at one distance.
struct PairTerm {
  double energy = 0;      ///< kJ/mol
  double forceOverR = 0;  ///< kJ/mol/nm^2: times (r_i - r_j) the force on i.
};

/// V = c12/r^12 - c6/r^6, ended at the cut-off as the settings say; r within it.
[[nodiscard]] PairTerm lennardJones(const LennardJones& pair, double r, const NonbondedSettings& settings);

/// What is lost beyond the cut-off if the liquid is even there: energy and virial (see the README).
void addDispersionCorrection(const Topology& topology, const NonbondedSettings& settings, const Box& box,
                             Sums& sums);

}  // namespace aula::molecular::reference
