// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/host_device.h"

/// One coordinate of one atom in a step.
namespace aula::molecular {

/// A position is the sum of a single-precision number, which forces are computed from, and of what that one
/// rounds away: steps of 1e-3 nm on positions of 10 nm would otherwise lose four digits, and constraints
/// would shake the velocities by the loss divided by the time step. Adds `move` (Dekker 1971, fast two-sum;
/// |position| above |move|).
template <class Real>
AULA_HD void addMove(Real& position, Real& rest, Real move) {
  const Real small = rest + move;
  const Real sum = position + small;
  rest = small - (sum - position);
  position = sum;
}

/// The exact solution of friction and noise over a time (Ornstein and Uhlenbeck): keep = exp(-friction t),
/// `noise` sqrt(1 - keep^2) sqrt(k T / m).
template <class Real>
AULA_HD Real frictionAndNoise(Real velocity, Real keep, Real noise, Real gaussian) {
  return keep * velocity + noise * gaussian;
}

}  // namespace aula::molecular
