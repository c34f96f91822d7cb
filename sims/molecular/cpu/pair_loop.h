// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses
// them.
#pragma once

#include "molecular/cpu/lanes.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/formula/pair.h"

/// Forces between clusters of four atoms, 16 pairs at a time (Pall and Hess 2013,
/// doi:10.1016/j.cpc.2013.06.003, where the idea is from). A vector holds kRows atoms of the i-cluster, each
/// in a row of its own against the four of the j-cluster. Forces on j are added row by row to a vector per
/// cluster and component, whose rows are summed later: no sum across lanes in the loop.
///
/// With Ewald, V = q q (1/r - erf(beta r)/r); the second part and its force are smooth in r^2, and inside the
/// cut-off polynomials in r^2 hold them (ewald_fit.h). An excluded pair keeps the second part alone.
namespace aula::molecular::cpu {
namespace {

template <CoulombKind coulomb, LennardJonesRule rule, bool isSwitched, bool hasEnergies>
class PairLoop {
 public:
  AULA_HD explicit PairLoop(const PairTask& task) : constants_(*task.constants) {
    for (int n = 0; n <= kForceDegree; ++n) force_[n] = Lanes(constants_.force[n]);
    cutoff2_ = Lanes(constants_.cutoff2), coulombCutoff2_ = Lanes(constants_.coulombCutoff2);
    centre_ = Lanes(constants_.centre), reactionField_ = Lanes(2 * constants_.reactionField);
  }

  AULA_HD void entry(PairTask& task, const ListEntry& entry) {
    const auto cluster = static_cast<std::ptrdiff_t>(entry.cluster);
    const float* from = task.xyzq + 16 * cluster;
    const float* shift = task.shifts + 3 * static_cast<std::ptrdiff_t>(entry.shift);
    for (int v = 0; v < kVectors; ++v) {
      x_[v] = Lanes::oneEachRow(from + v * kRows) - Lanes(shift[0]);
      y_[v] = Lanes::oneEachRow(from + 4 + v * kRows) - Lanes(shift[1]);
      z_[v] = Lanes::oneEachRow(from + 8 + v * kRows) - Lanes(shift[2]);
      q_[v] = Lanes::oneEachRow(from + 12 + v * kRows);
      a_[v] = Lanes::oneEachRow(task.lj + 8 * cluster + v * kRows);
      b_[v] = Lanes::oneEachRow(task.lj + 8 * cluster + 4 + v * kRows);
      fx_[v] = fy_[v] = fz_[v] = Lanes();
    }
    if constexpr (rule == LennardJonesRule::table) typesOfI_ = task.types + 4 * cluster;
    if constexpr (hasEnergies) {
      lennardJones_ = potential_ = Lanes();
      for (Lanes& sum : virial_) sum = Lanes();
    }
    std::int32_t n = entry.begin;
    for (; n < entry.specialEnd; ++n) pair<true, true>(task, n);
    for (; n < entry.ljEnd; ++n) pair<false, true>(task, n);
    for (; n < entry.end; ++n) pair<false, false>(task, n);
    for (int v = 0; v < kVectors; ++v) {
      float* to = task.forces + 3 * kLanes * cluster + v * kRows;
      addRowSums(fx_[v], to);
      addRowSums(fy_[v], to + kLanes);
      addRowSums(fz_[v], to + 2 * kLanes);
    }
    if constexpr (hasEnergies) {
      task.lennardJones += sumOfLanes(lennardJones_);
      task.coulomb += sumOfLanes(potential_);
      for (int n6 = 0; n6 < 6; ++n6) task.virial[n6] += sumOfLanes(virial_[n6]);
    }
  }

 private:
  static constexpr int kVectors = kCluster / kRows;

