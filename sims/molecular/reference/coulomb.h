// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/settings.h"
#include "molecular/reference/lennard_jones.h"

namespace aula::molecular::reference {

/// The beta for which erfc(beta cutoff) is the tolerance, 1/nm.
[[nodiscard]] double ewaldBeta(const NonbondedSettings& settings);

/// k_rf and c_rf of the reaction field outside the cut-off (Tironi, Sperb, Smith and van Gunsteren 1995, eq.
/// 4 without salt; the permittivity inside is 1):
///   V = q q / (4 pi eps0) (1/r + k r^2 - c),  k = (eps - 1) / ((2 eps + 1) rc^3),  c = 1/rc + k rc^2.
struct ReactionField {
  double k = 0, c = 0;  ///< 1/nm^3, 1/nm
  explicit ReactionField(const NonbondedSettings& settings);
};

/// Between two unit charges at a distance, 1/(4 pi eps0) left out: what pairs within the cut-off feel in real
/// space.
[[nodiscard]] PairTerm ewaldReal(double beta, double r);
/// -erf(beta r) / r: takes the mesh's part of an excluded pair away.
[[nodiscard]] PairTerm ewaldExcluded(double beta, double r);
[[nodiscard]] PairTerm reactionField(const ReactionField& field, double r);
[[nodiscard]] PairTerm reactionFieldExcluded(const ReactionField& field, double r);

}  // namespace aula::molecular::reference
