// SPDX-License-Identifier: Apache-2.0
#include "lab/session/checked_lab.h"

#include <utility>

#include "core/error.h"
#include "core/text.h"

namespace aula::lab {

namespace {

std::string suggestion(const std::string& word, const std::vector<std::string>& allowed) {
  std::string text;
  if (const auto nearest = core::nearestWord(word, allowed)) text += "; did you mean \"" + *nearest + "\"?";
  text += allowed.empty() ? "; there are none" : "; there are " + core::listed(allowed, "and");
  return text;
}

}  // namespace

CheckedLab checkLab(std::shared_ptr<const Lab> lab, const Registry& registry) {
  Diagnostics& diagnostics = lab->diagnostics();
  CheckedLab checked;
  checked.lab = lab;

  const SimulationKind* kind = registry.find(lab->simulationKind());
  if (kind != nullptr) {
    checked.plan = kind->plan(*lab);
  } else if (!lab->simulationKind().empty()) {
    diagnostics.error("simulation.kind", core::quoted(lab->simulationKind()) +
                                             " is not a kind of simulation known here" +
                                             suggestion(lab->simulationKind(), registry.names()));
  }

  // Without a plan the names of datasets are unknown; what can be said of the measurements is said all the
  // same.
  checked.measurements = std::make_unique<MeasurementPlan>(
      *lab, checked.plan ? checked.plan->instruments() : std::vector<InstrumentOutline>{});

  // Keys of sections that nobody could read, for want of a simulation, are not the lab's mistake.
  if (kind != nullptr) lab->reportUnusedKeys();
  diagnostics.throwIfErrors();
  return checked;
}

}  // namespace aula::lab
