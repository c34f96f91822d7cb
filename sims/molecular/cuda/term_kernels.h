// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/device_math.h"
#include "molecular/cuda/pair_formula.h"
#include "molecular/model/formula/bonded.h"

/// Terms between listed atoms. A thread computes one term and leaves the force on each of its atoms in a slot
/// of its own; then each atom adds up its slots. Nothing is summed atomically, so the bits do not depend on
/// the order of threads.
namespace aula::molecular::cuda {

/// Sums of the energy terms and the virial, in double: two energies (a kind of term may have two), then xx,
/// yy, zz, xy, xz, yz of -1/2 sum r (x) f.
inline constexpr int kTermSums = 8;

struct TermSums {
  double value[kTermSums] = {};
  /// A force at a place relative to the term's first atom.
  AULA_HD void addVirial(Vec3f r, Vec3f f) {
    value[2] -= 0.5 * r.x * f.x;
    value[3] -= 0.5 * r.y * f.y;
    value[4] -= 0.5 * r.z * f.z;
    value[5] -= 0.5 * r.x * f.y;
    value[6] -= 0.5 * r.x * f.z;
    value[7] -= 0.5 * r.y * f.z;
  }
};

/// What a term's body is given.
struct TermContext {
  const DeviceCell* cell;
  const Vec3f* positions;
  AULA_HD Vec3f from(int j, int i) const { return nearestImage(positions[i] - positions[j], *cell); }
};

struct DeviceBond {
  int i, j;
  float length, stiffness;
};
struct BondTerm {
  static constexpr const char* kName = "bonds";
  static constexpr int kAtoms = 2;
  const DeviceBond* terms;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DeviceBond term = terms[n];
    const Vec3f d = at.from(term.j, term.i);
    float energy;
    forces[0] = bondForce(d, term.length, term.stiffness, energy);
    forces[1] = -1.0F * forces[0];
    sums.value[0] += energy;
    sums.addVirial(d, forces[0]);
  }
};

struct DeviceAngle {
  int i, j, k;
  float angle, stiffness;
};
struct AngleTerm {
  static constexpr const char* kName = "angles";
  static constexpr int kAtoms = 3;
  const DeviceAngle* terms;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DeviceAngle term = terms[n];
    const Vec3f a = at.from(term.j, term.i), b = at.from(term.j, term.k);
    float energy;
    angleForces(a, b, term.angle, term.stiffness, forces[0], forces[2], energy);
    forces[1] = -1.0F * (forces[0] + forces[2]);
    sums.value[0] += energy;
    sums.addVirial(a, forces[0]);
    sums.addVirial(b, forces[2]);
  }
};

/// A dihedral of any of three kinds: k (1 + cos(n phi - phase)); k/2 (phi - phi0)^2; a polynomial of cos(phi
/// - pi).
enum class DihedralKind { periodic, harmonic, ryckaertBellemans };
struct DeviceDihedral {
  int i, j, k, l;
  float c[6];        ///< periodic: cos and sin of the phase, k; harmonic: the angle, k; otherwise the six
                     ///< coefficients.
  int multiplicity;  ///< periodic
  int isImproper;    ///< periodic: counted in the second energy.
};
template <DihedralKind kKind>
struct DihedralTerm {
  static constexpr const char* kName = kKind == DihedralKind::periodic   ? "periodic dihedrals"
                                       : kKind == DihedralKind::harmonic ? "harmonic impropers"
                                                                         : "Ryckaert-Bellemans dihedrals";
  static constexpr int kAtoms = 4;
  const DeviceDihedral* terms;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DeviceDihedral& term = terms[n];
    const Vec3f a = at.from(term.j, term.i), b = at.from(term.j, term.k), c = at.from(term.l, term.k);
    const DihedralFrame<float> frame = dihedralFrame(a, b, c);
    float energy = 0, slope = 0;
    if (kKind == DihedralKind::periodic) {
      // cos and sin of n phi by addition theorems: phi itself is never needed.
      float cosine = 1, sine = 0;
      for (int m = 0; m < term.multiplicity; ++m) {
        const float next = cosine * frame.cosine - sine * frame.sine;
        sine = sine * frame.cosine + cosine * frame.sine;
        cosine = next;
      }
      energy = term.c[2] * (1.0F + cosine * term.c[0] + sine * term.c[1]);
      slope = -term.c[2] * static_cast<float>(term.multiplicity) * (sine * term.c[0] - cosine * term.c[1]);
    } else if (kKind == DihedralKind::harmonic) {
      constexpr float kPi = 3.14159265358979F;
      const float upper = angleOfPoint(frame.cosine, frame.sine < 0 ? -frame.sine : frame.sine);
      float excess = (frame.sine < 0 ? -upper : upper) - term.c[0];
      excess = excess > kPi ? excess - 2 * kPi : excess < -kPi ? excess + 2 * kPi : excess;
      energy = 0.5F * term.c[1] * excess * excess;
      slope = term.c[1] * excess;
    } else {
      // cos(phi - pi) = -cos phi; its slope by phi is sin phi.
      const float x = -frame.cosine;
      float power = 1, derivative = 0;
      for (int m = 0; m < 6; ++m) {
        energy += term.c[m] * power;
        if (m < 5) derivative += static_cast<float>(m + 1) * term.c[m + 1] * power;
        power *= x;
      }
      slope = derivative * frame.sine;
    }
    dihedralForces(frame, slope, forces[0], forces[1], forces[3]);
    forces[2] = -1.0F * (forces[0] + forces[1] + forces[3]);
    sums.value[kKind == DihedralKind::periodic && term.isImproper != 0 ? 1 : 0] += energy;
    sums.addVirial(a, forces[0]);
    sums.addVirial(b, forces[2]);
    sums.addVirial(b - c, forces[3]);
  }
};

