// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/force_field.h"

#include <cmath>
#include <limits>
#include <string>

#include "core/error.h"
#include "molecular/model/constants.h"
#include "molecular/model/mesh.h"
#include "molecular/reference/bonded.h"
#include "molecular/reference/coulomb.h"
#include "molecular/reference/generalised_born.h"
#include "molecular/reference/lennard_jones.h"
#include "molecular/reference/outside.h"
#include "molecular/reference/pairs.h"
#include "molecular/reference/particle_mesh_ewald.h"

namespace aula::molecular::reference {

ForceField::ForceField(const Topology& topology, const RigidPlan& plan, const NonbondedSettings& settings,
                       const Box& box)
    : topology_(topology), plan_(plan), settings_(settings) {
  if (!(settings.cutoff > 0)) throw core::inputError("the cut-off must be above 0 nm");
  if (box.isPeriodic()) checkCutoff(settings.cutoff, box);
  if (settings.vdwModifier == VdwModifier::potentialSwitch &&
      !(settings.switchStart >= 0 && settings.switchStart < settings.cutoff))
    throw core::inputError("the switch must start within the cut-off");
  if (settings.electrostatics == Electrostatics::plain && box.isPeriodic())
    throw core::inputError("plain Coulomb forces never end: they need a system without a box");
  if (settings.hasGeneralisedBorn) {
    if (settings.electrostatics != Electrostatics::plain)
      throw core::inputError(
          "the generalised Born model goes with plain electrostatics in a system without a box");
    if (topology.bornRadii.empty())
      throw core::inputError(
          "the generalised Born model needs a Born radius for every atom; this topology has none");
  }
  if (settings.electrostatics == Electrostatics::particleMeshEwald) {
    if (settings.meshOrder != 4 && settings.meshOrder != 5)
      throw core::inputError("the mesh order is " + std::to_string(settings.meshOrder) +
                             "; allowed are 4 and 5");
    beta_ = ewaldBeta(settings);
    mesh_ = meshSize(settings, box);
  }
}

Sums ForceField::evaluate(std::span<const Vec3> positions, const Box& box, const External& external) const {
  Sums sums(topology_.atomCount());
  addBonds(plan_.springs, positions, box, sums);
  addAngles(plan_.angles, positions, box, sums);
  addPeriodicDihedrals(topology_.properDihedrals, Term::properDihedral, positions, box, sums);
  addPeriodicDihedrals(topology_.improperDihedrals, Term::improperDihedral, positions, box, sums);
  addHarmonicImpropers(topology_.harmonicImpropers, positions, box, sums);
  addRyckaertBellemans(topology_.ryckaertBellemans, positions, box, sums);
  addPairs14(topology_.pairs14, positions, box, sums);
  addNonbonded(positions, box, sums);
  addDispersionCorrection(topology_, settings_, box, sums);
  if (settings_.electrostatics == Electrostatics::particleMeshEwald) {
    addReciprocal(topology_.charges, positions, box, beta_, mesh_, settings_.meshOrder, sums);
    addSelfAndBackground(topology_.charges, box, beta_, sums);
  }
  if (settings_.electrostatics == Electrostatics::reactionField) {
    const ReactionField field(settings_);
    for (const double charge : topology_.charges)
      sums.add(Term::coulombReal, -0.5 * kCoulomb * field.c * charge * charge);
  }
  addExcludedPairs(positions, box, sums);
  if (settings_.hasGeneralisedBorn) addGeneralisedBorn(topology_, settings_, positions, sums);
  addPositionRestraints(topology_.positionRestraints, positions, box, sums);
  addExternal(external, plan_.masses, topology_.charges, positions, box, sums);
  return sums;
}

void ForceField::addNonbonded(std::span<const Vec3> positions, const Box& box, Sums& sums) const {
  const ReactionField field(settings_);
  const auto addPair = [&](int i, int j, Vec3 apart) {
    if (isExcluded(topology_, i, j)) return;
    const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
    const double r = core::length(apart);
    double forceOverR = 0;
    const LennardJones& pair = topology_.pair(topology_.types[a], topology_.types[b]);
    if (r <= settings_.cutoff && (pair.c6 != 0 || pair.c12 != 0)) {
      const PairTerm term = lennardJones(pair, r, settings_);
      sums.add(Term::lennardJones, term.energy);
      forceOverR += term.forceOverR;
    }
    const double charges = kCoulomb * topology_.charges[a] * topology_.charges[b];
    if (charges != 0) {
      PairTerm term;
      if (settings_.electrostatics == Electrostatics::particleMeshEwald)
        term = ewaldReal(beta_, r);
      else if (settings_.electrostatics == Electrostatics::reactionField)
        term = reactionField(field, r);
      else
        term = {1 / r, 1 / (r * r * r)};
      sums.add(Term::coulombReal, charges * term.energy);
      forceOverR += charges * term.forceOverR;
    }
    sums.addPairForce(i, j, apart, forceOverR * apart);
  };
  // Plain Coulomb forces reach any distance.
  const double reach = settings_.electrostatics == Electrostatics::plain
                           ? std::numeric_limits<double>::infinity()
                           : settings_.cutoff;
  forEachPairWithin(reach, positions, box, addPair);
}

void ForceField::addExcludedPairs(std::span<const Vec3> positions, const Box& box, Sums& sums) const {
  if (settings_.electrostatics == Electrostatics::plain) return;
  const ReactionField field(settings_);
  for (int i = 0; i < topology_.atomCount(); ++i) {
    const auto a = static_cast<std::size_t>(i);
    for (int n = topology_.exclusionStart[a]; n < topology_.exclusionStart[a + 1]; ++n) {
      const int j = topology_.exclusions[static_cast<std::size_t>(n)];
      if (j < i) continue;  // Listed both ways.
      const double charges = kCoulomb * topology_.charges[a] * topology_.charges[static_cast<std::size_t>(j)];
      if (charges == 0) continue;
      const Vec3 apart = box.nearest(positions[a] - positions[static_cast<std::size_t>(j)]);
      const double r = core::length(apart);
      PairTerm term;
      if (settings_.electrostatics == Electrostatics::particleMeshEwald)
        term = ewaldExcluded(beta_, r);
      else if (r <= settings_.cutoff)
        term = reactionFieldExcluded(field, r);
      sums.add(Term::coulombReal, charges * term.energy);
      sums.addPairForce(i, j, apart, (charges * term.forceOverR) * apart);
    }
  }
}

}  // namespace aula::molecular::reference
