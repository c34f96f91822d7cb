// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/layout.h"

namespace aula::anatomy::tissue {

/// Energies and volume of a state, in double precision; all in the body's order. `guides`: places, one a
/// guided point. The residual is left at 0.
[[nodiscard]] Totals totalsOf(const Body& body, const Layout& layout, const std::vector<Vec3>& positions,
                              const std::vector<Vec3>& velocities, const std::vector<Vec3>& guides,
                              const std::vector<double>& activations);

}  // namespace aula::anatomy::tissue
