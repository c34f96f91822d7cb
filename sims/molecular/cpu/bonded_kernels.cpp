// SPDX-License-Identifier: Apache-2.0
// Compiled several times, each with its own instruction set and AULA_BONDED_KERNELS naming the table it
// defines. Everything else here has internal linkage or is always inlined, so that no function of one
// instruction set is linked into another's place.
#include "molecular/cpu/bonded_kernels.h"

#include "molecular/model/formula/bonded.h"

namespace aula::molecular::cpu {
namespace {

constexpr int kBatch = kBondedBatch;

/// A batch's values, one array a component, so that a loop over lanes is one vector instruction after the
/// other.
struct Batch {
  float x[kBatch], y[kBatch], z[kBatch];
};

AULA_HD Vector<float> at(const Batch& batch, int lane) {
  return {batch.x[lane], batch.y[lane], batch.z[lane]};
}
AULA_HD void set(Batch& batch, int lane, Vector<float> value) {
  batch.x[lane] = value.x, batch.y[lane] = value.y, batch.z[lane] = value.z;
}

AULA_HD Vector<float> place(const ChunkView& chunk, int atom) {
  const float* from = chunk.places + 4 * atom;
  return {from[0], from[1], from[2]};
}
AULA_HD Vector<float> between(const ChunkView& chunk, int i, int j) {
  return nearestImage(place(chunk, i) - place(chunk, j), chunk.cell);
}

/// Lane after lane, since terms of a batch share atoms. Four floats at once.
typedef float Four __attribute__((vector_size(16), aligned(16), may_alias));
AULA_HD void scatter(float* forces, const int* atoms, const Batch& batch) {
  for (int lane = 0; lane < kBatch; ++lane) {
    Four* const to = reinterpret_cast<Four*>(forces + 4 * atoms[lane]);
    *to += Four{batch.x[lane], batch.y[lane], batch.z[lane], 0};
  }
}

AULA_HD double sum(const float (&values)[kBatch]) {
  double all = 0;
  for (int lane = 0; lane < kBatch; ++lane) all += static_cast<double>(values[lane]);
  return all;
}

/// virial -= 1/2 r (x) f over a batch.
AULA_HD void addVirial(double (&virial)[9], const Batch& r, const Batch& f) {
  const float* const rows[3] = {r.x, r.y, r.z};
  const float* const columns[3] = {f.x, f.y, f.z};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) {
      float products[kBatch];
      for (int lane = 0; lane < kBatch; ++lane) products[lane] = rows[row][lane] * columns[column][lane];
      virial[3 * row + column] -= 0.5 * sum(products);
    }
}

template <bool WithSums>
AULA_HD void bonds(const ChunkView& chunk, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(TermKind::bond)];
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base;
    const float *length = terms.parameters + base, *stiffness = length + terms.stride;
    Batch r, f, opposite;
    float energy[kBatch];
#pragma omp simd
    for (int lane = 0; lane < kBatch; ++lane) {
      const Vector<float> d = between(chunk, i[lane], j[lane]);
      float e = 0;
      const Vector<float> force = bondForce(d, length[lane], stiffness[lane], e);
      energy[lane] = e;
      set(r, lane, d);
      set(f, lane, force);
      set(opposite, lane, -1.0F * force);
    }
    scatter(chunk.forces, i, f);
    scatter(chunk.forces, j, opposite);
    if constexpr (WithSums) {
      sums->energy[static_cast<int>(TermKind::bond)] += sum(energy);
      addVirial(sums->virial, r, f);
    }
  }
}

template <bool WithSums>
AULA_HD void angles(const ChunkView& chunk, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(TermKind::angle)];
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base, *k = terms.atoms[2] + base;
    const float *angle = terms.parameters + base, *stiffness = angle + terms.stride;
    Batch a, b, fI, fJ, fK;
    float energy[kBatch];
