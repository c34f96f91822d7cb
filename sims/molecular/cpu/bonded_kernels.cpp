// SPDX-License-Identifier: Apache-2.0
// Compiled several times, each with its own instruction set and AULA_BONDED_KERNELS naming the table it
// defines. Everything else here has internal linkage or is always inlined, so that no function of one
// instruction set is linked into another's place.
#include "molecular/cpu/bonded_kernels.h"

#include "molecular/cpu/wide.h"
#include "molecular/model/formula/bonded.h"

namespace aula::molecular::cpu {
namespace {

constexpr int kBatch = kBondedBatch;

typedef Vector<Wide> Vectors;

AULA_HD Vectors place(const ChunkView& chunk, const int* atoms) {
  return gatherVectors(chunk.places, atoms, 4);
}

/// Lane after lane, since terms of a batch share atoms. Four floats at once.
typedef float Four __attribute__((vector_size(16), aligned(16), may_alias));
AULA_HD void scatter(float* forces, const int* atoms, const Vectors& batch) {
  alignas(64) float x[kBatch], y[kBatch], z[kBatch];
  batch.x.store(x);
  batch.y.store(y);
  batch.z.store(z);
  for (int lane = 0; lane < kBatch; ++lane) {
    Four* const to = reinterpret_cast<Four*>(forces + 4 * atoms[lane]);
    *to += Four{x[lane], y[lane], z[lane], 0};
  }
}

/// virial -= 1/2 r (x) f over a batch.
AULA_HD void addVirial(double (&virial)[9], const Vectors& r, const Vectors& f) {
  const Wide rows[3] = {r.x, r.y, r.z}, columns[3] = {f.x, f.y, f.z};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      virial[3 * row + column] -= 0.5 * sum(rows[row] * columns[column]);
}

AULA_HD Cell<Wide> wideCell(const Cell<float>& c) {
  return {Wide(c.ax), Wide(c.bx),        Wide(c.by),        Wide(c.cx),       Wide(c.cy),
          Wide(c.cz), Wide(c.inverseAx), Wide(c.inverseBy), Wide(c.inverseCz)};
}

template <bool WithSums>
AULA_HD void bonds(const ChunkView& chunk, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(TermKind::bond)];
  const Cell<Wide> cell = wideCell(chunk.cell);
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base;
    const float *length = terms.parameters + base, *stiffness = length + terms.stride;
    const Vectors d = nearestImage(place(chunk, i) - place(chunk, j), cell);
    Wide energy;
    const Vectors force = bondForce(d, Wide::load(length), Wide::load(stiffness), energy);
    scatter(chunk.forces, i, force);
    scatter(chunk.forces, j, Wide(-1.0F) * force);
    if constexpr (WithSums) {
      sums->energy[static_cast<int>(TermKind::bond)] += sum(energy);
      addVirial(sums->virial, d, force);
    }
  }
}

template <bool WithSums>
AULA_HD void angles(const ChunkView& chunk, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(TermKind::angle)];
  const Cell<Wide> cell = wideCell(chunk.cell);
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base, *k = terms.atoms[2] + base;
    const float *angle = terms.parameters + base, *stiffness = angle + terms.stride;
    const Vectors xJ = place(chunk, j);
    const Vectors a = nearestImage(place(chunk, i) - xJ, cell), b = nearestImage(place(chunk, k) - xJ, cell);
    Vectors forceI, forceK;
    Wide energy;
    angleForces(a, b, Wide::load(angle), Wide::load(stiffness), forceI, forceK, energy);
    scatter(chunk.forces, i, forceI);
    scatter(chunk.forces, j, Wide(-1.0F) * (forceI + forceK));
    scatter(chunk.forces, k, forceK);
    if constexpr (WithSums) {
      sums->energy[static_cast<int>(TermKind::angle)] += sum(energy);
      addVirial(sums->virial, a, forceI);
      addVirial(sums->virial, b, forceK);
    }
  }
}

/// A batch of dihedrals: geometry, then the slope dV/dphi by `slopeOf(cosine, sine, energy)`, then forces.
template <bool WithSums, class Slope>
AULA_HD void dihedralBatch(const ChunkView& chunk, const Cell<Wide>& cell, const TermsView& terms, int base,
                           const Slope& slopeOf, double* total, ChunkSums* sums) {
  const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base, *k = terms.atoms[2] + base,
            *l = terms.atoms[3] + base;
  const Vectors xJ = place(chunk, j), xK = place(chunk, k);
  const Vectors a = nearestImage(place(chunk, i) - xJ, cell), b = nearestImage(xK - xJ, cell),
                c = nearestImage(xK - place(chunk, l), cell);
  const DihedralFrame<Wide> frame = dihedralFrame(a, b, c);
  Wide energy;
  const Wide slope = slopeOf(frame.cosine, frame.sine, energy);
  Vectors forceI, forceJ, forceL;
  dihedralForces(frame, slope, forceI, forceJ, forceL);
  const Vectors forceK = Wide(-1.0F) * (forceI + forceJ + forceL);
  scatter(chunk.forces, i, forceI);
  scatter(chunk.forces, j, forceJ);
  scatter(chunk.forces, k, forceK);
  scatter(chunk.forces, l, forceL);
  if constexpr (WithSums) {
    *total += sum(energy);
    addVirial(sums->virial, a, forceI);
    addVirial(sums->virial, b, forceK);
    addVirial(sums->virial, b - c, forceL);
  }
}

