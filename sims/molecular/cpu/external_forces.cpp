// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/external_forces.h"

#include <cmath>

#include "core/error.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cpu {

namespace {

bool isFinite(Vec3 value) {
  return std::isfinite(value.x) && std::isfinite(value.y) && std::isfinite(value.z);
}

void check(const External& external, std::size_t atoms) {
  for (const Pull& pull : external.pulls) {
    if (pull.atoms.empty()) throw core::inputError("a pull names no atom");
    for (const int atom : pull.atoms)
      if (atom < 0 || static_cast<std::size_t>(atom) >= atoms)
        throw core::inputError("a pull names atom " + std::to_string(atom + 1) + " of " +
                               std::to_string(atoms));
    if (!isFinite(pull.target) || !(pull.stiffness >= 0) || !std::isfinite(pull.stiffness) ||
        !(pull.largestForce >= 0))
      throw core::inputError(
          "a pull wants a target that is a point, and a stiffness and a largest force of 0 or more");
  }
  for (const HeatRegion& region : external.regions)
    if (!isFinite(region.centre) || !(region.radius >= 0) || !(region.temperature >= 0) ||
        !std::isfinite(region.temperature) || !(region.coupling > 0))
      throw core::inputError(
          "a heat region wants a centre, a radius and a temperature of 0 or more, and a coupling above 0 ps");
  if (!isFinite(external.electricField))
    throw core::inputError("the electric field wants three numbers in V/nm");
}

}  // namespace

ExternalForces::ExternalForces(const Topology& topology, const std::vector<double>& masses)
    : restraints_(topology.positionRestraints), masses_(masses), charges_(topology.charges) {}

void ExternalForces::set(const External& external) {
  check(external, masses_.size());
  external_ = external;
  fieldForces_.clear();
  if (external.electricField == Vec3{}) return;
  for (const double charge : charges_)
    for (int axis = 0; axis < 3; ++axis)
      fieldForces_.push_back(static_cast<float>(kFieldUnit * charge * external.electricField[axis]));
}

bool ExternalForces::isEmpty() const {
  return external_.pulls.empty() && fieldForces_.empty() && restraints_.empty();
}

ExternalForces::Spring ExternalForces::spring(const Pull& pull, const Particles& particles,
                                              const Box& box) const {
  // The centre of mass of the images nearest to the first atom.
  const Vec3 first = particles.position(pull.atoms.front());
  Vec3 sum;
  double mass = 0;
  for (const int atom : pull.atoms) {
    const double m = masses_[static_cast<std::size_t>(atom)];
    sum = sum + m * box.nearest(particles.position(atom) - first);
    mass += m;
  }
  const Vec3 stretch = box.nearest(pull.target - (first + sum / mass));
  const double distance = length(stretch), force = pull.stiffness * distance;
  if (force <= pull.largestForce)
    return {pull.stiffness * stretch, 0.5 * pull.stiffness * distance * distance};
  // Constant beyond d0 = F / k: V = F d - F^2 / (2 k).
  const double most = pull.largestForce;
  return {(most / distance) * stretch, most * distance - 0.5 * most * most / pull.stiffness};
}

void ExternalForces::addForces(const Particles& particles, const Box& box, std::vector<float>& forces) const {
  const auto add = [&](int atom, Vec3 force) {
    for (int axis = 0; axis < 3; ++axis)
      forces[static_cast<std::size_t>(3 * atom + axis)] += static_cast<float>(force[axis]);
  };
  for (const PositionRestraint& restraint : restraints_) {
    const Vec3 d = box.nearest(particles.position(restraint.atom) - restraint.reference);
    add(restraint.atom,
        {-restraint.stiffness.x * d.x, -restraint.stiffness.y * d.y, -restraint.stiffness.z * d.z});
  }
  for (const Pull& pull : external_.pulls) {
    const Vec3 force = spring(pull, particles, box).force;
    double mass = 0;
    for (const int atom : pull.atoms) mass += masses_[static_cast<std::size_t>(atom)];
    for (const int atom : pull.atoms) add(atom, (masses_[static_cast<std::size_t>(atom)] / mass) * force);
  }
  for (std::size_t n = 0; n < fieldForces_.size(); ++n) forces[n] += fieldForces_[n];
}

void ExternalForces::addEnergies(const Particles& particles, const Box& box, Energies& energies) const {
  for (const PositionRestraint& restraint : restraints_) {
    const Vec3 d = box.nearest(particles.position(restraint.atom) - restraint.reference),
               k = restraint.stiffness;
    energies[Term::positionRestraint] += 0.5 * (k.x * d.x * d.x + k.y * d.y * d.y + k.z * d.z * d.z);
  }
  for (const Pull& pull : external_.pulls) energies[Term::external] += spring(pull, particles, box).energy;
  if (!fieldForces_.empty())
    for (std::size_t n = 0; n < charges_.size(); ++n)
      energies[Term::external] -=
          kFieldUnit * charges_[n] *
          dot(external_.electricField, particles.position(static_cast<std::int64_t>(n)));
}

std::vector<Vec3> ExternalForces::pullForces(const Particles& particles, const Box& box) const {
  std::vector<Vec3> forces;
  for (const Pull& pull : external_.pulls) forces.push_back(spring(pull, particles, box).force);
  return forces;
}

}  // namespace aula::molecular::cpu
