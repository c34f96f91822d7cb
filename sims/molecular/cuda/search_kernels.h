// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/device_math.h"

/// The pair search. Columns stand on a grid in x and y and are cut along z into cells of about one atom;
/// atoms are ordered by column, then cell, then their own number, and eight in a row make a cluster (Pall and
/// Hess 2013, section 3). Columns begin with a new cluster; a slot without an atom has order 0. Every order
/// is fixed, whatever the order of threads, so that the same run gives the same bits.
namespace aula::molecular::cuda {

inline constexpr int kCluster = 8;

/// Columns and cells, in device memory as the box is. In vacuum they cover the room the atoms take.
struct SearchGrid {
  int columnsX, columnsY, cellsZ;
  Vec3f origin;      ///< Of the grid; zero where periodic.
  Vec3f inverse[3];  ///< Rows: fractional coordinates of a position less `origin`.

  AULA_HD int columns() const { return columnsX * columnsY; }
  AULA_HD Vec3f fraction(Vec3f p) const {
    const Vec3f d = p - origin;
    return {dot(inverse[0], d), dot(inverse[1], d), dot(inverse[2], d)};
  }
};

/// What is where after a search.
struct Order {
  int* atomAt;  ///< By slot: the atom's number plus one, or 0.
  int* slotOf;  ///< By atom.
};

/// Atoms come back into the box, the images they crossed are counted, and each finds its cell.
struct BinAtomsBody {
  static constexpr const char* kName = "bin atoms";
  const DeviceCell* cell;
  SearchGrid grid;
  Vec3f* positions;
  std::int32_t* images;  ///< Three an atom: position + image of the box's edges is the path without jumps.
  int* cellOf;
  int* cellCounts;

  AULA_HD void operator()(long n) const {
    Vec3f p = positions[n];
    if (isPeriodic(*cell)) {
      // Fractions from c backwards, for the edges are a triangular matrix.
      const float c = floorf(p.z / cell->cz);
      p = {p.x - c * cell->cx, p.y - c * cell->cy, p.z - c * cell->cz};
      const float alongC = p.z / cell->cz;
      const float b = floorf((p.y - alongC * cell->cy) / cell->by);
      p = {p.x - b * cell->bx, p.y - b * cell->by, p.z};
      const float alongB = (p.y - alongC * cell->cy) / cell->by;
      const float a = floorf((p.x - alongB * cell->bx - alongC * cell->cx) / cell->ax);
      p.x -= a * cell->ax;
      images[3 * n] += static_cast<int>(a);
      images[3 * n + 1] += static_cast<int>(b);
      images[3 * n + 2] += static_cast<int>(c);
      positions[n] = p;
    }
    const Vec3f f = grid.fraction(p);
    const int at = (index(f.y, grid.columnsY) * grid.columnsX + index(f.x, grid.columnsX)) * grid.cellsZ +
                   index(f.z, grid.cellsZ);
    cellOf[n] = at;
    addTo(&cellCounts[at], 1);
  }
  AULA_HD static int index(float fraction, int count) {
    const int at = static_cast<int>(fraction * static_cast<float>(count));
    return at < 0 ? 0 : at >= count ? count - 1 : at;
  }
};
using BinAtoms = compute::ForEach<BinAtomsBody>;

/// Within a column: where each cell begins, and how many clusters the column needs.
struct ColumnPrefixBody {
  static constexpr const char* kName = "column prefix";
  int cellsZ;
  int* cellCounts;  ///< In: atoms of a cell. Out: zero, to be counted again as atoms are placed.
  int* cellStarts;
  int* columnClusters;

  AULA_HD void operator()(long column) const {
    int start = 0;
    for (int z = 0; z < cellsZ; ++z) {
      const long cell = column * cellsZ + z;
      cellStarts[cell] = start;
      start += cellCounts[cell];
      cellCounts[cell] = 0;
    }
    columnClusters[column] = (start + kCluster - 1) / kCluster;
  }
};
using ColumnPrefix = compute::ForEach<ColumnPrefixBody>;

/// Running sums over columns: one block, a stretch of columns a thread.
struct ScanColumns {
  static constexpr const char* kName = "scan columns";
  static constexpr int kThreads = 256;
  struct Shared {
    int sums[kThreads];
  };
  struct Registers {};

  int columns;
  const int* columnClusters;
  int* columnStarts;  ///< One more than columns: the last is the number of clusters.

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int each = (columns + kThreads - 1) / kThreads;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      int sum = 0;
      for (int n = thread.x * each; n < (thread.x + 1) * each && n < columns; ++n) sum += columnClusters[n];
      shared.sums[thread.x] = sum;
    });
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      int start = 0;
      for (int n = 0; n < thread.x; ++n) start += shared.sums[n];
      for (int n = thread.x * each; n < (thread.x + 1) * each && n < columns; ++n) {
        columnStarts[n] = start;
        start += columnClusters[n];
      }
      if (thread.x == kThreads - 1) columnStarts[columns] = start;
    });
  }
};

