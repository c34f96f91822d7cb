// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/pair_list.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace aula::molecular::cpu {

namespace {

/// How many chunks: each has a halo of an eighth to a fifth of the box, so that few cost less (on two cores
/// eight beside sixteen save four hundredths of a step); large systems have more, for machines of many cores.
std::int32_t chunkCount(std::int32_t clusters) {
  constexpr std::int32_t kLeast = 48, kFew = 8, kLarge = 1500, kMost = 64;
  return std::max({1, std::min(clusters / kLeast, kFew), std::min(clusters / kLarge, kMost)});
}

constexpr std::uint32_t kAllPairs = 0xffffffffU;

/// The pairs i < j of a cluster with itself, to be counted and to interact.
constexpr std::uint32_t pairsWithin() {
  std::uint32_t bits = 0;
  for (unsigned i = 0; i < kCluster; ++i)
    for (unsigned j = i + 1; j < kCluster; ++j) bits |= 1U << (4 * i + j);
  return bits | bits << 16;
}

}  // namespace

struct PairList::Scratch {
  std::vector<std::int32_t> near;
  std::vector<std::uint32_t> masks;
  std::vector<std::int32_t> ordinary, rest;
};

PairList::PairList(const Topology& topology, std::vector<char> hasLennardJones)
    : topology_(topology), hasLennardJones_(std::move(hasLennardJones)) {}

void PairList::setShifts(const Box& box) {
  // Images that lie ahead (see build()); of a skewed cell two steps along a may be needed.
  images_ = {{0, 0, 0}};
  if (box.isPeriodic()) {
    const int reach = box.isRectangular() ? 1 : 2;
    images_.clear();
    for (int i = 0; i <= reach; ++i)
      for (int j = -1; j <= 1; ++j)
        for (int k = -1; k <= 1; ++k) images_.push_back({i, j, k});
  }
  shiftVectors_.clear();
  shifts_.clear();
  for (const auto& [i, j, k] : images_) {
    const Vec3 shift =
        static_cast<double>(i) * box.a + static_cast<double>(j) * box.b + static_cast<double>(k) * box.c;
    shiftVectors_.push_back(shift);
    for (const double part : {shift.x, shift.y, shift.z}) shifts_.push_back(static_cast<float>(part));
  }
}

void PairList::build(const ClusterGrid& grid, const Box& box, double radius, const PairKernels& kernels,
                     int threads) {
  setShifts(box);
  const std::int32_t clusters = grid.clusterCount();
  bounds_.resize(static_cast<std::size_t>(clusters));
  clusterHasLennardJones_.resize(static_cast<std::size_t>(clusters));
  for (std::size_t c = 0; c < bounds_.size(); ++c) {
    auto& bound = bounds_[c];
    bound = {1e30F, 1e30F, 1e30F, -1e30F, -1e30F, -1e30F};
    clusterHasLennardJones_[c] = 0;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const std::int32_t atom = grid.atoms()[4 * c + lane];
      if (atom < 0) continue;
      clusterHasLennardJones_[c] |= hasLennardJones_[static_cast<std::size_t>(atom)];
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const float at = grid.xyzq()[16 * c + 4 * axis + lane];
        bound[axis] = std::min(bound[axis], at), bound[axis + 3] = std::max(bound[axis + 3], at);
      }
    }
  }
  const std::int32_t count = chunkCount(clusters);
  chunks_.resize(static_cast<std::size_t>(count));
#pragma omp parallel num_threads(threads)
  {
    Scratch scratch;
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t n = 0; n < count; ++n) {
      Chunk& chunk = chunks_[static_cast<std::size_t>(n)];
      chunk.firstCluster = static_cast<std::int32_t>(static_cast<std::int64_t>(clusters) * n / count);
      chunk.lastCluster = static_cast<std::int32_t>(static_cast<std::int64_t>(clusters) * (n + 1) / count);
      buildChunk(grid, radius, kernels, chunk, scratch);
      chunk.forces.resize(12 * static_cast<std::size_t>(chunk.window));
    }
  }
  setSegments(clusters);
}

