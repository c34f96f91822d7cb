// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/kind/atlas/shapes.h"
#include "lab/session/simulation.h"

namespace aula::anatomy {

/// Like makeAtlasKind() of kinds.h, with other shapes than the program's own. `regions` outlives all.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeAtlasKind(const std::vector<RegionShapes>& regions);

}  // namespace aula::anatomy
