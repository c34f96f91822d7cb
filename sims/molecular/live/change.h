// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "molecular/spec.h"

/// What a knob that is turned while the simulation runs does to it: the whole lab is read again with the new
/// value. The thermostat's temperature, the barostat's pressure, the field, pulls, heated regions and the
/// scene follow; all else stands still.
namespace aula::molecular {

/// What cannot change while running, each as "the system (simulation.system)".
[[nodiscard]] std::vector<std::string> refusedChanges(const SimulationSpec& before,
                                                      const SimulationSpec& after);
/// Reads the lab with knobs turned. Throws core::Error (input) with everything that is wrong then.
[[nodiscard]] std::shared_ptr<const SimulationSpec> readTurned(const SimulationSpec& first,
                                                               const lab::KnobValues& turned);
/// Reports every knob marked live that the simulation could not follow over its range; sets `spec.lab`.
void checkLiveKnobs(const lab::Lab& lab, SimulationSpec& spec);

}  // namespace aula::molecular
