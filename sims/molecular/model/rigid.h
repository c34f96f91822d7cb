// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/model/settings.h"
#include "molecular/model/topology.h"

namespace aula::molecular {

/// What is kept rigid and what stays a spring, settled once before a run.
struct RigidPlan {
  std::vector<Constraint>
      constraints;             ///< The topology's own, then the bonds that became rigid; settles are apart.
  std::vector<Bond> springs;   ///< Bonds left; none between atoms of a settle.
  std::vector<Angle> angles;   ///< Angles left; none within a settle.
  std::vector<double> masses;  ///< After repartitioning, u.
  int degreesOfFreedom = 0;    ///< 3 N less constraints, settles and, where it is removed, the drift.
};

/// Throws core::Error (input) when hydrogens would take more mass than their heavy atom has, or the settings
/// of one settle touch another constraint.
[[nodiscard]] RigidPlan planRigid(const Topology& topology, const DynamicsSettings& settings);

}  // namespace aula::molecular
