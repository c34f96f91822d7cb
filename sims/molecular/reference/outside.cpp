// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/outside.h"

#include <numeric>

#include "molecular/model/constants.h"

namespace aula::molecular::reference {

void addPositionRestraints(const std::vector<PositionRestraint>& restraints, std::span<const Vec3> positions,
                           const Box& box, Sums& sums) {
  for (const PositionRestraint& restraint : restraints) {
    const Vec3 d = box.nearest(positions[static_cast<std::size_t>(restraint.atom)] - restraint.reference);
    Vec3 force;
    for (int axis = 0; axis < 3; ++axis) {
      force[axis] = -restraint.stiffness[axis] * d[axis];
      sums.add(Term::positionRestraint, -0.5 * force[axis] * d[axis]);
    }
    sums.addForce(restraint.atom, force);
  }
}

namespace {

double totalMass(const Pull& pull, std::span<const double> masses) {
  return std::accumulate(pull.atoms.begin(), pull.atoms.end(), 0.0,
                         [&](double sum, int atom) { return sum + masses[static_cast<std::size_t>(atom)]; });
}

}  // namespace

PullForce pullForce(const Pull& pull, std::span<const double> masses, std::span<const Vec3> positions,
                    const Box& box) {
  if (pull.atoms.empty()) return {};
  const Vec3 first = positions[static_cast<std::size_t>(pull.atoms.front())];
  Vec3 centre;  // From the first atom.
  for (const int atom : pull.atoms)
    centre = centre + masses[static_cast<std::size_t>(atom)] *
                          box.nearest(positions[static_cast<std::size_t>(atom)] - first);
  const Vec3 d = box.nearest(pull.target - (first + centre / totalMass(pull, masses)));
  const double distance = core::length(d), force = pull.stiffness * distance;
  if (force <= pull.largestForce) return {pull.stiffness * d, 0.5 * force * distance};
  return {(pull.largestForce / distance) * d,
          pull.largestForce * (distance - 0.5 * pull.largestForce / pull.stiffness)};
}

void addExternal(const External& external, std::span<const double> masses, std::span<const double> charges,
                 std::span<const Vec3> positions, const Box& box, Sums& sums) {
  for (const Pull& pull : external.pulls) {
    const PullForce pulled = pullForce(pull, masses, positions, box);
    sums.add(Term::external, pulled.energy);
    const double total = totalMass(pull, masses);
    for (const int atom : pull.atoms)
      sums.addForce(atom, (masses[static_cast<std::size_t>(atom)] / total) * pulled.force);
  }
  if (external.electricField == Vec3{}) return;
  for (std::size_t n = 0; n < charges.size(); ++n) {
    const Vec3 force = charges[n] * kFieldUnit * external.electricField;
    sums.addForce(static_cast<int>(n), force);
    sums.add(Term::external, -dot(force, positions[n]));
  }
}

}  // namespace aula::molecular::reference
