// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fdtd/instrument/instrument.h"
#include "fdtd/model/setup.h"
#include "lab/lab.h"
#include "scene/view/view.h"

namespace aula::fdtd {

/// What a picture shows, from the section "scene".
struct SceneSpec {
  std::vector<std::string> views;  ///< Instruments to draw.
  std::string picture;             ///< What the run's last picture shows instead; empty: the same.
  std::vector<std::string> marks;  ///< Instruments on lines that are drawn dashed where a picture holds them.
  std::vector<scene::RulerView> rulers;  ///< Of pictures of a space.
  bool hasOutlines = true;               ///< Of objects.
  bool hasBoundary = true;  ///< The inner edge of the absorbing layers, where the picture reaches into them.
};

/// A lab file's Maxwell simulation, checked; shared by the plan and what is built of it.
struct SimulationSpec {
  Setup setup;
  std::optional<Setup> reference;
  std::vector<std::unique_ptr<InstrumentPlan>> instruments;
  SceneSpec scene;
  std::int64_t steps = 0;  ///< Of the run the lab file asks for.
  /// The lab with no knob turned; null when none of its knobs is live.
  std::shared_ptr<const lab::Lab> lab;
  bool canMoveObjects = false;  ///< A live knob changes what stands in the domain.
};

/// Reads the sections that make the simulation. Null when something is wrong, which is then in the lab's
/// diagnostics. Says nothing of live knobs.
[[nodiscard]] std::shared_ptr<SimulationSpec> readSpec(const lab::Lab& lab);

}  // namespace aula::fdtd
