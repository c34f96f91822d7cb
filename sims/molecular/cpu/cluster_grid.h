// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "molecular/cpu/nonbonded.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/box.h"

namespace aula::molecular::cpu {

/// Memory aligned to a cache line.
template <class T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}  // NOLINT: as the standard asks
  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{64}));
  }
  void deallocate(T* pointer, std::size_t) { ::operator delete (pointer, std::align_val_t{64}); }
  bool operator==(const AlignedAllocator&) const { return true; }
};
template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

/// A column of the grid: its clusters, from low z to high.
struct Column {
  std::int32_t firstCluster = 0, lastCluster = 0;
};

/// Where atoms stand when they are put into clusters: columns over the xy plane, x slowest, and in each the
/// atoms by z, four to a cluster, the last one filled up with places that have no charge and lie far outside.
/// Positions are those of the image inside the brick [0, a.x) x [0, b.y) x [0, c.z), which is a cell of the
/// lattice too; afterwards atoms keep that image wherever they move.
class ClusterGrid {
 public:
  /// `charges` are what xyzq will hold. In vacuum the brick is the atoms' own.
  void sort(const Box& box, std::span<const Float3> positions, std::span<const float> charges, int threads);
  /// The same clusters at new positions (and box). Returns the square of the largest way an atom has gone
  /// since sort(), nm^2; NaN positions count as endless.
  float update(const Box& box, std::span<const Float3> positions, int threads);

  [[nodiscard]] std::int32_t clusterCount() const { return static_cast<std::int32_t>(atoms_.size() / 4); }
  [[nodiscard]] std::span<const std::int32_t> atoms() const { return atoms_; }  ///< Of each slot; -1: none.
  [[nodiscard]] std::span<const std::int32_t> slots() const { return slots_; }  ///< Of each atom.
  [[nodiscard]] const float* xyzq() const { return xyzq_.data(); }
  /// xyzq as sort() left it.
  [[nodiscard]] const float* sortedXyzq() const { return sorted_.data(); }
  [[nodiscard]] int columnsX() const { return columnsX_; }
  [[nodiscard]] int columnsY() const { return columnsY_; }
  [[nodiscard]] double widthX() const { return widthX_; }
  [[nodiscard]] double widthY() const { return widthY_; }
  [[nodiscard]] std::array<double, 3> origin() const { return origin_; }
  [[nodiscard]] const Column& column(int x, int y) const {
    return columns_[static_cast<std::size_t>(x) * static_cast<std::size_t>(columnsY_) +
                    static_cast<std::size_t>(y)];
  }
  [[nodiscard]] int columnOf(std::int32_t cluster) const {
    return columnOf_[static_cast<std::size_t>(cluster)];
  }
  [[nodiscard]] std::size_t bytes() const;

 private:
  void place(const Box& box, std::span<const Float3> positions);
  void setOffsets(const Box& box);

  int columnsX_ = 1, columnsY_ = 1;
  double widthX_ = 1, widthY_ = 1;
  std::array<double, 3> origin_{};
  Box box_;
  std::vector<Column> columns_;
  std::vector<std::int32_t> columnOf_;  ///< Of each cluster.
  std::vector<std::int32_t> atoms_, slots_;
  std::vector<std::array<std::int32_t, 3>> images_;  ///< Of each atom: cell vectors taken off.
  std::vector<std::int32_t> order_, columnOfAtom_;
  std::vector<float> heights_;
  AlignedVector<float> xyzq_, sorted_, offsets_;  ///< offsets_: 4 x, 4 y, 4 z a cluster, taken off.
};

}  // namespace aula::molecular::cpu