void PairList::buildChunk(const ClusterGrid& grid, double radius, const PairKernels& kernels, Chunk& chunk,
                          Scratch& scratch) const {
  chunk.outer.clear(), chunk.outerClusters.clear(), chunk.outerMasks.clear();
  const std::int32_t clusters = grid.clusterCount();
  scratch.near.resize(static_cast<std::size_t>(clusters) + 1);
  // j-clusters stand in the same row of columns or ahead of it.
  const std::int32_t base = grid.column(grid.columnOf(chunk.firstCluster) / grid.columnsY(), 0).firstCluster;
  std::int32_t window = chunk.lastCluster - base;
  const auto origin = grid.origin();
  const double wide = std::min(radius, 1e9);
  const auto wideSquare = static_cast<float>(wide * wide);
  const int columnsX = grid.columnsX(), columnsY = grid.columnsY();
  double lowestZ = 1e30, highestZ = -1e30;
  for (const auto& bound : bounds_) {
    lowestZ = std::min(lowestZ, static_cast<double>(bound[2]));
    highestZ = std::max(highestZ, static_cast<double>(bound[5]));
  }
  // About how many clusters of a column stand below a height; from there the bounds are asked.
  const double perHeight = 1 / std::max(highestZ - lowestZ, 1e-3);
  const auto guess = [&](const Column& column, double height) {
    const double share = std::clamp((height - lowestZ) * perHeight, 0.0, 1.0);
    return column.firstCluster +
           static_cast<std::int32_t>(share * (column.lastCluster - column.firstCluster));
  };
  const auto lowEnd = [&](std::int32_t c) {
    return static_cast<double>(bounds_[static_cast<std::size_t>(c)][2]);
  };
  const auto highEnd = [&](std::int32_t c) {
    return static_cast<double>(bounds_[static_cast<std::size_t>(c)][5]);
  };
  const auto columnAt = [](double place, double width, int count) {
    return static_cast<int>(std::clamp(std::floor(place / width), -1.0, static_cast<double>(count)));
  };
  for (std::int32_t i = chunk.firstCluster; i < chunk.lastCluster; ++i) {
    const auto& bound = bounds_[static_cast<std::size_t>(i)];
    const int columnOfI = grid.columnOf(i), cxi = columnOfI / columnsY, cyi = columnOfI % columnsY;
    for (std::size_t s = 0; s < images_.size(); ++s) {
      const auto [imageX, imageY, imageZ] = images_[s];
      const Vec3 shift = shiftVectors_[s];
      const double lowX = bound[0] - shift.x - origin[0], highX = bound[3] - shift.x - origin[0];
      const double lowY = bound[1] - shift.y - origin[1], highY = bound[4] - shift.y - origin[1];
      const double lowZ = bound[2] - shift.z, highZ = bound[5] - shift.z;
      if (lowZ - wide > highestZ || highZ + wide < lowestZ) continue;
      int firstX = std::max(columnAt(lowX - wide, grid.widthX(), columnsX), 0);
      const int lastX = std::min(columnAt(highX + wide, grid.widthX(), columnsX), columnsX - 1);
      const int firstY = std::max(columnAt(lowY - wide, grid.widthY(), columnsY), 0);
      const int lastY = std::min(columnAt(highY + wide, grid.widthY(), columnsY), columnsY - 1);
      // Each pair of images once: (image x, column x, image y, column y, image z, cluster) of j less that of
      // i is ahead in this order, or all is equal (a cluster with itself).
      if (imageX == 0) firstX = std::max(firstX, cxi);
      NearTask task{grid.xyzq(),
                    i,
                    {static_cast<float>(shift.x), static_cast<float>(shift.y), static_cast<float>(shift.z)},
                    wideSquare};
      std::int32_t count = 0;
      for (int cx = firstX; cx <= lastX; ++cx) {
        const bool isSameX = imageX == 0 && cx == cxi;
        if (isSameX && imageY < 0) continue;
        const double gapX = std::max({lowX - (cx + 1) * grid.widthX(), cx * grid.widthX() - highX, 0.0});
        for (int cy = firstY; cy <= lastY; ++cy) {
          const bool isSameXy = isSameX && imageY == 0 && cy == cyi;
          if (isSameX && imageY == 0 && cy < cyi) continue;
          if (isSameXy && imageZ < 0) continue;
          const double gapY = std::max({lowY - (cy + 1) * grid.widthY(), cy * grid.widthY() - highY, 0.0});
          const double rest = wide * wide - gapX * gapX - gapY * gapY;
          if (rest < 0) continue;
          const double reach = std::sqrt(rest);
          const Column& column = grid.column(cx, cy);
          // Heights ascend, of low and of high ends alike.
          std::int32_t first = guess(column, lowZ - reach), last = guess(column, highZ + reach);
          while (first > column.firstCluster && highEnd(first - 1) >= lowZ - reach) --first;
          while (first < column.lastCluster && highEnd(first) < lowZ - reach) ++first;
          while (last < column.lastCluster && lowEnd(last) <= highZ + reach) ++last;
          while (last > column.firstCluster && lowEnd(last - 1) > highZ + reach) --last;
          if (isSameXy && imageZ == 0) first = std::max(first, i);
          if (first < last) count += kernels.nearRange(task, first, last, scratch.near.data() + count);
        }
      }
      if (count == 0) continue;
      window = std::max(window,
                        (scratch.near[static_cast<std::size_t>(count) - 1] - base + clusters) % clusters + 1);
      // The list ascends: seen round the end, the furthest is the last one before the base, where there is
      // one.
      const auto below = std::lower_bound(scratch.near.begin(), scratch.near.begin() + count, base);
      if (below != scratch.near.begin()) window = std::max(window, *(below - 1) - base + clusters + 1);
      scratch.masks.assign(static_cast<std::size_t>(count), kAllPairs);
      addEntry(grid, i, static_cast<std::int32_t>(s), chunk, scratch);
    }
  }
  chunk.windowFirst = base;
  chunk.window = std::min(window, clusters);
}

