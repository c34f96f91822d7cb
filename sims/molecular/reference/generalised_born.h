// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/model/settings.h"
#include "molecular/model/topology.h"
#include "molecular/reference/sums.h"

namespace aula::molecular::reference {

/// Effective Born radii, nm, of OBC II (Onufriev, Bashford and Case 2004, eq. 6 and 7, with the integrals of
/// Hawkins, Cramer and Truhlar 1996).
[[nodiscard]] std::vector<double> bornRadii(const Topology& topology, std::span<const Vec3> positions);

/// The energy of charges in a polarisable surrounding (Still et al. 1990, eq. 4) with its forces, the change
/// of the radii included. Vacuum boxes only.
void addGeneralisedBorn(const Topology& topology, const NonbondedSettings& settings,
                        std::span<const Vec3> positions, Sums& sums);

}  // namespace aula::molecular::reference
