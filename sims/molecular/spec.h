// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "molecular/instrument/instrument.h"
#include "molecular/model/engine.h"
#include "molecular/parse/recipe.h"
#include "molecular/view/representation.h"

namespace aula::molecular {

/// What is done to a system before its first step, so that a lesson begins where it is interesting.
struct Equilibration {
  bool minimises = false;
  double duration = 0;  ///< ps, with the settings of the run
  bool operator==(const Equilibration&) const = default;
};

/// A pull as the lab file states it: its target may travel.
struct PullSpec {
  Pull pull;
  bool hasTarget = false;  ///< Otherwise it begins where the atoms are.
  Vec3 velocity;           ///< nm/ps
};

/// A lab file's molecular simulation, checked; shared by the plan and what is built of it. Values in this
/// folder's units.
struct SimulationSpec {
  std::shared_ptr<const lab::Lab> lab;
  SystemRecipe recipe;
  std::shared_ptr<const System>
      system;  ///< Null: a file the user brings is not there (`absence` says which).
  std::string absence;
  Settings settings;
  double finalTemperature = 0;  ///< K; above 0: the thermostat's temperature goes there evenly over the run.
  double initialTemperature = 0;  ///< K, of the velocities at the beginning
  Equilibration equilibration;
  Vec3 field;  ///< V/nm
  std::vector<PullSpec> pulls;
  std::vector<HeatRegion> regions;
  std::vector<std::unique_ptr<InstrumentPlan>> instruments;
  SceneSpec scene;
  std::int64_t steps = 0;
  std::string frozen;  ///< All that cannot change while it runs, as text to compare.

  [[nodiscard]] double timeStep() const { return settings.dynamics.timeStep; }  ///< ps
};

/// Reads the sections that make the simulation; where `known` has the same system, that one is used again.
/// Null when something is wrong, which is then in the lab's diagnostics. Says nothing of live knobs.
[[nodiscard]] std::shared_ptr<SimulationSpec> readSpec(const lab::Lab& lab,
                                                       const SimulationSpec* known = nullptr);

}  // namespace aula::molecular
