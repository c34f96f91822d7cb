// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "molecular/model/box.h"
#include "molecular/model/settings.h"

namespace aula::molecular {

/// Points of the particle mesh along a, b and c that every engine uses, so that their energies compare digit
/// by digit: settings.mesh where it is set, else the smallest even number 2^i 3^j 5^k 7^l (or 4 * 11, 4 * 13
/// times such a number, as GROMACS takes them) with at most meshSpacing between points along the edge; at
/// least 2 * meshOrder.
[[nodiscard]] std::array<int, 3> meshSize(const NonbondedSettings& settings, const Box& box);

}  // namespace aula::molecular
