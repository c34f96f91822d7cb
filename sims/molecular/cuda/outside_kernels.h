// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/term_kernels.h"

/// What acts on a system from outside: restraints, a uniform field, springs in somebody's hand. None of it
/// counts for the virial.
namespace aula::molecular::cuda {

struct DeviceRestraint {
  int atom;
  Vec3f reference, stiffness;
};
struct RestraintTerm {
  static constexpr const char* kName = "position restraints";
  static constexpr int kAtoms = 1;
  const DeviceRestraint* terms;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DeviceRestraint term = terms[n];
    const Vec3f d = nearestImage(at.positions[term.atom] - term.reference, *at.cell);
    forces[0] = {-term.stiffness.x * d.x, -term.stiffness.y * d.y, -term.stiffness.z * d.z};
    sums.value[0] -= 0.5F * dot(forces[0], d);
  }
};

/// A uniform field on the charges. The energy is that of the path without jumps, so images are counted.
template <bool kWantsEnergy>
struct AddField {
  static constexpr const char* kName = "field";
  static constexpr int kThreads = 64;
  struct Shared {
    double sums[kThreads];
  };
  struct Registers {};

  const DeviceCell* cell;
  Vec3f field;  ///< kJ/mol/nm/e
  const float* charges;
  const Vec3f* positions;
  const std::int32_t* images;
  int count;
  Vec3f* forces;
  double* blockSums;

  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(count, kThreads), 1, 1}, {kThreads, 1, 1}};
  }
  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      const int n = block.index().x * kThreads + thread.x;
      shared.sums[thread.x] = 0;
      if (n >= count) return;
      const Vec3f force = charges[n] * field;
      forces[n] = forces[n] + force;
      if (!kWantsEnergy) return;
      const Vec3f p = positions[n] + cellShift(*cell, images[3 * n], images[3 * n + 1], images[3 * n + 2]);
      shared.sums[thread.x] = -static_cast<double>(dot(force, p));
    });
    if (!kWantsEnergy) return;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x != 0) return;
      double sum = 0;
      for (int n = 0; n < kThreads; ++n) sum += shared.sums[n];
      blockSums[block.index().x] = sum;
    });
  }
};

struct DevicePull {
  int first, count;  ///< Its atoms in the list.
  Vec3f target;
  float stiffness, largestForce;
};
/// A block a pull: the centre of mass, then each atom's share of the force. Pulls that share an atom are
/// launched one after the other.
struct PullGroup {
  static constexpr const char* kName = "pull";
  static constexpr int kThreads = 128;
  struct Shared {
    double sums[kThreads * 4];
    Vec3f force;
    float inverseMass;
  };
  struct Registers {};

  const DeviceCell* cell;
  const DevicePull* pulls;
  int pull;
  const int* atoms;
  const float* masses;
  const Vec3f* positions;
  Vec3f* forces;
  float* results;  ///< Four a pull: force, energy.

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const DevicePull& own = pulls[pull];
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      double sums[4] = {};
      const Vec3f first = positions[atoms[own.first]];
      for (int n = thread.x; n < own.count; n += kThreads) {
        const int atom = atoms[own.first + n];
        const Vec3f d = nearestImage(positions[atom] - first, *cell);
        const double mass = masses[atom];
        sums[0] += mass * d.x;
        sums[1] += mass * d.y;
        sums[2] += mass * d.z;
        sums[3] += mass;
      }
      for (int m = 0; m < 4; ++m) shared.sums[thread.x * 4 + m] = sums[m];
    });
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x != 0) return;
      double sums[4] = {};
      for (int n = 0; n < kThreads; ++n)
        for (int m = 0; m < 4; ++m) sums[m] += shared.sums[n * 4 + m];
      const auto inverse = static_cast<float>(1 / sums[3]);
      const Vec3f centre = positions[atoms[own.first]] + Vec3f{static_cast<float>(sums[0]) * inverse,
                                                               static_cast<float>(sums[1]) * inverse,
                                                               static_cast<float>(sums[2]) * inverse};
      const Vec3f d = nearestImage(own.target - centre, *cell);
      const float distance = squareRoot(dot(d, d)), force = own.stiffness * distance;
      const bool isCapped = force > own.largestForce;
      const float scale = isCapped ? own.largestForce / distance : own.stiffness;
      shared.force = scale * d;
      shared.inverseMass = inverse;
      results[4 * pull] = shared.force.x;
      results[4 * pull + 1] = shared.force.y;
      results[4 * pull + 2] = shared.force.z;
      results[4 * pull + 3] = isCapped
                                  ? own.largestForce * (distance - 0.5F * own.largestForce / own.stiffness)
                                  : 0.5F * force * distance;
    });
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      for (int n = thread.x; n < own.count; n += kThreads) {
        const int atom = atoms[own.first + n];
        forces[atom] = forces[atom] + (masses[atom] * shared.inverseMass) * shared.force;
      }
    });
  }
};

}  // namespace aula::molecular::cuda
