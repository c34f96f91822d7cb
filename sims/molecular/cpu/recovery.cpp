// SPDX-License-Identifier: Apache-2.0
// Soft recovery: a step whose moves are beyond reason is undone (nothing was committed yet) and repeated with
// moves that are capped and velocities that are cooled.
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "molecular/cpu/cpu_engine.h"
#include "molecular/model/constants.h"
#include "molecular/model/random.h"

namespace aula::molecular::cpu {

namespace {

/// After so many mended steps in a row nobody is holding the system apart by hand: it cannot be mended.
constexpr std::int64_t kMostMended = 20000;

std::string atomName(const Topology& topology, std::int64_t atom) {
  const auto at = static_cast<std::size_t>(atom);
  const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[at])];
  return std::to_string(atom + 1) + " (" + residue.name + " " + std::to_string(residue.number) + " " +
         topology.names[at] + ")";
}

}  // namespace

void CpuEngine::mend(double time, double moveTime) {
  Particles& p = particles_;
  const double most = reach();
  ++recoveries_;
  if (++mendedInARow_ > kMostMended) {
    std::int64_t worst = 0;
    float largest = -1;
    for (std::int64_t atom = 0; atom < p.atoms; ++atom) {
      const float move = kernels_->largestMove(atom, atom + 1, p.move.data());
      if (move > largest) largest = move, worst = atom;
    }
    throw core::Error("step " + std::to_string(step_) + ": the last " + std::to_string(kMostMended) +
                      " steps moved atoms beyond reason, at present atom " + atomName(topology_, worst) +
                      ", and cooling them has not helped. Two atoms may lie on each other, or the time step "
                      "may be too long for the stiffest bond; minimise first, or go back to a checkpoint.");
  }

  // Each attempt caps moves harder; molecules of which an atom still goes too far stand still but for what
  // their constraints want.
  frozen_.assign(static_cast<std::size_t>(p.atoms), 0);
  const PlacesView places = placesView();
  for (double cap = 0.25 * most;; cap *= 0.25) {
    for (std::int64_t atom = 0; atom < p.atoms; ++atom) {
      const auto n = static_cast<std::size_t>(3 * atom);
      const double inverseMass = static_cast<double>(p.inverseMass[n]);
      Vec3 v, before;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        before[static_cast<int>(axis)] = static_cast<double>(p.v[n + axis]);
        v[static_cast<int>(axis)] =
            before[static_cast<int>(axis)] + time * static_cast<double>(p.f[n + axis]) * inverseMass;
      }
      const double thermal = std::sqrt(3 * kBoltzmann * settings_.dynamics.temperature * inverseMass);
      if (!std::isfinite(v.x) || !std::isfinite(v.y) || !std::isfinite(v.z)) {
        // Atoms that lie on each other have no force that could part them: a random push does.
        const auto random = randomGaussians<double>(
            settings_.dynamics.seed, step_, static_cast<std::uint32_t>(atom), RandomPurpose::recovery);
        v = std::max(thermal, 0.01 * most / moveTime) / std::sqrt(3.0) *
            Vec3{random.value[0], random.value[1], random.value[2]};
      }
      if (frozen_[static_cast<std::size_t>(atom)] != 0) v = {};
      const double distance = moveTime * length(v);
      const double keep = distance > cap ? cap / distance : 1;
      // The move is capped; what stays as velocity is no faster than heat would make it.
      const double cool = distance > cap ? std::min(keep, thermal / length(v)) : 1;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        p.move[n + axis] = static_cast<float>(keep * moveTime * v[static_cast<int>(axis)]);
        p.next[n + axis] = static_cast<float>(cool * v[static_cast<int>(axis)]);
      }
    }
    for (int part = 0; part < threads_; ++part)
      constraints_.moves(part, places, p.move.data(), p.next.data(), static_cast<float>(1 / moveTime),
                         nullptr);
    bool isMended = true;
    for (const Molecule& molecule : topology_.molecules) {
      const std::int64_t first = molecule.firstAtom, last = first + molecule.atomCount;
      const auto far = static_cast<double>(kernels_->largestMove(first, last, p.move.data()));
      const auto fast = static_cast<double>(kernels_->largestMove(first, last, p.next.data()));
      if (far <= most * most && moveTime * moveTime * fast <= most * most) continue;
      isMended = false;
      std::fill(frozen_.begin() + first, frozen_.begin() + last, std::uint8_t{1});
    }
    if (isMended) return;
    if (cap < 0.01 * most) break;
  }
  // What is left are constraints broken by more than a step may mend: their atoms go a part of the way.
  const double part = 0.25 * most;
  for (std::size_t atom = 0; atom < frozen_.size(); ++atom) {
    if (frozen_[atom] == 0) continue;
    Vec3 move;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto one = static_cast<double>(p.move[3 * atom + axis]);
      move[static_cast<int>(axis)] = std::isfinite(one) ? std::clamp(one, -1.0, 1.0) : 0;
      p.next[3 * atom + axis] = 0;
    }
    const double keep = std::min(1.0, part / std::max(length(move), part));
    for (std::size_t axis = 0; axis < 3; ++axis)
      p.move[3 * atom + axis] = static_cast<float>(keep * move[static_cast<int>(axis)]);
  }
}

}  // namespace aula::molecular::cpu
