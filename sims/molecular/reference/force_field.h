// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "molecular/model/engine.h"
#include "molecular/model/rigid.h"
#include "molecular/reference/sums.h"

namespace aula::molecular::reference {

/// The energy as a function of all positions and the box. Constraints are not its affair, except that what
/// they keep rigid is no spring.
class ForceField {
 public:
  /// `topology` and `plan` must outlive it. Throws core::Error (input) on settings that fit neither each
  /// other nor `box`.
  ForceField(const Topology& topology, const RigidPlan& plan, const NonbondedSettings& settings,
             const Box& box);

  [[nodiscard]] Sums evaluate(std::span<const Vec3> positions, const Box& box,
                              const External& external = {}) const;

 private:
  void addNonbonded(std::span<const Vec3> positions, const Box& box, Sums& sums) const;
  void addExcludedPairs(std::span<const Vec3> positions, const Box& box, Sums& sums) const;

  const Topology& topology_;
  const RigidPlan& plan_;
  NonbondedSettings settings_;
  double beta_ = 0;            ///< 1/nm, with Ewald
  std::array<int, 3> mesh_{};  ///< Kept when the box breathes.
};

}  // namespace aula::molecular::reference
