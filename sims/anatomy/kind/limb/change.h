// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/kind/limb/spec.h"

/// What a knob that is turned while the arm moves does to it: the whole lab is read again with the new value.
/// Excitations, the weight, the shoulder's pose, the angle at which an elbow is held, the speed at which it
/// is turned and the scene follow; all else stands still.
namespace aula::anatomy::limb {

/// What cannot change while running, each as "the mode (simulation.mode)".
[[nodiscard]] std::vector<std::string> refusedChanges(const LimbSpec& before, const LimbSpec& after);
/// Reads the lab with knobs turned. Throws core::Error (input) with everything that is wrong then.
[[nodiscard]] std::shared_ptr<const LimbSpec> readTurned(const LimbSpec& first,
                                                         const lab::KnobValues& turned);
/// Reports every knob marked live that the arm could not follow over its range; sets `spec.lab`.
void checkLiveKnobs(const lab::Lab& lab, LimbSpec& spec);

}  // namespace aula::anatomy::limb
