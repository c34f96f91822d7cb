// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lab/file/node.h"
#include "molecular/model/settings.h"

namespace aula::molecular {

/// "nonbonded"; what is absent is chosen to suit the system: plain sums in vacuum, a reaction field without
/// charges.
[[nodiscard]] NonbondedSettings parseNonbonded(const lab::Node& simulation, bool isPeriodic, bool hasCharges);
/// "dynamics"
[[nodiscard]] DynamicsSettings parseDynamics(const lab::Node& simulation, std::uint64_t seed);

}  // namespace aula::molecular
