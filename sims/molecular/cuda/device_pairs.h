// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/buffer.h"
#include "molecular/cuda/pair_kernel.h"
#include "molecular/model/topology.h"

namespace aula::molecular::cuda {

/// The pair search and the pair forces. A search is told the box and takes room for it; between searches
/// nothing is allocated.
class DevicePairs {
 public:
  DevicePairs(compute::Stream& stream, const Topology& topology, const PairParameters& parameters);

  /// Sorts atoms and lists pairs nearer than `reach` (nm; 0: all, without a box). Wraps positions into the
  /// box and counts the images they crossed. Waits for the device: the list's length must be known to be
  /// enough.
  void search(compute::Stream& stream, const DeviceCell* cell, const Box& box, float reach, Vec3f* positions,
              std::int32_t* images, std::span<const Vec3f> hostPositions);

  /// Sets forces by atom; with `totals` also energies and virial (adding to what stands there).
  void launch(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions, Vec3f* forces,
              double* totals);

  /// Changes when a search has changed what launches are made of: steps recorded before are old.
  [[nodiscard]] std::int64_t layout() const { return layout_; }
  [[nodiscard]] int slots() const { return clusters_ * kCluster; }
  [[nodiscard]] const PointCharge* points() const { return points_.device(); }
  [[nodiscard]] const int* atomAt() const { return atomAt_.device(); }
  [[nodiscard]] double bytes() const;
  [[nodiscard]] double clusterPairs() const { return clusterPairs_; }  ///< Of the last search.

 private:
  void makeGrid(compute::Stream& stream, const Box& box, std::span<const Vec3f> hostPositions);
  void sort(compute::Stream& stream, const DeviceCell* cell, Vec3f* positions, std::int32_t* images);

  PairParameters parameters_;
  int atoms_, typeCount_;
  int clusters_ = 0;  ///< With room for every column's last, half empty one.
  int capacity_ = 0;
  std::int64_t layout_ = 0;
  double clusterPairs_ = 0;
  SearchGrid grid_{};
  compute::DeviceBuffer<float> charges_, lennardJones_;
  compute::DeviceBuffer<int> types_, exclusionStart_, exclusions_;
  compute::DeviceBuffer<int> cellOf_, cellCounts_, cellStarts_, columnClusters_, columnStarts_;
  compute::DeviceBuffer<int> atomAt_, slotOf_, slotTypes_, pairCounts_;
  compute::DeviceBuffer<ClusterBounds> bounds_;
  compute::DeviceBuffer<ClusterPair> pairs_;
  compute::DeviceBuffer<PointCharge> points_;
  compute::DeviceBuffer<double> blockSums_;
};

}  // namespace aula::molecular::cuda
