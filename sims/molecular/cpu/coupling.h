// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

/// By what velocities are multiplied so that the kinetic energy makes a step of length `time` (ps) of the
/// canonical ensemble's (Bussi, Donadio and Parrinello 2007, eq. A7): `random` draws one Gaussian, then the
/// sum of squares of the rest.
[[nodiscard]] double velocityRescaleFactor(double kinetic, int degreesOfFreedom, double temperature,
                                           double coupling, double time, std::uint64_t seed,
                                           std::int64_t step);

/// The change of ln V in a step of length `time` (Bernetti and Bussi 2020, eq. 6).
[[nodiscard]] double cellRescaleChange(const DynamicsSettings& settings, double pressure, double volume,
                                       double time, std::int64_t step);

}  // namespace aula::molecular::cpu
