// SPDX-License-Identifier: Apache-2.0
#include "molecular/live/hands.h"

#include <cmath>
#include <numeric>

#include "core/error.h"
#include "lab/session/hand.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

namespace hand = lab::hand;

Vec3 centreOf(const std::vector<int>& atoms, Moment& moment) {
  Vec3 sum;
  double mass = 0;
  for (const int atom : atoms) {
    const auto n = static_cast<std::size_t>(atom);
    sum = sum + moment.topology().masses[n] * moment.wholePositions()[n];
    mass += moment.topology().masses[n];
  }
  return sum / mass;
}

}  // namespace

void Hands::begin(const SimulationSpec& spec, Moment& moment) {
  field_ = spec.field;
  pulls_ = spec.pulls;
  regions_ = spec.regions;
  for (PullSpec& pull : pulls_)
    if (!pull.hasTarget) pull.pull.target = centreOf(pull.pull.atoms, moment);
}

void Hands::follow(const SimulationSpec& spec) {
  field_ = spec.field;
  regions_ = spec.regions;
  for (std::size_t i = 0; i < pulls_.size(); ++i) {
    const Vec3 target = pulls_[i].pull.target;
    pulls_[i] = spec.pulls[i];
    if (!pulls_[i].hasTarget) pulls_[i].pull.target = target;
  }
}

bool Hands::apply(const std::string& name, double value, Moment& moment, const Painter& painter) {
  const auto finite = [&](double unit) {
    if (!std::isfinite(value)) throw core::inputError(name + " takes a finite value");
    return value / unit;
  };
  const auto positive = [&](double unit) {
    if (!(value > 0)) throw core::inputError(name + " takes a value above 0");
    return finite(unit);
  };
  if (name == hand::kTakeParticle || name == hand::kTakeResidue || name == hand::kTakeMolecule) {
    const Topology& topology = moment.topology();
    const int atom = value == std::floor(value) ? painter.atomOf(value, moment) : -1;
    if (atom < 0)
      throw core::inputError(name + " takes the number of a particle that the picture shows, from 0");
    int first = atom, count = 1;
    if (name == hand::kTakeResidue) {
      const Residue& residue =
          topology.residues[static_cast<std::size_t>(topology.residueOf[static_cast<std::size_t>(atom)])];
      first = residue.firstAtom, count = residue.atomCount;
    } else if (name == hand::kTakeMolecule) {
      for (const Molecule& molecule : topology.molecules)
        if (atom >= molecule.firstAtom && atom < molecule.firstAtom + molecule.atomCount)
          first = molecule.firstAtom, count = molecule.atomCount;
    }
    held_.resize(static_cast<std::size_t>(count));
    std::iota(held_.begin(), held_.end(), first);
    target_ = centreOf(held_, moment);
  } else if (name == hand::kLetGo) {
    held_.clear();
  } else if (name == hand::kX) {
    target_.x = finite(kNanometre);
  } else if (name == hand::kY) {
    target_.y = finite(kNanometre);
  } else if (name == hand::kZ) {
    target_.z = finite(kNanometre);
  } else if (name == hand::kStiffness) {
    stiffness_ = positive(molecular::kStiffness);
  } else if (name == hand::kForceLimit) {
    limit_ = positive(kForce);
  } else if (name == hand::kHeatX) {
    ball_.centre.x = finite(kNanometre);
  } else if (name == hand::kHeatY) {
    ball_.centre.y = finite(kNanometre);
  } else if (name == hand::kHeatZ) {
    ball_.centre.z = finite(kNanometre);
  } else if (name == hand::kHeatRadius) {
    ball_.radius = std::max(0.0, finite(kNanometre));
  } else if (name == hand::kHeatTemperature) {
    if (value < 0) throw core::inputError(name + " takes a temperature of 0 K or more");
    ball_.temperature = finite(1);
  } else {
    return false;
  }
  return true;
}

External Hands::at(std::int64_t step, double timeStep) const {
  External external;
  external.electricField = field_;
  external.regions = regions_;
  if (ball_.radius > 0) external.regions.push_back(ball_);
  for (const PullSpec& spec : pulls_) {
    external.pulls.push_back(spec.pull);
    external.pulls.back().target = spec.pull.target + double(step) * timeStep * spec.velocity;
  }
  if (!held_.empty()) external.pulls.push_back({held_, target_, stiffness_, limit_});
  return external;
}

bool Hands::isMoving() const {
  for (const PullSpec& pull : pulls_)
    if (core::length(pull.velocity) > 0) return true;
  return false;
}

void Hands::archive(Archive& archive) {
  std::vector<Vec3> targets;
  for (const PullSpec& pull : pulls_) targets.push_back(pull.pull.target);
  archive.vector("targets", targets);
  for (std::size_t i = 0; i < pulls_.size() && i < targets.size(); ++i) pulls_[i].pull.target = targets[i];
  archive.vector("held", held_);
  archive.value("target", target_);
  archive.value("stiffness", stiffness_);
  archive.value("limit", limit_);
  archive.value("ball", ball_);
}

}  // namespace aula::molecular
