// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/engine.h"

namespace aula::bench {

/// perSide^3 rigid TIP3P waters (Jorgensen et al. 1983) on a cubic lattice of ordinary density, turned at
/// random by counted numbers: to be minimised before it is run.
[[nodiscard]] molecular::System latticeWater(int perSide);

}  // namespace aula::bench
