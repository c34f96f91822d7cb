// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "molecular/cpu/cluster_grid.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/topology.h"

namespace aula::molecular::cpu {

/// A fixed share of the work: some i-clusters next to each other, whatever the number of threads, so that
/// sums have one order. Its forces go to the clusters windowFirst, windowFirst + 1, ... (round the end).
struct Chunk {
  std::int32_t firstCluster = 0, lastCluster = 0;  ///< i-clusters
  std::int32_t windowFirst = 0, window = 0;        ///< Clusters that get forces: the first, and how many.
  std::vector<ListEntry> outer, inner;
  std::vector<std::int32_t> outerClusters, innerClusters;
  std::vector<std::uint32_t> outerMasks, innerMasks;
  AlignedVector<float> forces;  ///< 12 a cluster of the window.
};

/// Clusters [first, last) get forces of the same chunks.
struct ChunkSegment {
  std::int32_t first, last;
  std::vector<std::int32_t> chunks;
};

/// Which clusters of atoms are near each other: each pair once, j's image ahead of i along x where they
/// differ, so that a chunk's forces stay together. The outer list is found on the grid; the inner one is what
/// of it is near enough now (Pall et al. 2020, doi:10.1063/5.0018516, section II.D: the dual list).
class PairList {
 public:
  PairList(const Topology& topology, std::vector<char> hasLennardJones);

  /// `radius` nm; infinite: all pairs.
  void build(const ClusterGrid& grid, const Box& box, double radius, const PairKernels& kernels, int threads);
  void prune(const ClusterGrid& grid, double radius, const PairKernels& kernels, int threads);
  void setShifts(const Box& box);

  [[nodiscard]] std::vector<Chunk>& chunks() { return chunks_; }
  [[nodiscard]] const std::vector<ChunkSegment>& segments() const { return segments_; }
  [[nodiscard]] const float* shifts() const { return shifts_.data(); }  ///< 3 an image.
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t innerPairs() const;  ///< Of clusters.

 private:
  struct Scratch;
  void buildChunk(const ClusterGrid& grid, double radius, const PairKernels& kernels, Chunk& chunk,
                  Scratch& scratch) const;
  void addEntry(const ClusterGrid& grid, std::int32_t cluster, std::int32_t shift, Chunk& chunk,
                Scratch& scratch) const;
  void setSegments(std::int32_t clusters);

  const Topology& topology_;
  std::vector<char> hasLennardJones_;  ///< Of each atom.
  std::vector<char> clusterHasLennardJones_;
  std::vector<std::array<float, 6>> bounds_;  ///< Of each cluster: low x y z, high x y z.
  std::vector<std::array<int, 3>> images_;    ///< Of each shift.
  std::vector<Vec3> shiftVectors_;
  std::vector<float> shifts_;
  std::vector<Chunk> chunks_;
  std::vector<ChunkSegment> segments_;
};

}  // namespace aula::molecular::cpu
