// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/formula/elementary.h"

/// The human ventricular cell of ten Tusscher and Panfilov, Am. J. Physiol. Heart Circ. Physiol. 291, H1088
/// (2006), its appendix; gates that it takes over unchanged are those of ten Tusscher, Noble, Noble and
/// Panfilov, ibid. 286, H1573 (2004). Potential in mV, time in ms, concentrations in mM, currents in pA/pF.
namespace aula::anatomy::heart {

/// What a cell remembers beside its potential, in this order.
enum TenTusscherState {
  kXr1,
  kXr2,
  kXs,
  kM,
  kH,
  kJ,
  kD,
  kF,
  kF2,
  kFCass,
  kS,
  kR,
  kRPrime,
  kCai,
  kCass,
  // As what they exceed the values below by: single precision would lose their slow changes.
  kCaSr,
  kNai,
  kKi,
  kTenTusscherStates
};
inline constexpr double kBaseCaSr = 3.64, kBaseNai = 8.604, kBaseKi = 136.89;

/// Potential, then the states; the published initial values (endocardial, middle, epicardial: the values that
/// come with the authors' program; the epicardial ones are also Niederer et al. 2011, table 2).
inline constexpr double kTenTusscherStart[3][1 + kTenTusscherStates] = {
    {-86.709, 0.00448, 0.476, 0.0087, 0.00155, 0.7573, 0.7225, 3.164e-5, 0.8009, 0.9778, 0.9953, 0.3212,
     2.235e-8, 0.9068, 0.00013, 0.00036, 3.715 - kBaseCaSr, 10.355 - kBaseNai, 138.4 - kBaseKi},
    {-85.423, 0.0165, 0.473, 0.0174, 0.00165, 0.749, 0.6788, 3.288e-5, 0.7026, 0.9526, 0.9942, 0.999998,
     2.347e-8, 0.8978, 0.000153, 0.00042, 4.272 - kBaseCaSr, 10.132 - kBaseNai, 138.52 - kBaseKi},
    {-85.23, 0.00621, 0.4712, 0.0095, 0.00172, 0.7444, 0.7045, 3.373e-5, 0.7888, 0.9755, 0.9953, 0.999998,
     2.42e-8, 0.9073, 0.000126, 0.00036, 3.64 - kBaseCaSr, 8.604 - kBaseNai, 136.89 - kBaseKi}};

template <class Real>
struct TenTusscher {
  Real timeStep;           ///< ms
  Real sodiumConductance;  ///< G_Na 14.838 nS/pF times the excitability.

  /// 1 / (1 + e^x).
  AULA_HD static Real fermi(Real x) { return Real(1) / (Real(1) + exponential(x)); }
  /// Rush and Larsen 1978: a gate's linear equation solved for the step, its rates held.
  AULA_HD void relax(Real& gate, Real target, Real time) const {
    gate += (target - gate) * decayed(timeStep / time);
  }

