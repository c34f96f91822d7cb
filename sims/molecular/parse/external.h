// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lab/file/node.h"
#include "molecular/spec.h"

namespace aula::molecular {

/// "field", "pulls", "heat_regions"; `system` may be null.
void parseExternal(const lab::Node& simulation, const System* system, SimulationSpec& spec);

}  // namespace aula::molecular