  /// One i-cluster with one j-cluster. `isSpecial`: with masks.
  template <bool isSpecial, bool hasLennardJones>
  AULA_HD void pair(const PairTask& task, std::int32_t n) {
    const auto j = static_cast<std::ptrdiff_t>(task.clusters[n]);
    const float* other = task.xyzq + 16 * j;
    const Lanes xj = Lanes::repeatFour(other), yj = Lanes::repeatFour(other + 4),
                zj = Lanes::repeatFour(other + 8), qj = Lanes::repeatFour(other + 12);
    Lanes aj, bj;
    if constexpr (hasLennardJones && rule != LennardJonesRule::table) {
      aj = Lanes::repeatFour(task.lj + 8 * j);
      bj = Lanes::repeatFour(task.lj + 8 * j + 4);
    }
    float* forces = task.forces + 3 * kLanes * j;
    Lanes fxj = Lanes::load(forces), fyj = Lanes::load(forces + kLanes),
          fzj = Lanes::load(forces + 2 * kLanes);
    for (int v = 0; v < kVectors; ++v) {
      const Lanes dx = x_[v] - xj, dy = y_[v] - yj, dz = z_[v] - zj;
      const Lanes r2 = multiplyAdd(dz, dz, multiplyAdd(dy, dy, dx * dx));
      LaneMask isInside = r2 < cutoff2_;
      LaneMask interacts{}, counts{};
      if constexpr (isSpecial) {
        interacts = LaneMask::ofBits(task.masks[n] >> (4 * kRows * v));
        counts = LaneMask::ofBits(task.masks[n] >> (16 + 4 * kRows * v));
      }
      // 1/r^2 = y^2 (1 + e + e^2 ...), 1/r^3 = y^3 (1 + 3/2 e + 15/8 e^2 ...) with y about 1/r, e = 1 - r^2
      // y^2.
      const Lanes y = roughInverseRoot(r2), y2 = y * y, e = subtractProduct(Lanes(1.0F), r2, y2);
      Lanes inverse2 = multiplyAdd(y2, e, y2), inverse3, inverse;
      if constexpr (kInverseRootBits < 12) {
        inverse2 = multiplyAdd(y2 * e, e, inverse2);
        inverse3 = (y * y2) * multiplyAdd(e, multiplyAdd(e, Lanes(1.875F), Lanes(1.5F)), Lanes(1.0F));
      } else {
        inverse3 = (y * y2) * multiplyAdd(e, Lanes(1.5F), Lanes(1.0F));
      }
      if constexpr (hasEnergies || isSwitched)
        inverse = y * multiplyAdd(e, multiplyAdd(e, Lanes(0.375F), Lanes(0.5F)), Lanes(1.0F));
      const Lanes inverse6 = inverse3 * inverse3;

      Lanes force;
      const Lanes charges = q_[v] * qj;
      Lanes plain3 = inverse3, plain = inverse;
      if constexpr (isSpecial) plain3 = where(interacts, inverse3), plain = where(interacts, inverse);
      if constexpr (coulomb == CoulombKind::ewald) {
        const Lanes t = r2 - centre_;
        force = charges * (plain3 + polynomial<kForceDegree>(force_, t));
        if constexpr (isSpecial) isInside = isInside & counts;
        if constexpr (hasEnergies) {
          Lanes energy[kEnergyDegree + 1];
          for (int k = 0; k <= kEnergyDegree; ++k) energy[k] = Lanes(constants_.energy[k]);
          potential_ = potential_ + where(isInside, charges * (plain + polynomial<kEnergyDegree>(energy, t)));
        }
      } else {
        LaneMask isCoulomb = r2 < coulombCutoff2_;
        if constexpr (isSpecial) isCoulomb = isCoulomb & counts;
        force = where(isCoulomb, charges * (plain3 - reactionField_));
        if constexpr (hasEnergies)
          potential_ = potential_ +
                       where(isCoulomb,
                             charges * (plain + subtractProduct(Lanes(0.0F) - Lanes(constants_.coulombShift),
                                                                Lanes(-constants_.reactionField), r2)));
      }
      if constexpr (hasLennardJones) {
        Lanes own, energy;
        lennardJones(task, j, v, aj, bj, inverse2, inverse6, own, energy);
        if constexpr (isSwitched) {
          const Lanes r = r2 * inverse;
          const Lanes x =
              larger((r - Lanes(constants_.switchStart)) * Lanes(constants_.switchWidthInverse), Lanes(0.0F));
          own = own * switchValue(x) -
                energy * (switchSlope(x) * (Lanes(constants_.switchWidthInverse) * inverse));
          energy = energy * switchValue(x);
        }
        if constexpr (isSpecial) own = where(interacts, own), energy = where(interacts, energy);
        if constexpr (coulomb != CoulombKind::ewald) own = where(isInside, own);
        force = force + own;
        if constexpr (hasEnergies) lennardJones_ = lennardJones_ + where(isInside, energy);
      }
      if constexpr (coulomb == CoulombKind::ewald) force = where(isInside, force);
      const Lanes fx = force * dx, fy = force * dy, fz = force * dz;
      fx_[v] = fx_[v] + fx, fy_[v] = fy_[v] + fy, fz_[v] = fz_[v] + fz;
      fxj = fxj - fx, fyj = fyj - fy, fzj = fzj - fz;
      if constexpr (hasEnergies) {
        virial_[0] = multiplyAdd(fx, dx, virial_[0]);
        virial_[1] = multiplyAdd(fy, dy, virial_[1]);
        virial_[2] = multiplyAdd(fz, dz, virial_[2]);
        virial_[3] = multiplyAdd(fx, dy, virial_[3]);
        virial_[4] = multiplyAdd(fx, dz, virial_[4]);
        virial_[5] = multiplyAdd(fy, dz, virial_[5]);
      }
    }
    fxj.store(forces);
    fyj.store(forces + kLanes);
    fzj.store(forces + 2 * kLanes);
  }

