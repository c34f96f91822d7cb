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

/// Structures that activities ask for must be in the catalogue, and be seen.
void checkStructures(const Lab& lab, const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const Structure& structure : catalogue.all())
    if (structure.isDrawn) ids.push_back(structure.id);
  for (std::size_t i = 0; i < lab.activities().size(); ++i) {
    const Activity& activity = lab.activities()[i];
    if (activity.answer != AnswerKind::structure || activity.structure.empty()) continue;
    const Structure* structure = catalogue.find(activity.structure);
    const std::string place = "activities[" + std::to_string(i) + "].answer.structure";
    if (structure == nullptr) {
      std::string text = core::quoted(activity.structure) + " is no structure of this lab";
      if (const auto nearest = core::nearestWord(activity.structure, ids))
        text += "; did you mean \"" + *nearest + "\"?";
      if (ids.empty()) text += "; simulations of kind " + core::quoted(lab.simulationKind()) + " have none";
      lab.diagnostics().error(place, text);
    } else if (activity.hasPin && !structure->isDrawn) {
      lab.diagnostics().error(
          place, core::quoted(activity.structure) + " is a group: there is no one place for its pin");
    }
  }
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

  if (checked.plan) {
    checked.catalogue = checked.plan->catalogue();
    if (!checked.catalogue) checked.catalogue = std::make_shared<const Catalogue>();
    checkStructures(*lab, *checked.catalogue);
  }

  // Keys of sections that nobody could read, for want of a simulation, are not the lab's mistake.
  if (kind != nullptr) lab->reportUnusedKeys();
  diagnostics.throwIfErrors();
  return checked;
}

}  // namespace aula::lab
