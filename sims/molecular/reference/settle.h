// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "molecular/model/box.h"

namespace aula::molecular::reference {

/// A rigid triangle of two equal masses and a third, put back into shape in closed form (SETTLE, Miyamoto and
/// Kollman 1992).
struct SettleShape {
  double massO = 0, massH = 0;            ///< u
  double distanceOH = 0, distanceHH = 0;  ///< nm
};

/// `before` is in shape, `after` is where the atoms flew to; the result is in shape, with corrections along
/// the sides of `before`. Oxygen first. Whole molecules, no periodic images between the atoms.
[[nodiscard]] std::array<Vec3, 3> settle(const SettleShape& shape, const std::array<Vec3, 3>& before,
                                         const std::array<Vec3, 3>& after);

}  // namespace aula::molecular::reference
