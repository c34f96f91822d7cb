// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/cpu/bonded_kernels.h"
#include "molecular/model/engine.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::cpu {

/// Bonds, angles, dihedrals and 1-4 pairs. Terms are dealt out once to chunks of about equal cost, whatever
/// the number of threads. A chunk copies its atoms' positions (relative to an atom nearby, so that single
/// precision has digits to spare), computes its terms in batches and keeps the forces; then each atom sums
/// what the chunks that touch it found, in their order: the same bits for every number of threads.
class Bonded {
 public:
  Bonded(const Topology& topology, const RigidPlan& plan, int threads, const char* instructionSet);

  struct Places {
    const float* x;
    const float* rest;
  };
  /// Adds to `forces`, three floats an atom.
  void addForces(const Places& places, const Cell<float>& cell, float* forces);
  /// Adds energies by term, and to the virial.
  void addForcesAndEnergies(const Places& places, const Cell<float>& cell, float* forces, Energies& energies);

  [[nodiscard]] bool isEmpty() const { return chunks_.empty(); }
  [[nodiscard]] double bytes() const;
  [[nodiscard]] const char* instructionSet() const { return kernels_->name; }

 private:
  struct Chunk {
    int firstTerm[kTermKinds] = {}, termCount[kTermKinds] = {};
    int firstPlace = 0, placeCount = 0;  ///< Into atoms_, origins_ and, with four more each, places_.
    double cost = 0;
  };
  struct Terms {
    std::vector<int> atoms[4];
    std::vector<float> parameters;  ///< Rows of `count` each, once all terms are known.
    int rows = 0, multiplicity = 0, count = 0;
  };

  void run(const Places& places, const Cell<float>& cell, float* forces, ChunkSums* sums);
  void computeChunk(const Chunk& chunk, const Places& places, const Cell<float>& cell, ChunkSums* sums);
  void deal();

  const BondedKernels* kernels_;
  int threads_;
  std::vector<Chunk> chunks_;
  std::vector<int> firstChunk_;  ///< Of each thread, and one more.
  Terms terms_[kTermKinds];
  std::vector<int> atoms_, origins_;                 ///< Of the chunks' places.
  std::vector<float> places_, forces_;               ///< Four a place.
  std::vector<int> touched_, touchStart_, touches_;  ///< Atoms; places that hold forces on each.
  std::vector<ChunkSums> sums_;
};

}  // namespace aula::molecular::cpu
