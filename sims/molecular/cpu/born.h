// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/cpu/nonbonded.h"
#include "molecular/model/settings.h"
#include "molecular/model/topology.h"

namespace aula::molecular::cpu {

/// The polar energy of a solvent without molecules: generalised Born (Still et al. 1990, eq. 4) with the
/// radii of OBC II (Onufriev, Bashford and Case 2004, eqs. 6 and 7, doi:10.1002/prot.20033). All pairs, each
/// atom's sums by one thread in one order; for the few thousand atoms that one handles by hand.
class GeneralisedBorn {
 public:
  /// Throws core::Error (input) when the topology has no radii.
  GeneralisedBorn(const Topology& topology, const NonbondedSettings& settings, int threads);

  void addForces(std::span<const Float3> positions, std::span<Float3> forces, bool hasEnergies,
                 NonbondedEnergies& energies);

 private:
  int threads_;
  float factor_;  ///< -(1 - 1/epsilon), charges hold the root of 1/(4 pi eps0).
  std::vector<float> x_, y_, z_, charge_, reduced_, scaled_, intrinsic_;
  std::vector<float> radius_, bySum_, chain_;  ///< R, dR/dsum, dE/dsum
  std::vector<double> energy_;
  std::vector<Float3> force_;
};

}  // namespace aula::molecular::cpu
