// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/engine.h"
#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/pair.h"

/// Lennard-Jones and real-space Coulomb of one pair, with whatever ends them at the cut-off.
namespace aula::molecular::cuda {

inline constexpr int kForceDegree = 11, kEnergyDegree = 13;

struct PairParameters {
  float cutoffSquare;  ///< nm^2, of Lennard-Jones
  float reachSquare;   ///< nm^2, of Coulomb: the same, or without end
  bool hasMesh;        ///< Ewald; otherwise the reaction field, of which plain Coulomb is the case k = c = 0.
  float centre;        ///< Polynomials run in t = r^2 - centre.
  float force[kForceDegree + 1];          ///< Of -(erf(b r)/r - 2 b/sqrt(pi) exp(-b^2 r^2))/r^2
  float energy[kEnergyDegree + 1];        ///< Of -erf(b r)/r
  float reactionField, reactionShift;     ///< k, c
  float dispersionShift, repulsionShift;  ///< 1/rc^6 and 1/rc^12, or 0
  float switchStart, switchWidthInverse;  ///< nm, 1/nm; no switch: a start at the cut-off
  bool isSwitched;
};

/// From settings; polynomials by interpolation at Chebyshev's nodes over 0..cut-off^2. Their errors, at the
/// usual tolerance of 1e-5, are below what single precision rounds away.
[[nodiscard]] PairParameters pairParameters(const NonbondedSettings& settings, double beta);
/// beta of erfc(beta cutoff) = tolerance.
[[nodiscard]] double ewaldBeta(const NonbondedSettings& settings);

struct PairResult {
  float force;  ///< Over distance.
  float lennardJones, coulomb;
};

/// `charge` is q q / (4 pi eps0), `sixC6` and `twelveC12` as the table has them; r^2 < reachSquare.
template <bool kWantsEnergy>
AULA_HD PairResult pairTerms(const PairParameters& p, float square, float charge, float sixC6,
                             float twelveC12) {
  const float inverse2 = 1.0F / square, inverse = squareRoot(inverse2);
  const float inverse6 = inverse2 * inverse2 * inverse2;
  PairResult result{};
  if (square >= p.cutoffSquare) sixC6 = twelveC12 = 0.0F;
  result.force = lennardJonesForce(sixC6, twelveC12, inverse2, inverse6);
  if (kWantsEnergy || p.isSwitched)
    result.lennardJones = (1.0F / 12) * twelveC12 * (inverse6 * inverse6 - p.repulsionShift) -
                          (1.0F / 6) * sixC6 * (inverse6 - p.dispersionShift);
  if (p.isSwitched) {
    const float x = larger((square * inverse - p.switchStart) * p.switchWidthInverse, 0.0F);
    result.force =
        result.force * switchValue(x) - result.lennardJones * switchSlope(x) * p.switchWidthInverse * inverse;
    result.lennardJones *= switchValue(x);
  }
  if (p.hasMesh) {
    const float t = square - p.centre;
    result.force += charge * (inverse2 * inverse + polynomial<kForceDegree>(p.force, t));
    if (kWantsEnergy) result.coulomb = charge * (inverse + polynomial<kEnergyDegree>(p.energy, t));
  } else {
    result.force += charge * (inverse2 * inverse - 2.0F * p.reactionField);
    if (kWantsEnergy) result.coulomb = charge * (inverse + p.reactionField * square - p.reactionShift);
  }
  return result;
}

/// Of an excluded pair: what mesh or reaction field hold of it, taken off again. Beyond the cut-off (a long
/// molecule's two ends) the polynomials end, and the mesh's part is all of 1/r but for erfc, which the
/// tolerance neglects.
AULA_HD float excludedTerms(const PairParameters& p, float square, float charge, float& energy) {
  const bool isInside = square < p.reachSquare;
  if (p.hasMesh) {
    const float t = square - p.centre, inverse2 = 1.0F / larger(square, 1e-8F),
                inverse = squareRoot(inverse2);
    energy = charge * (isInside ? polynomial<kEnergyDegree>(p.energy, t) : -inverse);
    return charge * (isInside ? polynomial<kForceDegree>(p.force, t) : -inverse2 * inverse);
  }
  energy = isInside ? charge * (p.reactionField * square - p.reactionShift) : 0.0F;
  return isInside ? -2.0F * charge * p.reactionField : 0.0F;
}

}  // namespace aula::molecular::cuda