  /// One step: gates by Rush and Larsen, potential and concentrations by Euler, all from the values before
  /// it. `state[n]` is a reference to state n; layer as the enumeration Layer.
  template <class State>
  AULA_HD void step(Real& potential, const State& state, int layer) const {
    const bool isEndocardial = layer == 0, isMiddle = layer == 1;
    // Constants, table 1 of the appendix and the authors' program.
    constexpr Real kRtOverF = Real(8314.472 * 310 / 96485.3415),
                   kFOverRt = Real(96485.3415 / (8314.472 * 310));
    constexpr Real kKo = Real(5.4), kCao = Real(2), kNao = Real(140);
    constexpr Real kVc = Real(0.016404), kVsr = Real(0.001094), kVss = Real(0.00005468);
    constexpr Real kPerCharge = Real(0.185 / (0.016404 * 96485.3415));  // Cm / (Vc F)
    constexpr Real kPerChargeSs = Real(0.185 / (2 * 0.00005468 * 96485.3415));

    const Real v = potential;
    const Real cai = state[kCai], cass = state[kCass];
    const Real caSr = state[kCaSr] + Real(kBaseCaSr), nai = state[kNai] + Real(kBaseNai),
               ki = state[kKi] + Real(kBaseKi);

    // Reversal potentials.
    const Real ek = kRtOverF * logarithm(kKo / ki);
    const Real ena = kRtOverF * logarithm(kNao / nai);
    const Real eks = kRtOverF * logarithm((kKo + Real(0.03) * kNao) / (ki + Real(0.03) * nai));
    const Real eca = Real(0.5) * kRtOverF * logarithm(kCao / cai);
    const Real vk = v - ek;

    // Potassium. Ko = 5.4 mM makes sqrt(Ko/5.4) one.
    const Real alphaK1 = Real(0.1) * fermi(Real(0.06) * (vk - Real(200)));
    const Real betaK1 =
        (Real(3) * exponential(Real(0.0002) * (vk + Real(100))) + exponential(Real(0.1) * (vk - Real(10)))) *
        fermi(Real(-0.5) * vk);
    const Real iK1 = Real(5.405) * (alphaK1 / (alphaK1 + betaK1)) * vk;
    const Real iTo = choose(isEndocardial, Real(0.073), Real(0.294)) * state[kR] * state[kS] * vk;
    const Real iKr = Real(0.153) * state[kXr1] * state[kXr2] * vk;
    const Real iKs = choose(isMiddle, Real(0.098), Real(0.392)) * state[kXs] * state[kXs] * (v - eks);
    const Real iPK = Real(0.0146) * vk * fermi((Real(25) - v) * Real(1 / 5.98));

    // Sodium.
    const Real m = state[kM];
    const Real iNa = sodiumConductance * m * m * m * state[kH] * state[kJ] * (v - ena);
    const Real iBNa = Real(0.00029) * (v - ena);
    const Real exchangeFalls = exponential(Real(0.35 - 1) * v * kFOverRt),
               exchangeRises = exponential(Real(0.35) * v * kFOverRt);
    constexpr Real kNao3 = Real(140.0 * 140.0 * 140.0), kKmNai3 = Real(87.5 * 87.5 * 87.5);
    const Real iNaCa = Real(1000) *
                       (exchangeRises * nai * nai * nai * kCao - exchangeFalls * kNao3 * cai * Real(2.5)) /
                       ((kKmNai3 + kNao3) * Real(1.38 + 2) * (Real(1) + Real(0.1) * exchangeFalls));
    const Real iNaK = Real(2.724 * 5.4 / (5.4 + 1)) * nai /
                      ((nai + Real(40)) * (Real(1) + Real(0.1245) * exponential(Real(-0.1) * v * kFOverRt) +
                                           Real(0.0353) * exponential(-v * kFOverRt)));

    // Calcium. x / (e^x - 1) has its series where x is small.
    const Real x = Real(2) * (v - Real(15)) * kFOverRt;
    const Real ex = exponential(x);
    const bool isSmall = x < Real(0.03) && x > Real(-0.03);
    const Real xOverExpm1 = choose(isSmall, Real(1) - Real(0.5) * x + x * x * Real(1.0 / 12),
                                   x / choose(isSmall, Real(1), ex - Real(1)));
    const Real iCaL = Real(0.0000398 * 2 * 96485.3415) * state[kD] * state[kF] * state[kF2] * state[kFCass] *
                      xOverExpm1 * (Real(0.25) * ex * cass - kCao);
    const Real iBCa = Real(0.000592) * (v - eca);
    const Real iPCa = Real(0.1238) * cai / (Real(0.0005) + cai);

    // Calcium within the cell: release with the receptor's reduced scheme, uptake, leak, transfer.
    const Real emptiness = Real(1.5) / caSr;
    const Real kCaSrFactor = Real(2.5) - Real(1.5) / (Real(1) + emptiness * emptiness);
    const Real k1 = Real(0.15) / kCaSrFactor, k2 = Real(0.045) * kCaSrFactor;
    const Real open = k1 * cass * cass * state[kRPrime] / (Real(0.06) + k1 * cass * cass);
    const Real iRel = Real(0.102) * open * (caSr - cass);
    const Real cai2 = cai * cai;
    const Real iUp = Real(0.006375) * cai2 / (cai2 + Real(0.00025 * 0.00025));
    const Real iLeak = Real(0.00036) * (caSr - cai);
    const Real iXfer = Real(0.0038) * (cass - cai);
    const auto free = [](Real concentration, Real buffer, Real half) {
      const Real sum = concentration + half;
      return sum * sum / (sum * sum + buffer * half);
    };
    const Real toCai =
        free(cai, Real(0.2), Real(0.001)) *
        ((iLeak - iUp) * (kVsr / kVc) + iXfer - (iBCa + iPCa - Real(2) * iNaCa) * (Real(0.5) * kPerCharge));
    const Real toCaSr = free(caSr, Real(10), Real(0.3)) * (iUp - iRel - iLeak);
    const Real toCass = free(cass, Real(0.4), Real(0.00025)) *
                        (iRel * (kVsr / kVss) - iXfer * (kVc / kVss) - iCaL * kPerChargeSs);
    // R' is linear in itself, too: k4 (1 - R') - k2 CaSS R'.
    const Real rRate = Real(0.005) + k2 * cass;
    state[kRPrime] += (Real(0.005) / rRate - state[kRPrime]) * decayed(timeStep * rRate);

    const Real sum = iK1 + iTo + iKr + iKs + iCaL + iNaK + iNa + iBNa + iNaCa + iBCa + iPK + iPCa;

    stepGates(v, cass, state, isEndocardial);
    state[kCai] = cai + timeStep * toCai;
    state[kCaSr] += timeStep * toCaSr;
    state[kCass] = cass + timeStep * toCass;
    state[kNai] -= timeStep * kPerCharge * (iNa + iBNa + Real(3) * (iNaK + iNaCa));
    state[kKi] -= timeStep * kPerCharge * (iK1 + iTo + iKr + iKs - Real(2) * iNaK + iPK);
    potential = v - timeStep * sum;
  }

