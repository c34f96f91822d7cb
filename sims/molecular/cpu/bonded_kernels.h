// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/formula/vector.h"

/// Bonded terms of one chunk of a system (see bonded.h), compiled once for each instruction set.
namespace aula::molecular::cpu {

inline constexpr int kBondedBatch = 16;

/// One kind of term: `count` terms, a multiple of the batch. Atoms are places in the chunk.
struct TermsView {
  int count = 0;
  const int* atoms[4] = {};
  const float* parameters = nullptr;  ///< Row p of the kind's parameters begins at parameters + p stride.
  int stride = 0;
  int multiplicity = 0;  ///< Dihedrals: the highest.
};

enum class TermKind { bond, angle, proper, improper, ryckaertBellemans, harmonicImproper, pair14 };
inline constexpr int kTermKinds = 7;

struct ChunkSums {
  double energy[kTermKinds] = {};
  double coulomb14 = 0;
  double virial[9] = {};  ///< -1/2 sum r (x) f, rows.
};

struct ChunkView {
  TermsView terms[kTermKinds];
  const float* places = nullptr;  ///< Four floats an atom of the chunk: x y z and nothing.
  float* forces = nullptr;        ///< Likewise; added to.
  Cell<float> cell{};
};

struct BondedKernels {
  const char* name;
  void (*forces)(const ChunkView& chunk);
  void (*forcesAndEnergies)(const ChunkView& chunk, ChunkSums& sums);
};

/// As motionKernels.
[[nodiscard]] const BondedKernels& bondedKernels(const char* instructionSet);

}  // namespace aula::molecular::cpu