void PairList::addEntry(const ClusterGrid& grid, std::int32_t cluster, std::int32_t shift, Chunk& chunk,
                        Scratch& scratch) const {
  const std::size_t count = scratch.masks.size();
  const auto begin = scratch.near.begin(), end = begin + static_cast<std::ptrdiff_t>(count);
  // Masks: a cluster with itself, and excluded pairs.
  if (images_[static_cast<std::size_t>(shift)] == std::array<int, 3>{0, 0, 0} && *begin == cluster)
    scratch.masks[0] = pairsWithin();
  for (std::size_t lane = 0; lane < 4; ++lane) {
    const std::int32_t atom = grid.atoms()[4 * static_cast<std::size_t>(cluster) + lane];
    if (atom < 0) continue;
    const auto first = static_cast<std::size_t>(topology_.exclusionStart[static_cast<std::size_t>(atom)]),
               last = static_cast<std::size_t>(topology_.exclusionStart[static_cast<std::size_t>(atom) + 1]);
    for (std::size_t n = first; n < last; ++n) {
      const std::int32_t slot = grid.slots()[static_cast<std::size_t>(topology_.exclusions[n])];
      const auto found = std::lower_bound(begin, end, slot / 4);
      if (found == end || *found != slot / 4) continue;
      scratch.masks[static_cast<std::size_t>(found - begin)] &=
          ~(1U << (4 * lane + static_cast<unsigned>(slot % 4)));
    }
  }
  // Those with masks first, then those where both have Lennard-Jones, then the rest.
  ListEntry entry{};
  entry.cluster = cluster, entry.shift = shift;
  const std::size_t base = chunk.outerClusters.size();
  chunk.outerClusters.resize(base + count);
  chunk.outerMasks.resize(base + count, kAllPairs);
  std::size_t at = base;
  entry.begin = static_cast<std::int32_t>(at);
  scratch.rest.clear();
  scratch.ordinary.clear();
  const bool hasLennardJones = clusterHasLennardJones_[static_cast<std::size_t>(cluster)] != 0;
  for (std::size_t n = 0; n < count; ++n) {
    const std::int32_t other = scratch.near[n];
    if (scratch.masks[n] != kAllPairs)
      chunk.outerClusters[at] = other, chunk.outerMasks[at] = scratch.masks[n], ++at;
    else if (hasLennardJones && clusterHasLennardJones_[static_cast<std::size_t>(other)] != 0)
      scratch.ordinary.push_back(other);
    else
      scratch.rest.push_back(other);
  }
  entry.specialEnd = static_cast<std::int32_t>(at);
  for (const auto* part : {&scratch.ordinary, &scratch.rest}) {
    std::copy(part->begin(), part->end(), chunk.outerClusters.begin() + static_cast<std::ptrdiff_t>(at));
    at += part->size();
    (part == &scratch.ordinary ? entry.ljEnd : entry.end) = static_cast<std::int32_t>(at);
  }
  chunk.outer.push_back(entry);
}

