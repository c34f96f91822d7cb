// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/constraints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "core/error.h"
#include "molecular/reference/settle.h"
#include "molecular/reference/sums.h"

namespace aula::molecular::reference {

namespace {

constexpr double kTolerance = 1e-12;
constexpr int kIterations = 10000;

[[noreturn]] void failToSettle(const char* what, const Constraint& constraint) {
  throw core::Error(std::string("the constraint between atoms ") + std::to_string(constraint.i + 1) +
                    " and " + std::to_string(constraint.j + 1) + " cannot be met by its " + what +
                    ": the step is too long or atoms overlap");
}

}  // namespace

ConstraintSolver::ConstraintSolver(const Topology& topology, const RigidPlan& plan)
    : topology_(topology), plan_(plan) {
  addGroups(plan.constraints, groups_);
  for (const Settle& water : topology.settles)
    triangles_.push_back({{{water.oxygen, water.hydrogen1, water.distanceOH},
                           {water.oxygen, water.hydrogen2, water.distanceOH},
                           {water.hydrogen1, water.hydrogen2, water.distanceHH}}});
}

void ConstraintSolver::useShakeForSettles() {
  usesShakeForSettles_ = true;
}

/// Constraints that share atoms belong together: each atom points towards the first of its group.
void ConstraintSolver::addGroups(const std::vector<Constraint>& constraints,
                                 std::vector<Group>& groups) const {
  std::vector<int> towards(static_cast<std::size_t>(topology_.atomCount()));
  std::iota(towards.begin(), towards.end(), 0);
  const auto first = [&](int atom) {
    while (towards[static_cast<std::size_t>(atom)] != atom) atom = towards[static_cast<std::size_t>(atom)];
    return atom;
  };
  for (const Constraint& constraint : constraints) {
    const int a = first(constraint.i), b = first(constraint.j);
    towards[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  }
  std::map<int, Group> byFirst;
  for (const Constraint& constraint : constraints)
    byFirst[first(constraint.i)].constraints.push_back(constraint);
  for (auto& [atom, group] : byFirst) groups.push_back(std::move(group));
}

/// With d the old direction and s the new difference, the move g d (shares 1/m_i and -1/m_j) that makes
/// |s + g (1/m_i + 1/m_j) d| the length, to first order in g:
///   g = (L^2 - s^2) / (2 (1/m_i + 1/m_j) s . d);
/// constraint after constraint, again and again until all are met (Ryckaert 1977, eq. 5.6 ff).
void ConstraintSolver::shake(const Group& group, std::span<const Vec3> before, std::span<Vec3> after,
                             const Box& box, Matrix3& virial) const {
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    double worst = 0;
    for (const Constraint& constraint : group.constraints) {
      const auto i = static_cast<std::size_t>(constraint.i), j = static_cast<std::size_t>(constraint.j);
      const Vec3 old = box.nearest(before[i] - before[j]), now = box.nearest(after[i] - after[j]);
      const double square = constraint.length * constraint.length, missing = square - dot(now, now);
      worst = std::max(worst, std::abs(missing) / (2 * square));
      const double along = dot(now, old), inverse = inverseMass(constraint.i) + inverseMass(constraint.j);
      if (!(along > 1e-3 * square)) failToSettle("positions", constraint);  // NaN too.
      const double g = missing / (2 * inverse * along);
      after[i] = after[i] + (g * inverseMass(constraint.i)) * old;
      after[j] = after[j] - (g * inverseMass(constraint.j)) * old;
      addDyad(virial, -0.5 * g, old, old);
    }
    if (worst < kTolerance) return;
  }
  failToSettle("positions", group.constraints.front());
}

void ConstraintSolver::settleAll(std::span<const Vec3> before, std::span<Vec3> after, const Box& box,
                                 Matrix3& virial) const {
  for (const Settle& water : topology_.settles) {
    const std::array<int, 3> atoms{water.oxygen, water.hydrogen1, water.hydrogen2};
    std::array<Vec3, 3> old, now;
    const auto at = [](int atom) { return static_cast<std::size_t>(atom); };
    for (std::size_t n = 0; n < 3; ++n) {
      old[n] = box.nearest(before[at(atoms[n])] - before[at(water.oxygen)]);
      now[n] = box.nearest(after[at(atoms[n])] - before[at(water.oxygen)]);
    }
    const double massO = plan_.masses[at(water.oxygen)], massH = plan_.masses[at(water.hydrogen1)];
    const std::array<Vec3, 3> settled = settle({massO, massH, water.distanceOH, water.distanceHH}, old, now);
    for (std::size_t n = 0; n < 3; ++n) {
      const Vec3 move = settled[n] - now[n];
      if (!std::isfinite(move.x + move.y + move.z))
        failToSettle("positions", {water.oxygen, water.hydrogen1, water.distanceOH});
      after[at(atoms[n])] = after[at(atoms[n])] + move;
      addDyad(virial, -0.5 * (n == 0 ? massO : massH), old[n], move);
    }
  }
}

Matrix3 ConstraintSolver::constrainPositions(std::span<const Vec3> before, std::span<Vec3> after,
                                             const Box& box) const {
  Matrix3 virial{};
  for (const Group& group : groups_) shake(group, before, after, box, virial);
  if (usesShakeForSettles_)
    for (const Group& group : triangles_) shake(group, before, after, box, virial);
  else
    settleAll(before, after, box, virial);
  return virial;
}

/// k = -(v_i - v_j) . d / ((1/m_i + 1/m_j) d^2) times d, in shares 1/m (Andersen 1983, eq. 15), until what
/// remains is small beside the velocities.
void ConstraintSolver::constrainVelocities(std::span<const Vec3> positions, std::span<Vec3> velocities,
                                           const Box& box) const {
  const auto rattle = [&](const Group& group) {
    for (int iteration = 0; iteration < kIterations; ++iteration) {
      bool isDone = true;
      for (const Constraint& constraint : group.constraints) {
        const auto i = static_cast<std::size_t>(constraint.i), j = static_cast<std::size_t>(constraint.j);
        const Vec3 d = box.nearest(positions[i] - positions[j]);
        const double along = dot(velocities[i] - velocities[j], d);
        const double scale = (core::length(velocities[i]) + core::length(velocities[j])) * core::length(d);
        if (std::abs(along) > kTolerance * scale) isDone = false;
        const double k = -along / ((inverseMass(constraint.i) + inverseMass(constraint.j)) * dot(d, d));
        velocities[i] = velocities[i] + (k * inverseMass(constraint.i)) * d;
        velocities[j] = velocities[j] - (k * inverseMass(constraint.j)) * d;
      }
      if (isDone) return;
    }
    failToSettle("velocities", group.constraints.front());
  };
  for (const Group& group : groups_) rattle(group);
  for (const Group& group : triangles_) rattle(group);
}

double ConstraintSolver::largestError(std::span<const Vec3> positions, const Box& box) const {
  double largest = 0;
  const auto look = [&](const Group& group) {
    for (const Constraint& constraint : group.constraints) {
      const double length = core::length(box.nearest(positions[static_cast<std::size_t>(constraint.i)] -
                                                     positions[static_cast<std::size_t>(constraint.j)]));
      largest = std::max(largest, std::abs(length - constraint.length) / constraint.length);
    }
  };
  for (const Group& group : groups_) look(group);
  for (const Group& group : triangles_) look(group);
  return largest;
}

}  // namespace aula::molecular::reference
