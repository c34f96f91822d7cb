// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::molecular {

/// Thermostat and barostat act in every tenth step (README, "What every engine does in a step"); their
/// formulas take the ten steps as one.
inline constexpr int kCouplingInterval = 10;

}  // namespace aula::molecular
