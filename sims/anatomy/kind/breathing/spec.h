// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/airways/breathing.h"
#include "lab/lab.h"

namespace aula::anatomy::respiration {

class InstrumentPlan;

/// What the tree's branches are coloured by.
enum class Colouring { lobe, generation, ventilation, flow, resistance };

struct SceneSpec {
  Colouring colouring = Colouring::lobe;
  int generations = 12;       ///< Down to which the tree is drawn.
  double lobeOpacity = 0.22;  ///< 0: no lobes.
  bool hasDiaphragm = true, hasPleura = false, hasLabels = true;
};

/// A lab file's breathing person, checked. SI.
struct BreathingSpec {
  std::shared_ptr<const lab::Lab> lab;  ///< To read again with knobs turned; null: no knob is live.
  double timeStep = 0.01;               ///< s
  std::int64_t steps = 0;
  TreeOptions tree;
  BreathingSettings settings;
  SceneSpec scene;
  std::vector<std::unique_ptr<InstrumentPlan>> instruments;
};

/// Null when something is wrong, which is then in the lab's diagnostics. Says nothing of live knobs.
[[nodiscard]] std::shared_ptr<BreathingSpec> readSpec(const lab::Lab& lab);

/// What cannot change while running, each as "simulation.time_step".
[[nodiscard]] std::vector<std::string> refusedChanges(const BreathingSpec& before,
                                                      const BreathingSpec& after);
/// Reads the lab with knobs turned. Throws core::Error (input) with everything that is wrong then.
[[nodiscard]] std::shared_ptr<const BreathingSpec> readTurned(const BreathingSpec& first,
                                                              const lab::KnobValues& turned);
/// Reports every knob marked live that the simulation could not follow; sets `spec.lab`.
void checkLiveKnobs(const lab::Lab& lab, BreathingSpec& spec);

}  // namespace aula::anatomy::respiration
