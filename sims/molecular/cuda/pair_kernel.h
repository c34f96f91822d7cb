// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/pair_formula.h"
#include "molecular/cuda/search_kernels.h"

/// Lennard-Jones and real-space Coulomb between clusters. A block takes one cluster, a thread one of its
/// atoms and one place of the other cluster; the list holds each pair of clusters from both sides, so that a
/// force is summed by one block alone, in a fixed order, without atomic sums. That is twice the arithmetic of
/// each pair once, and no traffic for the other half.
namespace aula::molecular::cuda {

/// Positions and charges in slots, for one step. A slot without an atom stays away from everything by its
/// mask.
struct FillSlotsBody {
  static constexpr const char* kName = "fill slots";
  const int* atomAt;
  const Vec3f* positions;
  const float* charges;
  PointCharge* points;

  AULA_HD void operator()(long slot) const {
    const int atom = atomAt[slot] - 1;
    if (atom < 0) {
      points[slot] = {0, 0, 0, 0};
      return;
    }
    const Vec3f p = positions[atom];
    points[slot] = {p.x, p.y, p.z, charges[atom]};
  }
};
using FillSlots = compute::ForEach<FillSlotsBody>;

/// Types in slots, after a search.
struct FillTypesBody {
  static constexpr const char* kName = "fill types";
  const int* atomAt;
  const int* types;
  int* slotTypes;

  AULA_HD void operator()(long slot) const {
    const int atom = atomAt[slot] - 1;
    slotTypes[slot] = atom < 0 ? 0 : types[atom];
  }
};
using FillTypes = compute::ForEach<FillTypesBody>;

inline constexpr int kPairSums = 8;  ///< Lennard-Jones, Coulomb; xx, yy, zz, xy, xz, yz of the virial.

template <bool kWantsEnergy>
struct PairForces {
  static constexpr const char* kName = kWantsEnergy ? "pair forces, energy" : "pair forces";
  static constexpr int kThreads = kCluster * kCluster;
  struct Shared {
    Vec3f forces[kThreads];
    double sums[kWantsEnergy ? kThreads * kPairSums : 1];
  };
  struct Registers {};

  const DeviceCell* cell;
  PairParameters parameters;
  float coulomb;  ///< 1 / (4 pi eps0)
  int typeCount;
  const float* lennardJones;  ///< 6 c6 and 12 c12 of each pair of types.
  const PointCharge* points;
  const int* slotTypes;
  const int* atomAt;
  const ClusterPair* pairs;
  const int* pairCounts;
  int capacity;
  Vec3f* forces;  ///< By atom; set, not added to.
  double* blockSums;

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const long cluster = block.index().x;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      const int i = thread.x / kCluster, j = thread.x % kCluster;
      const PointCharge own = points[cluster * kCluster + i];
      const float* table =
          lennardJones + 2 * static_cast<long>(slotTypes[cluster * kCluster + i]) * typeCount;
      const float charge = own.charge * coulomb;
      Vec3f force{0, 0, 0};
      double sums[kPairSums] = {};
      const ClusterPair* list = pairs + cluster * capacity;
      for (int n = 0; n < pairCounts[cluster]; ++n) {
        const ClusterPair pair = list[n];
        if ((pair.mask[i / 4] >> (8 * (i % 4) + j) & 1U) == 0) continue;
        const long slot = static_cast<long>(pair.cluster) * kCluster + j;
        const PointCharge other = points[slot];
        const Vec3f shift = imageShift(*cell, pair.image);
        const Vec3f d{own.x - other.x - shift.x, own.y - other.y - shift.y, own.z - other.z - shift.z};
        const float square = dot(d, d);
        if (square >= parameters.reachSquare) continue;
        const int type = slotTypes[slot];
        const PairResult result = pairTerms<kWantsEnergy>(parameters, square, charge * other.charge,
                                                          table[2 * type], table[2 * type + 1]);
        force = force + result.force * d;
        if (!kWantsEnergy) continue;
        sums[0] += result.lennardJones;
        sums[1] += result.coulomb;
        const double f = result.force;
        sums[2] += f * d.x * d.x;
        sums[3] += f * d.y * d.y;
        sums[4] += f * d.z * d.z;
        sums[5] += f * d.x * d.y;
        sums[6] += f * d.x * d.z;
        sums[7] += f * d.y * d.z;
      }
      shared.forces[thread.x] = force;
      if (kWantsEnergy)
        for (int n = 0; n < kPairSums; ++n) shared.sums[thread.x * kPairSums + n] = sums[n];
    });
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x < kCluster) {
        const int atom = atomAt[cluster * kCluster + thread.x] - 1;
        if (atom >= 0) {
          Vec3f force{0, 0, 0};
          for (int j = 0; j < kCluster; ++j) force = force + shared.forces[thread.x * kCluster + j];
          forces[atom] = force;
        }
      } else if (kWantsEnergy && thread.x < kCluster + kPairSums) {
        const int which = thread.x - kCluster;
        double sum = 0;
        for (int n = 0; n < kThreads; ++n) sum += shared.sums[n * kPairSums + which];
        // Each pair was met from both sides; the virial is -1/2 of r (x) f.
        blockSums[cluster * kPairSums + which] = which < 2 ? 0.5 * sum : -0.25 * sum;
      }
    });
  }
};

}  // namespace aula::molecular::cuda
