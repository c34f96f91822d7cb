// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/kind/heart/moment.h"
#include "anatomy/kind/heart/spec.h"
#include "lab/session/simulation.h"

namespace aula::anatomy::heart {

/// The datasets to come: names, units and axes, no values.
[[nodiscard]] std::vector<lab::Dataset> shapesOf(const InstrumentSpec& spec);
/// Throws core::Error (input) when a place asked for is not in the muscle.
[[nodiscard]] std::unique_ptr<lab::Instrument> makeInstrument(const InstrumentSpec& spec, Moment& moment);
/// Bytes that a run of so many steps leaves in it.
[[nodiscard]] double bytesOf(const InstrumentSpec& spec, std::int64_t steps);

}  // namespace aula::anatomy::heart
