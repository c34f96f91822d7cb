// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/model/engine.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::reference {

/// Keeps distances: SHAKE for positions (Ryckaert, Ciccotti and Berendsen 1977), RATTLE for velocities
/// (Andersen 1983), both to a relative 1e-12; water by SETTLE.
class ConstraintSolver {
 public:
  /// `topology` and `plan` must outlive it.
  ConstraintSolver(const Topology& topology, const RigidPlan& plan);

  [[nodiscard]] bool isEmpty() const { return groups_.empty() && triangles_.empty(); }

  /// Brings `after` back to the lengths by moves along the directions of `before`, in shares of 1/mass.
  /// Returns the sum of -1/2 d (x) g over the constraints, where g / m is the move: divided by dt^2 it is the
  /// virial of the constraints' forces. Throws core::Error (failure) naming two atoms when it does not
  /// settle.
  Matrix3 constrainPositions(std::span<const Vec3> before, std::span<Vec3> after, const Box& box) const;

  /// Takes out what would stretch a constraint: (v_i - v_j) . (x_i - x_j) = 0.
  void constrainVelocities(std::span<const Vec3> positions, std::span<Vec3> velocities, const Box& box) const;

  /// The largest relative error of a length.
  [[nodiscard]] double largestError(std::span<const Vec3> positions, const Box& box) const;

  /// Only SHAKE, for tests: settles are three constraints like others.
  void useShakeForSettles();

 private:
  struct Group {
    std::vector<Constraint> constraints;  ///< That share atoms, directly or not.
  };
  void addGroups(const std::vector<Constraint>& constraints, std::vector<Group>& groups) const;
  void shake(const Group& group, std::span<const Vec3> before, std::span<Vec3> after, const Box& box,
             Matrix3& virial) const;
  void settleAll(std::span<const Vec3> before, std::span<Vec3> after, const Box& box, Matrix3& virial) const;
  [[nodiscard]] double inverseMass(int atom) const {
    return 1 / plan_.masses[static_cast<std::size_t>(atom)];
  }

  const Topology& topology_;
  const RigidPlan& plan_;
  std::vector<Group> groups_;     ///< Of constraints proper.
  std::vector<Group> triangles_;  ///< The sides of each settle.
  bool usesShakeForSettles_ = false;
};

}  // namespace aula::molecular::reference