 private:
  template <class State>
  AULA_HD void stepGates(Real v, Real cass, const State& state, bool isEndocardial) const {
    // Fast sodium current.
    Real target = fermi((Real(-56.86) - v) * Real(1 / 9.03));
    relax(state[kM], target * target,
          fermi((Real(-60) - v) * Real(0.2)) * (Real(0.1) * fermi((v + Real(35)) * Real(0.2)) +
                                                Real(0.1) * fermi((v - Real(50)) * Real(0.005))));
    target = fermi((v + Real(71.55)) * Real(1 / 7.43));
    target *= target;
    const bool isBelow = v < Real(-40);
    const Real alphaH = Real(0.057) * exponential(-(v + Real(80)) * Real(1 / 6.8));
    const Real betaH = Real(2.7) * exponential(Real(0.079) * v) + Real(3.1e5) * exponential(Real(0.3485) * v);
    const Real fastH = Real(0.77 / 0.13) * fermi(-(v + Real(10.66)) * Real(1 / 11.1));
    relax(state[kH], target, Real(1) / choose(isBelow, alphaH + betaH, fastH));
    const Real alphaJ =
        (Real(-2.5428e4) * exponential(Real(0.2444) * v) - Real(6.948e-6) * exponential(Real(-0.04391) * v)) *
        (v + Real(37.78)) * fermi(Real(0.311) * (v + Real(79.23)));
    const Real betaJ =
        Real(0.02424) * exponential(Real(-0.01052) * v) * fermi(Real(-0.1378) * (v + Real(40.14)));
    const Real fastJ = Real(0.6) * exponential(Real(0.057) * v) * fermi(Real(-0.1) * (v + Real(32)));
    relax(state[kJ], target, Real(1) / choose(isBelow, alphaJ + betaJ, fastJ));

    // Delayed rectifiers.
    relax(state[kXr1], fermi((Real(-26) - v) * Real(1.0 / 7)),
          Real(450 * 6) * fermi((Real(-45) - v) * Real(0.1)) * fermi((v + Real(30)) * Real(1 / 11.5)));
    relax(state[kXr2], fermi((v + Real(88)) * Real(1.0 / 24)),
          Real(3 * 1.12) * fermi((Real(-60) - v) * Real(0.05)) * fermi((v - Real(60)) * Real(0.05)));
    relax(state[kXs], fermi((Real(-5) - v) * Real(1.0 / 14)),
          Real(1400) * fermi((v - Real(35)) * Real(1.0 / 15)) /
                  squareRoot(Real(1) + exponential((Real(5) - v) * Real(1.0 / 6))) +
              Real(80));

    // Transient outward current.
    Real away = v + Real(40);
    relax(state[kR], fermi((Real(20) - v) * Real(1.0 / 6)),
          Real(9.5) * exponential(-away * away * Real(1.0 / 1800)) + Real(0.8));
    away = choose(isEndocardial, v + Real(67), v + Real(45));
    const Real bell = exponential(-away * away * choose(isEndocardial, Real(1.0 / 1000), Real(1.0 / 320)));
    relax(state[kS], fermi((v + choose(isEndocardial, Real(28), Real(20))) * Real(0.2)),
          choose(isEndocardial, Real(1000) * bell + Real(8),
                 Real(85) * bell + Real(5) * fermi((v - Real(20)) * Real(0.2)) + Real(3)));

    // L-type calcium current.
    relax(state[kD], fermi((Real(-8) - v) * Real(1 / 7.5)),
          (Real(1.4) * fermi((Real(-35) - v) * Real(1.0 / 13)) + Real(0.25)) * Real(1.4) *
                  fermi((v + Real(5)) * Real(0.2)) +
              fermi((Real(50) - v) * Real(0.05)));
    away = v + Real(27);
    const Real falls = fermi((v + Real(30)) * Real(0.1));
    relax(state[kF], fermi((v + Real(20)) * Real(1.0 / 7)),
          Real(1102.5) * exponential(-away * away * Real(1.0 / 225)) +
              Real(200) * fermi((Real(13) - v) * Real(0.1)) + Real(180) * falls + Real(20));
    relax(state[kF2], Real(0.67) * fermi((v + Real(35)) * Real(1.0 / 7)) + Real(0.33),
          Real(562) * exponential(-away * away * Real(1.0 / 240)) +
              Real(31) * fermi((Real(25) - v) * Real(0.1)) + Real(80) * falls);
    const Real share = Real(1) / (Real(1) + Real(400) * cass * cass);
    relax(state[kFCass], Real(0.6) * share + Real(0.4), Real(80) * share + Real(2));
  }
};

}  // namespace aula::anatomy::heart
