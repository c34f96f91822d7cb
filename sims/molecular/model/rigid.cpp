// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/rigid.h"

#include <string>

#include "core/error.h"

namespace aula::molecular {

namespace {

std::string atomName(const Topology& topology, int atom) {
  const auto at = static_cast<std::size_t>(atom);
  const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[at])];
  return residue.name + " " + std::to_string(residue.number) + " " + topology.names[at];
}

/// Hydrogens by element; where a topology knows none, by mass.
bool isHydrogen(const Topology& topology, int atom) {
  const auto at = static_cast<std::size_t>(atom);
  return topology.elements[at] == 1 || (topology.elements[at] == 0 && topology.masses[at] < 3);
}

}  // namespace

RigidPlan planRigid(const Topology& topology, const DynamicsSettings& settings) {
  RigidPlan plan;
  plan.masses = topology.masses;
  // The settle each atom belongs to, or -1.
  std::vector<int> settleOf(static_cast<std::size_t>(topology.atomCount()), -1);
  const auto settle = [&](int atom) { return settleOf[static_cast<std::size_t>(atom)]; };
  for (std::size_t n = 0; n < topology.settles.size(); ++n) {
    const Settle& triangle = topology.settles[n];
    for (const int atom : {triangle.oxygen, triangle.hydrogen1, triangle.hydrogen2}) {
      if (settle(atom) >= 0)
        throw core::Error("atom " + atomName(topology, atom) + " is part of two settles");
      settleOf[static_cast<std::size_t>(atom)] = static_cast<int>(n);
    }
  }
  const auto isWithinSettle = [&](int i, int j) { return settle(i) >= 0 && settle(i) == settle(j); };

  for (const Constraint& constraint : topology.constraints) {
    if (settle(constraint.i) >= 0 || settle(constraint.j) >= 0)
      throw core::Error("the constraint between " + atomName(topology, constraint.i) + " and " +
                        atomName(topology, constraint.j) + " touches a settle, which is rigid already");
    plan.constraints.push_back(constraint);
  }
  for (const Bond& bond : topology.bonds) {
    if (isWithinSettle(bond.i, bond.j)) continue;
    const bool hasHydrogen = isHydrogen(topology, bond.i) || isHydrogen(topology, bond.j);
    const bool isRigid = settings.constraints == Constraints::allBonds ||
                         (settings.constraints == Constraints::hydrogenBonds && hasHydrogen);
    if (isRigid)
      plan.constraints.push_back({bond.i, bond.j, bond.length});
    else
      plan.springs.push_back(bond);
    if (settings.hydrogenMass > 0 && isHydrogen(topology, bond.i) != isHydrogen(topology, bond.j)) {
      const int hydrogen = isHydrogen(topology, bond.i) ? bond.i : bond.j;
      const int heavy = hydrogen == bond.i ? bond.j : bond.i;
      double& light = plan.masses[static_cast<std::size_t>(hydrogen)];
      const double moved = settings.hydrogenMass - light;
      if (moved > 0 && settle(hydrogen) < 0) {
        light += moved;
        plan.masses[static_cast<std::size_t>(heavy)] -= moved;
        if (plan.masses[static_cast<std::size_t>(heavy)] < settings.hydrogenMass)
          throw core::Error("a hydrogen mass of " + std::to_string(settings.hydrogenMass) + " u leaves " +
                            atomName(topology, heavy) + " lighter than its hydrogens; ask for less");
      }
    }
  }
  for (const Angle& angle : topology.angles)
    if (!isWithinSettle(angle.i, angle.j) || !isWithinSettle(angle.j, angle.k)) plan.angles.push_back(angle);

  const bool removesDrift =
      settings.centreOfMassInterval > 0 && settings.integrator != Integrator::langevinMiddle;
  plan.degreesOfFreedom = 3 * topology.atomCount() - static_cast<int>(plan.constraints.size()) -
                          3 * static_cast<int>(topology.settles.size()) - (removesDrift ? 3 : 0);
  if (plan.degreesOfFreedom <= 0)
    throw core::Error("nothing can move: constraints leave no degree of freedom");
  return plan;
}

}  // namespace aula::molecular