struct PlaceAtomsBody {
  static constexpr const char* kName = "place atoms";
  int cellsZ;
  const int* cellOf;
  const int* cellStarts;
  const int* columnStarts;
  int* cellCounts;
  int* atomAt;

  AULA_HD void operator()(long n) const {
    const int cell = cellOf[n];
    const int slot = columnStarts[cell / cellsZ] * kCluster + cellStarts[cell] + addTo(&cellCounts[cell], 1);
    atomAt[slot] = static_cast<int>(n) + 1;
  }
};
using PlaceAtoms = compute::ForEach<PlaceAtomsBody>;

/// Atoms came into a cell in any order; they stay in that of their numbers.
struct SortCellsBody {
  static constexpr const char* kName = "sort cells";
  int cellsZ;
  const int* cellStarts;
  const int* columnStarts;
  const int* cellCounts;
  Order order;

  AULA_HD void operator()(long n) const {
    const int first = columnStarts[n / cellsZ] * kCluster + cellStarts[n], count = cellCounts[n];
    int* atoms = order.atomAt + first;
    for (int k = 1; k < count; ++k) {
      const int atom = atoms[k];
      int m = k;
      for (; m > 0 && atoms[m - 1] > atom; --m) atoms[m] = atoms[m - 1];
      atoms[m] = atom;
    }
    for (int k = 0; k < count; ++k) order.slotOf[atoms[k] - 1] = first + k;
  }
};
using SortCells = compute::ForEach<SortCellsBody>;

/// The box around a cluster's atoms.
struct ClusterBounds {
  Vec3f lower, upper;
};
struct BoundClustersBody {
  static constexpr const char* kName = "bound clusters";
  const int* atomAt;
  const Vec3f* positions;
  ClusterBounds* bounds;

  AULA_HD void operator()(long cluster) const {
    Vec3f lower{1e30F, 1e30F, 1e30F}, upper{-1e30F, -1e30F, -1e30F};
    for (int n = 0; n < kCluster; ++n) {
      const int atom = atomAt[cluster * kCluster + n] - 1;
      if (atom < 0) continue;
      const Vec3f p = positions[atom];
      lower = {fminf(lower.x, p.x), fminf(lower.y, p.y), fminf(lower.z, p.z)};
      upper = {fmaxf(upper.x, p.x), fmaxf(upper.y, p.y), fmaxf(upper.z, p.z)};
    }
    bounds[cluster] = {lower, upper};
  }
};
using BoundClusters = compute::ForEach<BoundClustersBody>;

/// Eight atoms by eight: the other cluster, the image it stands in, and which of the 64 pairs are none
/// (excluded, an atom with itself, a slot without an atom): bit 8 i + j of `mask` is set where a pair
/// interacts.
struct alignas(16) ClusterPair {
  int cluster;
  std::int32_t image;  ///< Three signed bytes: how often along a, b and c.
  std::uint32_t mask[2];
};
AULA_HD std::int32_t packImage(int a, int b, int c) {
  return (a + 64) | (b + 64) << 8 | (c + 64) << 16;
}
AULA_HD Vec3f imageShift(const DeviceCell& cell, std::int32_t image) {
  return cellShift(cell, (image & 255) - 64, (image >> 8 & 255) - 64, (image >> 16 & 255) - 64);
}

/// For each cluster all clusters within reach, itself included, both ways round: no force is added to by two
/// threads.
struct FindPairsBody {
  static constexpr const char* kName = "find pairs";
  static constexpr int kMostExcluded =
      24;  ///< Clusters that hold atoms excluded from one cluster; beyond: all are looked at.

  const DeviceCell* cell;
  SearchGrid grid;
  float reach;    ///< nm: the cut-off and the buffer.
  int capacity;   ///< Pairs a cluster.
  int images[3];  ///< How many images away to look along a, b, c.
  Order order;
  const int* columnStarts;
  const ClusterBounds* bounds;
  const int* exclusionStart;
  const int* exclusions;
  ClusterPair* pairs;
  int* pairCounts;  ///< May exceed the capacity: then the search is done again with more room.