void PairList::prune(const ClusterGrid& grid, double radius, const PairKernels& kernels, int threads) {
  const double wide = std::min(radius, 1e9);
  const auto wideSquare = static_cast<float>(wide * wide);
  const auto count = static_cast<std::int32_t>(chunks_.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int32_t c = 0; c < count; ++c) {
    Chunk& chunk = chunks_[static_cast<std::size_t>(c)];
    chunk.inner.clear();
    chunk.innerClusters.resize(chunk.outerClusters.size() + 1);
    chunk.innerMasks.resize(chunk.outerClusters.size() + 1);
    std::int32_t size = 0;
    for (const ListEntry& from : chunk.outer) {
      const float* shift = shifts_.data() + 3 * from.shift;
      const NearTask task{grid.xyzq(), from.cluster, {shift[0], shift[1], shift[2]}, wideSquare};
      ListEntry entry = from;
      const auto keep = [&](std::int32_t first, std::int32_t last, bool hasMasks) {
        size += kernels.nearList(task, chunk.outerClusters.data() + first,
                                 hasMasks ? chunk.outerMasks.data() + first : nullptr, last - first,
                                 chunk.innerClusters.data() + size, chunk.innerMasks.data() + size);
        return size;
      };
      entry.begin = size;
      entry.specialEnd = keep(from.begin, from.specialEnd, true);
      entry.ljEnd = keep(from.specialEnd, from.ljEnd, false);
      entry.end = keep(from.ljEnd, from.end, false);
      if (entry.end > entry.begin) chunk.inner.push_back(entry);
    }
  }
}

void PairList::setSegments(std::int32_t clusters) {
  // Where a window begins or ends the set of chunks changes.
  std::vector<std::int32_t> cuts{0, clusters};
  for (const Chunk& chunk : chunks_) {
    cuts.push_back(chunk.windowFirst);
    cuts.push_back((chunk.windowFirst + chunk.window) % clusters);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  segments_.clear();
  for (std::size_t n = 0; n + 1 < cuts.size(); ++n) {
    ChunkSegment segment{cuts[n], cuts[n + 1], {}};
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
      const Chunk& chunk = chunks_[c];
      if ((segment.first - chunk.windowFirst + clusters) % clusters < chunk.window)
        segment.chunks.push_back(static_cast<std::int32_t>(c));
    }
    segments_.push_back(std::move(segment));
  }
}

std::size_t PairList::innerPairs() const {
  std::size_t sum = 0;
  for (const Chunk& chunk : chunks_)
    for (const ListEntry& entry : chunk.inner) sum += static_cast<std::size_t>(entry.end - entry.begin);
  return sum;
}

std::size_t PairList::bytes() const {
  std::size_t sum = bounds_.size() * sizeof(bounds_[0]);
  for (const Chunk& chunk : chunks_)
    sum += (chunk.outer.size() + chunk.inner.size()) * sizeof(ListEntry) +
           8 * (chunk.outerClusters.size() + chunk.innerClusters.size()) + 4 * chunk.forces.size();
  return sum;
}

}  // namespace aula::molecular::cpu