#pragma omp simd
    for (int lane = 0; lane < kBatch; ++lane) {
      const Vector<float> toI = between(chunk, i[lane], j[lane]), toK = between(chunk, k[lane], j[lane]);
      Vector<float> forceI, forceK;
      float e = 0;
      angleForces(toI, toK, angle[lane], stiffness[lane], forceI, forceK, e);
      energy[lane] = e;
      set(a, lane, toI);
      set(b, lane, toK);
      set(fI, lane, forceI);
      set(fK, lane, forceK);
      set(fJ, lane, -1.0F * (forceI + forceK));
    }
    scatter(chunk.forces, i, fI);
    scatter(chunk.forces, j, fJ);
    scatter(chunk.forces, k, fK);
    if constexpr (WithSums) {
      sums->energy[static_cast<int>(TermKind::angle)] += sum(energy);
      addVirial(sums->virial, a, fI);
      addVirial(sums->virial, b, fK);
    }
  }
}

/// A batch of dihedrals: geometry and the forces of a slope of 1, then `slopes(cosine, sine, slope, energy)`
/// for the slopes dV/dphi of all lanes, by which forces are multiplied.
template <bool WithSums, class Slopes>
AULA_HD void dihedralBatch(const ChunkView& chunk, const TermsView& terms, int base, const Slopes& slopes,
                           double* total, ChunkSums* sums) {
  const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base, *k = terms.atoms[2] + base,
            *l = terms.atoms[3] + base;
  Batch a, b, c, fI, fJ, fK, fL;
  float cosine[kBatch], sine[kBatch], slope[kBatch], energy[kBatch];
#pragma omp simd
  for (int lane = 0; lane < kBatch; ++lane) {
    const Vector<float> toI = between(chunk, i[lane], j[lane]), toK = between(chunk, k[lane], j[lane]),
                        fromL = between(chunk, k[lane], l[lane]);
    const DihedralFrame<float> frame = dihedralFrame(toI, toK, fromL);
    cosine[lane] = frame.cosine;
    sine[lane] = frame.sine;
    Vector<float> forceI, forceJ, forceL;
    dihedralForces(frame, 1.0F, forceI, forceJ, forceL);
    set(fI, lane, forceI);
    set(fJ, lane, forceJ);
    set(fL, lane, forceL);
    if constexpr (WithSums) {
      set(a, lane, toI);
      set(b, lane, toK);
      set(c, lane, toK - fromL);
    }
  }
  slopes(cosine, sine, slope, energy);
#pragma omp simd
  for (int lane = 0; lane < kBatch; ++lane) {
    const Vector<float> forceI = slope[lane] * at(fI, lane), forceJ = slope[lane] * at(fJ, lane),
                        forceL = slope[lane] * at(fL, lane);
    set(fI, lane, forceI);
    set(fJ, lane, forceJ);
    set(fL, lane, forceL);
    set(fK, lane, -1.0F * (forceI + forceJ + forceL));
  }
  scatter(chunk.forces, i, fI);
  scatter(chunk.forces, j, fJ);
  scatter(chunk.forces, k, fK);
  scatter(chunk.forces, l, fL);
  if constexpr (WithSums) {
    *total += sum(energy);
    addVirial(sums->virial, a, fI);
    addVirial(sums->virial, b, fK);
    addVirial(sums->virial, c, fL);
  }
}

/// V = sum over n of A_n cos n phi + B_n sin n phi: every sum of cosines with phases, and powers of a cosine
/// too. Rows of parameters: A_0, then A_n, B_n. Multiples of the angle by the addition theorem.
template <bool WithSums>
AULA_HD void dihedrals(const ChunkView& chunk, TermKind kind, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(kind)];
  double* const total = WithSums ? &sums->energy[static_cast<int>(kind)] : nullptr;
  for (int base = 0; base < terms.count; base += kBatch) {
    const float* row = terms.parameters + base;
    const auto series = [&](const float(&cosine)[kBatch], const float(&sine)[kBatch], float(&slope)[kBatch],
                            float(&energy)[kBatch]) {
      float c[kBatch], s[kBatch];
      for (int lane = 0; lane < kBatch; ++lane) {
        c[lane] = cosine[lane], s[lane] = sine[lane];
        energy[lane] = row[lane], slope[lane] = 0;
      }
      const float* even = row + terms.stride;
      for (int n = 1; n <= terms.multiplicity; ++n, even += 2 * terms.stride) {
        const float* odd = even + terms.stride;
        const auto times = static_cast<float>(n);
#pragma omp simd
        for (int lane = 0; lane < kBatch; ++lane) {
          energy[lane] += even[lane] * c[lane] + odd[lane] * s[lane];
          slope[lane] += times * (odd[lane] * c[lane] - even[lane] * s[lane]);
          const float turned = c[lane] * cosine[lane] - s[lane] * sine[lane];
          s[lane] = s[lane] * cosine[lane] + c[lane] * sine[lane];
          c[lane] = turned;
        }
      }
    };
    dihedralBatch<WithSums>(chunk, terms, base, series, total, sums);
  }
}

