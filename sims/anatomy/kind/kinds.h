// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "lab/session/simulation.h"

/// The kinds of simulation that lab files ask for, for the program's registry.
namespace aula::anatomy {

[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeAtlasKind();      ///< "atlas": structures to look at.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeLimbKind();       ///< "limb": an arm that lifts.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeBreathingKind();  ///< "breathing": lungs and airways.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeHeartKind();      ///< "heart": waves and ECG.
[[nodiscard]] std::unique_ptr<lab::SimulationKind> makeScanKind();  ///< "scan": a volume that a scanner made.

void addKinds(lab::Registry& registry);  ///< All of them.

}  // namespace aula::anatomy
