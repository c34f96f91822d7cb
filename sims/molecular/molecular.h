// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "lab/session/simulation.h"

namespace aula::molecular {

/// The kind "molecular" of lab files, for the program's registry.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeMolecularKind();

}  // namespace aula::molecular