  AULA_HD void operator()(long cluster) const {
    const ClusterBounds own = bounds[cluster];
    int count = 0;
    pairCounts[cluster] = 0;
    if (own.lower.x > own.upper.x) return;  // No atom at all.
    int near[kMostExcluded], nearCount = 0;
    findExcluded(cluster, near, nearCount);
    for (int c = -images[2]; c <= images[2]; ++c)
      for (int b = -images[1]; b <= images[1]; ++b)
        for (int a = -images[0]; a <= images[0]; ++a) {
          const Vec3f shift = cellShift(*cell, a, b, c);
          // Columns whose fractions the own box, widened by the reach, can touch once shifted.
          const ClusterBounds look{own.lower - shift - Vec3f{reach, reach, reach},
                                   own.upper - shift + Vec3f{reach, reach, reach}};
          int first[2], last[2];
          if (!columnRange(look, first, last)) continue;
          for (int y = first[1]; y <= last[1]; ++y)
            for (int x = first[0]; x <= last[0]; ++x) {
              const int column = y * grid.columnsX + x;
              for (int other = columnStarts[column]; other < columnStarts[column + 1]; ++other) {
                if (!isWithinReach(own, bounds[other], shift)) continue;
                if (count < capacity) {
                  ClusterPair pair{other, packImage(a, b, c), {0, 0}};
                  fillMask(cluster, other, a == 0 && b == 0 && c == 0, near, nearCount, pair.mask);
                  pairs[cluster * capacity + count] = pair;
                }
                ++count;
              }
            }
        }
    pairCounts[cluster] = count;
  }

  /// Clusters that hold an atom excluded from one of this cluster's; nearCount above the most: too many to
  /// list.
  AULA_HD void findExcluded(long cluster, int* near, int& nearCount) const {
    for (int n = 0; n < kCluster; ++n) {
      const int atom = order.atomAt[cluster * kCluster + n] - 1;
      if (atom < 0) continue;
      for (int e = exclusionStart[atom]; e < exclusionStart[atom + 1]; ++e) {
        const int other = order.slotOf[exclusions[e]] / kCluster;
        bool isNew = true;
        for (int m = 0; m < nearCount && m < kMostExcluded; ++m) isNew = isNew && near[m] != other;
        if (!isNew) continue;
        if (nearCount < kMostExcluded) near[nearCount] = other;
        ++nearCount;
      }
    }
  }
  AULA_HD bool columnRange(const ClusterBounds& look, int* first, int* last) const {
    // The box's corners in fractions: each fraction is linear, so its extremes lie at corners picked by sign.
    const int counts[2] = {grid.columnsX, grid.columnsY};
    for (int axis = 0; axis < 2; ++axis) {
      const Vec3f row = grid.inverse[axis];
      const Vec3f low{row.x >= 0 ? look.lower.x : look.upper.x, row.y >= 0 ? look.lower.y : look.upper.y,
                      row.z >= 0 ? look.lower.z : look.upper.z};
      const Vec3f high{row.x >= 0 ? look.upper.x : look.lower.x, row.y >= 0 ? look.upper.y : look.lower.y,
                       row.z >= 0 ? look.upper.z : look.lower.z};
      const auto count = static_cast<float>(counts[axis]);
      const float from = floorf(dot(row, low - grid.origin) * count - 1e-3F);
      const float to = floorf(dot(row, high - grid.origin) * count + 1e-3F);
      if (to < 0 || from >= count) return false;
      first[axis] = from < 0 ? 0 : static_cast<int>(from);
      last[axis] = to >= count ? counts[axis] - 1 : static_cast<int>(to);
    }
    return true;
  }
  AULA_HD bool isWithinReach(const ClusterBounds& own, const ClusterBounds& other, Vec3f shift) const {
    if (other.lower.x > other.upper.x) return false;
    const float x = gap(own.lower.x, own.upper.x, other.lower.x + shift.x, other.upper.x + shift.x);
    const float y = gap(own.lower.y, own.upper.y, other.lower.y + shift.y, other.upper.y + shift.y);
    const float z = gap(own.lower.z, own.upper.z, other.lower.z + shift.z, other.upper.z + shift.z);
    return x * x + y * y + z * z < reach * reach;
  }
  AULA_HD static float gap(float lowerA, float upperA, float lowerB, float upperB) {
    return fmaxf(0.0F, fmaxf(lowerA - upperB, lowerB - upperA));
  }
  AULA_HD void fillMask(long cluster, int other, bool isHome, const int* near, int nearCount,
                        std::uint32_t* mask) const {
    bool hasExclusions = nearCount > kMostExcluded;
    for (int m = 0; m < nearCount && m < kMostExcluded; ++m)
      hasExclusions = hasExclusions || near[m] == other;
    for (int i = 0; i < kCluster; ++i) {
      const int atom = order.atomAt[cluster * kCluster + i] - 1;
      if (atom < 0) continue;
      std::uint32_t row = 0;
      for (int j = 0; j < kCluster; ++j)
        if (order.atomAt[static_cast<long>(other) * kCluster + j] != 0) row |= 1U << j;
      if (isHome && cluster == other) row &= ~(1U << i);
      if (hasExclusions)
        for (int e = exclusionStart[atom]; e < exclusionStart[atom + 1]; ++e) {
          const int slot = order.slotOf[exclusions[e]];
          if (slot / kCluster == other) row &= ~(1U << slot % kCluster);
        }
      mask[i / 4] |= row << 8 * (i % 4);
    }
  }
};
using FindPairs = compute::ForEach<FindPairsBody>;

}  // namespace aula::molecular::cuda
