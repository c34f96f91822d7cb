// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/engine.h"

namespace aula::molecular::cuda {

/// Where sums over the whole system stand, in double, in device memory.
enum Total : int {
  kTermTotals = 0,                         ///< One a Term.
  kVirialTotals = kTermCount,              ///< xx, yy, zz, xy, xz, yz of forces between atoms.
  kRigidTotals = kVirialTotals + 6,        ///< The same of constraints.
  kMotionTotals = kRigidTotals + 6,        ///< As SumMotion sums, of the present velocities.
  kNextMotionTotals = kMotionTotals + 11,  ///< The same of velocities half a step further.
  kTrialKinetic = kNextMotionTotals + 11,  ///< The kinetic energy that goes with the virial, kJ/mol.
  kBathTotal,                              ///< What thermostat, barostat and friction brought in, kJ/mol.
  kTotalCount
};

}  // namespace aula::molecular::cuda