struct DevicePair {
  int i, j;
  float c6, c12, charge;  ///< charge: of both, over 4 pi eps0
};
struct PairTerm14 {
  static constexpr const char* kName = "pairs three bonds apart";
  static constexpr int kAtoms = 2;
  const DevicePair* terms;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DevicePair term = terms[n];
    const Vec3f d = at.from(term.j, term.i);
    float lennardJones, coulomb;
    forces[0] = pairForce(dot(d, d), term.c6, term.c12, term.charge, lennardJones, coulomb) * d;
    forces[1] = -1.0F * forces[0];
    sums.value[0] += lennardJones;
    sums.value[1] += coulomb;
    sums.addVirial(d, forces[0]);
  }
};

/// What the mesh, or the reaction field, gives between two atoms that should not see each other, taken off
/// again.
struct ExcludedTerm {
  static constexpr const char* kName = "excluded pairs";
  static constexpr int kAtoms = 2;
  const DevicePair* terms;  ///< c6 and c12 unused.
  PairParameters parameters;
  AULA_HD void operator()(const TermContext& at, long n, Vec3f* forces, TermSums& sums) const {
    const DevicePair term = terms[n];
    const Vec3f d = at.from(term.j, term.i);
    float energy;
    forces[0] = excludedTerms(parameters, dot(d, d), term.charge, energy) * d;
    forces[1] = -1.0F * forces[0];
    sums.value[0] += energy;
    sums.addVirial(d, forces[0]);
  }
};

template <class Term, bool kWantsEnergy>
struct ComputeTerms {
  static constexpr const char* kName = Term::kName;
  static constexpr int kThreads = 64;
  struct Shared {
    double sums[kWantsEnergy ? kThreads * kTermSums : 1];
  };
  struct Registers {};

  Term term;
  TermContext at;
  int count;
  Vec3f* slots;  ///< Of this kind: kAtoms a term.
  double* blockSums;

  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(count, kThreads), 1, 1}, {kThreads, 1, 1}};
  }
  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int first = block.index().x * kThreads;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      TermSums sums;
      const int n = first + thread.x;
      if (n < count) {
        Vec3f forces[Term::kAtoms];
        term(at, n, forces, sums);
        for (int m = 0; m < Term::kAtoms; ++m) slots[static_cast<long>(n) * Term::kAtoms + m] = forces[m];
      }
      if (kWantsEnergy)
        for (int m = 0; m < kTermSums; ++m) shared.sums[thread.x * kTermSums + m] = sums.value[m];
    });
    if (!kWantsEnergy) return;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x >= kTermSums) return;
      double sum = 0;
      for (int n = 0; n < kThreads; ++n) sum += shared.sums[n * kTermSums + thread.x];
      blockSums[static_cast<long>(block.index().x) * kTermSums + thread.x] = sum;
    });
  }
};

/// Adds each atom's slots to its force, and what acts from outside.
struct AddTermsBody {
  static constexpr const char* kName = "add terms";
  const int* slotStart;  ///< By atom, one more than atoms.
  const int* slotOf;
  const Vec3f* slots;
  Vec3f* forces;

  AULA_HD void operator()(long n) const {
    Vec3f force = forces[n];
    for (int m = slotStart[n]; m < slotStart[n + 1]; ++m) force = force + slots[slotOf[m]];
    forces[n] = force;
  }
};
using AddTerms = compute::ForEach<AddTermsBody>;

}  // namespace aula::molecular::cuda
