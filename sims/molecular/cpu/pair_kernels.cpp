// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/pair_kernels.h"

#include "molecular/cpu/lanes.h"
#include "molecular/cpu/mesh_kernels.h"
#include "molecular/cpu/pair_loop.h"

// Pairs of clusters: which are near, and what acts between them.
namespace aula::molecular::cpu {
namespace {

/// The i-cluster's positions, one vector for kRows of its atoms.
struct NearTest {
  static constexpr int kVectors = kCluster / kRows;
  Lanes x[kVectors], y[kVectors], z[kVectors], distance2;

  AULA_HD explicit NearTest(const NearTask& task) : distance2(task.distance2) {
    const float* from = task.xyzq + 16 * static_cast<std::ptrdiff_t>(task.cluster);
    for (int v = 0; v < kVectors; ++v) {
      x[v] = Lanes::oneEachRow(from + v * kRows) - Lanes(task.shift[0]);
      y[v] = Lanes::oneEachRow(from + 4 + v * kRows) - Lanes(task.shift[1]);
      z[v] = Lanes::oneEachRow(from + 8 + v * kRows) - Lanes(task.shift[2]);
    }
  }
  [[nodiscard]] AULA_HD bool operator()(const float* other) const {
    const Lanes xj = Lanes::repeatFour(other), yj = Lanes::repeatFour(other + 4),
                zj = Lanes::repeatFour(other + 8);
    bool isNear = false;
    for (int v = 0; v < kVectors; ++v) {
      const Lanes dx = x[v] - xj, dy = y[v] - yj, dz = z[v] - zj;
      isNear |= (multiplyAdd(dz, dz, multiplyAdd(dy, dy, dx * dx)) < distance2).any();
    }
    return isNear;
  }
};

std::int32_t nearRange(const NearTask& task, std::int32_t first, std::int32_t last, std::int32_t* to) {
  const NearTest isNear(task);
  std::int32_t count = 0;
  for (std::int32_t other = first; other < last; ++other) {
    to[count] = other;
    count += isNear(task.xyzq + 16 * static_cast<std::ptrdiff_t>(other)) ? 1 : 0;
  }
  return count;
}

std::int32_t nearList(const NearTask& task, const std::int32_t* from, const std::uint32_t* masksFrom,
                      std::int32_t size, std::int32_t* to, std::uint32_t* masksTo) {
  const NearTest isNear(task);
  std::int32_t count = 0;
  for (std::int32_t n = 0; n < size; ++n) {
    to[count] = from[n];
    if (masksFrom != nullptr) masksTo[count] = masksFrom[n];
    count += isNear(task.xyzq + 16 * static_cast<std::ptrdiff_t>(from[n])) ? 1 : 0;
  }
  return count;
}

void compact(float* forces, std::int32_t clusters, float* to) {
  for (std::int32_t n = 0; n < 3 * clusters; ++n, forces += kLanes, to += 4) {
    Four sum = loadFour(forces);
    for (int row = 1; row < kRows; ++row) sum += loadFour(forces + 4 * row);
    storeFour(to, sum);
    Lanes().store(forces);
  }
}

template <CoulombKind coulomb, LennardJonesRule rule, bool isSwitched, bool hasEnergies>
void pairs(PairTask& task) {
  PairLoop<coulomb, rule, isSwitched, hasEnergies> loop(task);
  for (std::int32_t n = 0; n < task.entryCount; ++n) loop.entry(task, task.entries[n]);
}

constexpr PairKernels makeKernels() {
  PairKernels kernels{kLanesName, kLanes, {}, nearRange, nearList, compact, {}, {}};
  const auto fill = [&]<CoulombKind coulomb, LennardJonesRule rule>() {
    kernels.pairs[pairVariant(coulomb, rule, false, false)] = pairs<coulomb, rule, false, false>;
    kernels.pairs[pairVariant(coulomb, rule, false, true)] = pairs<coulomb, rule, false, true>;
    kernels.pairs[pairVariant(coulomb, rule, true, false)] = pairs<coulomb, rule, true, false>;
    kernels.pairs[pairVariant(coulomb, rule, true, true)] = pairs<coulomb, rule, true, true>;
  };
  fill.operator()<CoulombKind::ewald, LennardJonesRule::geometric>();
  fill.operator()<CoulombKind::ewald, LennardJonesRule::lorentzBerthelot>();
  fill.operator()<CoulombKind::ewald, LennardJonesRule::table>();
  fill.operator()<CoulombKind::reactionField, LennardJonesRule::geometric>();
  fill.operator()<CoulombKind::reactionField, LennardJonesRule::lorentzBerthelot>();
  fill.operator()<CoulombKind::reactionField, LennardJonesRule::table>();
  kernels.spread[0] = spreadCharges<4>, kernels.spread[1] = spreadCharges<5>;
  kernels.gather[0] = gatherForces<4>, kernels.gather[1] = gatherForces<5>;
  return kernels;
}

}  // namespace

extern constinit const PairKernels AULA_PAIR_KERNELS = makeKernels();

}  // namespace aula::molecular::cpu
