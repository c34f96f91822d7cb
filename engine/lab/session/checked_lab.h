// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "lab/lab.h"
#include "lab/record/measurement.h"
#include "lab/session/catalogue.h"
#include "lab/session/simulation.h"

namespace aula::lab {

/// A lab all of whose sections have been read and found right: what `aula check` makes and a session starts
/// from.
struct CheckedLab {
  std::shared_ptr<const Lab> lab;
  std::unique_ptr<SimulationPlan> plan;
  std::unique_ptr<MeasurementPlan> measurements;
  std::shared_ptr<const Catalogue> catalogue;  ///< What can be named; never null, empty where nothing can.
};

/// Reads the simulation, instruments, measurements and what to record. Throws core::Error (input) with every
/// problem found, those of the lab's own sections and unknown keys included. Allocates nothing.
[[nodiscard]] CheckedLab checkLab(std::shared_ptr<const Lab> lab, const Registry& registry);

}  // namespace aula::lab