/// V = sum over n of A_n cos n phi + B_n sin n phi: every sum of cosines with phases, and powers of a cosine
/// too. Rows of parameters: A_0, then A_n, B_n. Multiples of the angle by the addition theorem.
template <bool WithSums>
AULA_HD void dihedrals(const ChunkView& chunk, TermKind kind, ChunkSums* sums) {
  const TermsView& terms = chunk.terms[static_cast<int>(kind)];
  const Cell<Wide> cell = wideCell(chunk.cell);
  double* const total = WithSums ? &sums->energy[static_cast<int>(kind)] : nullptr;
  for (int base = 0; base < terms.count; base += kBatch) {
    const auto series = [&](const Wide& cosine, const Wide& sine, Wide& energy) {
      const float* row = terms.parameters + base;
      Wide c = cosine, s = sine, slope(0.0F);
      energy = Wide::load(row);
      row += terms.stride;
      for (int n = 1; n <= terms.multiplicity; ++n, row += 2 * terms.stride) {
        const Wide even = Wide::load(row), odd = Wide::load(row + terms.stride);
        energy += even * c + odd * s;
        slope += Wide(static_cast<float>(n)) * (odd * c - even * s);
        const Wide turned = c * cosine - s * sine;
        s = s * cosine + c * sine;
        c = turned;
      }
      return slope;
    };
    dihedralBatch<WithSums>(chunk, cell, terms, base, series, total, sums);
  }
}

/// V = k/2 (xi - xi0)^2: xi - xi0 as the angle of the point (cos, sin) turned back by xi0. Rows: cos xi0,
/// sin xi0, k.
template <bool WithSums>
AULA_HD void harmonicImpropers(const ChunkView& chunk, ChunkSums* sums) {
  constexpr int kind = static_cast<int>(TermKind::harmonicImproper);
  const TermsView& terms = chunk.terms[kind];
  const Cell<Wide> cell = wideCell(chunk.cell);
  double* const total = WithSums ? &sums->energy[kind] : nullptr;
  for (int base = 0; base < terms.count; base += kBatch) {
    const float* row = terms.parameters + base;
    const auto parabola = [&](const Wide& cosine, const Wide& sine, Wide& energy) {
      const Wide c0 = Wide::load(row), s0 = Wide::load(row + terms.stride),
                 stiffness = Wide::load(row + 2 * terms.stride);
      const Wide c = cosine * c0 + sine * s0, s = sine * c0 - cosine * s0;
      const WideMask isNegative = s < Wide(0.0F);
      const Wide size = angleOfPoint(c, choose(isNegative, -s, s)), excess = choose(isNegative, -size, size);
      energy = Wide(0.5F) * stiffness * excess * excess;
      return stiffness * excess;
    };
    dihedralBatch<WithSums>(chunk, cell, terms, base, parabola, total, sums);
  }
}

/// Rows: c6, c12, charge product in kJ/mol nm.
template <bool WithSums>
AULA_HD void pairs14(const ChunkView& chunk, ChunkSums* sums) {
  constexpr int kind = static_cast<int>(TermKind::pair14);
  const TermsView& terms = chunk.terms[kind];
  const Cell<Wide> cell = wideCell(chunk.cell);
  for (int base = 0; base < terms.count; base += kBatch) {
    const int *i = terms.atoms[0] + base, *j = terms.atoms[1] + base;
    const float *c6 = terms.parameters + base, *c12 = c6 + terms.stride, *charge = c12 + terms.stride;
    const Vectors d = nearestImage(place(chunk, i) - place(chunk, j), cell);
    Wide lennardJones, coulomb;
    const Vectors force =
        pairForce(dot(d, d), Wide::load(c6), Wide::load(c12), Wide::load(charge), lennardJones, coulomb) * d;
    scatter(chunk.forces, i, force);
    scatter(chunk.forces, j, Wide(-1.0F) * force);
    if constexpr (WithSums) {
      sums->energy[kind] += sum(lennardJones);
      sums->coulomb14 += sum(coulomb);
      addVirial(sums->virial, d, force);
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
