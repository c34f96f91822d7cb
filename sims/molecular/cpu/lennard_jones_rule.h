// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/settings.h"
#include "molecular/model/topology.h"

namespace aula::molecular::cpu {

/// How kernels get the Lennard-Jones parameters of a pair of types.
struct LennardJonesParameters {
  LennardJonesRule rule = LennardJonesRule::table;
  std::vector<float> first, second;   ///< Of each type: what a cluster's parameters hold (pair_loop.h).
  std::vector<float> table;           ///< 6 c6, 12 c12 of each pair of types.
  std::vector<char> hasLennardJones;  ///< Of each type: does it act on any type in use?
};

/// The rule that the table of the types in use obeys to a millionth: geometric (c6_ij^2 = c6_i c6_j, the same
/// for c12), else Lorentz-Berthelot (sigma_ij the mean, epsilon_ij^2 = epsilon_i epsilon_j), else none.
[[nodiscard]] LennardJonesParameters findRule(const Topology& topology);

/// Energy (kJ/mol) and sum of r f of what the cut-off leaves out, from a uniform density beyond it: see
/// dispersion correction in the folder's README.
struct DispersionCorrection {
  double energyTimesVolume = 0;  ///< Energy times volume, less the constant below.
  double constant = 0;           ///< Part of the energy that does not depend on the volume.
  double pairVirialTimesVolume = 0;
};
[[nodiscard]] DispersionCorrection dispersionCorrection(const Topology& topology,
                                                        const NonbondedSettings& settings);

}  // namespace aula::molecular::cpu