/// V = k/2 (xi - xi0)^2: xi - xi0 as the angle of the point (cos, sin) turned back by xi0. Rows: cos xi0,
/// sin xi0, k.
template <bool WithSums>
AULA_HD void harmonicImpropers(const ChunkView& chunk, ChunkSums* sums) {
  constexpr int kind = static_cast<int>(TermKind::harmonicImproper);
  const TermsView& terms = chunk.terms[kind];
  double* const total = WithSums ? &sums->energy[kind] : nullptr;
  for (int base = 0; base < terms.count; base += kBatch) {
    const float *c0 = terms.parameters + base, *s0 = c0 + terms.stride, *stiffness = s0 + terms.stride;
    const auto parabola = [&](const float(&cosine)[kBatch], const float(&sine)[kBatch], float(&slope)[kBatch],
                              float(&energy)[kBatch]) {
#pragma omp simd
      for (int lane = 0; lane < kBatch; ++lane) {
        const float c = cosine[lane] * c0[lane] + sine[lane] * s0[lane];
        const float s = sine[lane] * c0[lane] - cosine[lane] * s0[lane];
        const float size = angleOfPoint(c, s < 0 ? -s : s), excess = s < 0 ? -size : size;
        energy[lane] = 0.5F * stiffness[lane] * excess * excess;
        slope[lane] = stiffness[lane] * excess;
      }
    };
    dihedralBatch<WithSums>(chunk, terms, base, parabola, total, sums);
  }
}

/// Rows: c6, c12, charge product in kJ/mol nm.
template <bool WithSums>
AULA_HD void pairs14(const ChunkView& chunk, ChunkSums* sums) {
  constexpr int kind = static_cast<int>(TermKind::pair14);
  const TermsView& terms = chunk.terms[kind];
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base;
    const float *c6 = terms.parameters + base, *c12 = c6 + terms.stride, *charge = c12 + terms.stride;
    Batch r, f, opposite;
    float lennardJones[kBatch], coulomb[kBatch];
#pragma omp simd
    for (int lane = 0; lane < kBatch; ++lane) {
      const Vector<float> d = between(chunk, i[lane], j[lane]);
      float lj = 0, q = 0;
      const Vector<float> force = pairForce(dot(d, d), c6[lane], c12[lane], charge[lane], lj, q) * d;
      lennardJones[lane] = lj;
      coulomb[lane] = q;
      set(r, lane, d);
      set(f, lane, force);
      set(opposite, lane, -1.0F * force);
    }
    scatter(chunk.forces, i, f);
    scatter(chunk.forces, j, opposite);
    if constexpr (WithSums) {
      sums->energy[kind] += sum(lennardJones);
      sums->coulomb14 += sum(coulomb);
      addVirial(sums->virial, r, f);
    }
  }
}

template <bool WithSums>
AULA_HD void everything(const ChunkView& chunk, ChunkSums* sums) {
  bonds<WithSums>(chunk, sums);
  angles<WithSums>(chunk, sums);
  dihedrals<WithSums>(chunk, TermKind::proper, sums);
  dihedrals<WithSums>(chunk, TermKind::improper, sums);
  dihedrals<WithSums>(chunk, TermKind::ryckaertBellemans, sums);
  harmonicImpropers<WithSums>(chunk, sums);
  pairs14<WithSums>(chunk, sums);
}

void forces(const ChunkView& chunk) {
  everything<false>(chunk, nullptr);
}
void forcesAndEnergies(const ChunkView& chunk, ChunkSums& sums) {
  everything<true>(chunk, &sums);
}

}  // namespace

extern const BondedKernels AULA_BONDED_KERNELS;
const BondedKernels AULA_BONDED_KERNELS = {AULA_KERNELS_NAME, forces, forcesAndEnergies};

}  // namespace aula::molecular::cpu
