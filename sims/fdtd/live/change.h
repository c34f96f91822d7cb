// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fdtd/model/setup.h"
#include "fdtd/spec.h"
#include "lab/lab.h"

/// What a knob that is turned while the simulation runs does to it.
///
/// The whole lab is read again with the new value and the two setups are compared. Sources may change their
/// amplitude, continuous ones also frequency and phase; objects may move, change shape and material as long
/// as nothing dispersive is among them. All else stands still: the grid, the step, the absorbing layers,
/// where sources are.
namespace aula::fdtd {

/// Periods (of a pulse: widths) over which a source's amplitude and phase go to a new value by sin^2. The
/// spectrum of such an edge lies within about half the carrier's frequency of it, so that switching a source
/// off or on makes no click.
inline constexpr double kGlidePeriods = 2;

/// The difference between two setups of one lab.
struct SetupChange {
  std::vector<std::string>
      refused;  ///< What cannot change while running, each as "the grid (simulation.grid)".
  std::vector<std::pair<std::size_t, Drive>> drives;  ///< By source; gains as times its built amplitude.
  bool hasNewMedium = false;
};

/// `built` is what the solver was built from: builtSetup() of the lab's first setup.
[[nodiscard]] SetupChange compareSetups(const Setup& before, const Setup& after, const Setup& built);

/// The setup a solver is built from when sources may change: one of amplitude 0 could never be turned up, so
/// it gets amplitude 1 and gain 0.
[[nodiscard]] Setup builtSetup(Setup setup);

/// Reads the lab with knobs turned. Throws core::Error (input) with everything that is wrong then.
[[nodiscard]] std::shared_ptr<const SimulationSpec> readTurned(const lab::Lab& lab,
                                                               const lab::KnobValues& turned);

/// Instruments that cannot follow from one to the other: they keep what they recorded at another place.
[[nodiscard]] std::vector<std::string> refusedInstruments(const SimulationSpec& before,
                                                          const SimulationSpec& after);

/// Reports every knob marked live that the simulation could not follow over its range; sets `spec.lab` and
/// `spec.canMoveObjects`.
void checkLiveKnobs(const lab::Lab& lab, SimulationSpec& spec);

}  // namespace aula::fdtd