  /// Force over distance, and the energy with its shift where it is needed.
  AULA_HD void lennardJones(const PairTask& task, std::ptrdiff_t j, int v, Lanes aj, Lanes bj, Lanes inverse2,
                            Lanes inverse6, Lanes& force, Lanes& energy) {
    const Lanes shift6(constants_.dispersionShift), shift12(constants_.repulsionShift);
    if constexpr (rule == LennardJonesRule::lorentzBerthelot) {
      const Lanes sigma = a_[v] + aj, epsilon = b_[v] * bj, sigma2 = sigma * sigma;
      const Lanes ratio2 = sigma2 * inverse2, ratio6 = ratio2 * ratio2 * ratio2;
      force = lennardJonesForceOfSigma(epsilon, ratio6, inverse2);
      if constexpr (hasEnergies || isSwitched) {
        const Lanes sigma6 = sigma2 * sigma2 * sigma2;
        energy = Lanes(1.0F / 12) * epsilon *
                 ((ratio6 * ratio6 - ratio6) - (sigma6 * sigma6 * shift12 - sigma6 * shift6));
      }
    } else {
      Lanes sixC6, twelveC12;
      if constexpr (rule == LennardJonesRule::geometric)
        sixC6 = a_[v] * aj, twelveC12 = b_[v] * bj;
      else
        lookUp(task, j, v, sixC6, twelveC12);
      force = lennardJonesForce(sixC6, twelveC12, inverse2, inverse6);
      if constexpr (hasEnergies || isSwitched)
        energy = Lanes(1.0F / 12) * twelveC12 * (inverse6 * inverse6 - shift12) -
                 Lanes(1.0F / 6) * sixC6 * (inverse6 - shift6);
    }
  }

  AULA_HD void lookUp(const PairTask& task, std::ptrdiff_t j, int v, Lanes& sixC6, Lanes& twelveC12) {
    float c6[kLanes], c12[kLanes];
    for (int row = 0; row < kRows; ++row)
      for (int lane = 0; lane < 4; ++lane) {
        const auto type = static_cast<std::ptrdiff_t>(typesOfI_[v * kRows + row]);
        const float* pair = constants_.table + 2 * (type * constants_.typeCount + task.types[4 * j + lane]);
        c6[4 * row + lane] = pair[0];
        c12[4 * row + lane] = pair[1];
      }
    sixC6 = Lanes::load(c6), twelveC12 = Lanes::load(c12);
  }

  const PairConstants& constants_;
  Lanes force_[kForceDegree + 1];
  Lanes cutoff2_, coulombCutoff2_, centre_, reactionField_;
  Lanes x_[kVectors], y_[kVectors], z_[kVectors], q_[kVectors], a_[kVectors], b_[kVectors];
  Lanes fx_[kVectors], fy_[kVectors], fz_[kVectors];
  Lanes lennardJones_, potential_, virial_[6];
  const std::int32_t* typesOfI_ = nullptr;
};

}  // namespace
}  // namespace aula::molecular::cpu
