// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/cluster_grid.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace aula::molecular::cpu {

namespace {

/// Places that fill clusters up: far from all atoms and from each other.
float fillerPlace(std::size_t slot) {
  return -1e5F - 100.0F * static_cast<float>(slot);
}

}  // namespace

void ClusterGrid::place(const Box& box, std::span<const Float3> positions) {
  const std::size_t count = positions.size();
  // The brick that holds the atoms.
  std::array<double, 3> edges{box.a.x, box.b.y, box.c.z};
  origin_ = {0, 0, 0};
  if (!box.isPeriodic()) {
    std::array<double, 3> low{1e30, 1e30, 1e30}, high{-1e30, -1e30, -1e30};
    for (const Float3& at : positions) {
      const std::array<double, 3> r{at.x, at.y, at.z};
      for (std::size_t axis = 0; axis < 3; ++axis)
        low[axis] = std::min(low[axis], r[axis]), high[axis] = std::max(high[axis], r[axis]);
    }
    origin_ = low;
    for (std::size_t axis = 0; axis < 3; ++axis) edges[axis] = std::max(high[axis] - low[axis], 0.1);
  }
  // Columns a tenth wider than a cube of four atoms: of widths from 0.8 to 1.3 the one with the fewest pairs
  // of clusters.
  const double density = static_cast<double>(count) / (edges[0] * edges[1] * edges[2]);
  const double side = 1.1 * std::cbrt(kCluster / density);
  columnsX_ = std::clamp(static_cast<int>(edges[0] / side), 1, 4096);
  columnsY_ = std::clamp(static_cast<int>(edges[1] / side), 1, 4096);
  widthX_ = edges[0] / columnsX_, widthY_ = edges[1] / columnsY_;
  images_.assign(count, {0, 0, 0});
  columnOfAtom_.resize(count);
  heights_.resize(count);
  for (std::size_t n = 0; n < count; ++n) {
    double x = positions[n].x, y = positions[n].y, z = positions[n].z;
    if (box.isPeriodic()) {
      const double k = std::floor(z / box.c.z);
      x -= k * box.c.x, y -= k * box.c.y, z -= k * box.c.z;
      const double j = std::floor(y / box.b.y);
      x -= j * box.b.x, y -= j * box.b.y;
      const double i = std::floor(x / box.a.x);
      x -= i * box.a.x;
      images_[n] = {static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), static_cast<std::int32_t>(k)};
    }
    const int cx = std::clamp(static_cast<int>((x - origin_[0]) / widthX_), 0, columnsX_ - 1);
    const int cy = std::clamp(static_cast<int>((y - origin_[1]) / widthY_), 0, columnsY_ - 1);
    columnOfAtom_[n] = cx * columnsY_ + cy;
    heights_[n] = static_cast<float>(z);
  }
}

void ClusterGrid::sort(const Box& box, std::span<const Float3> positions, std::span<const float> charges,
                       int threads) {
  const std::size_t count = positions.size();
  place(box, positions);
  // Atoms by column, then by height (then by number, so that the order is one).
  const std::size_t columnCount = static_cast<std::size_t>(columnsX_) * static_cast<std::size_t>(columnsY_);
  std::vector<std::int32_t> start(columnCount + 1, 0);
  for (const std::int32_t column : columnOfAtom_) ++start[static_cast<std::size_t>(column) + 1];
  columns_.resize(columnCount);
  std::int32_t clusters = 0;
  for (std::size_t c = 0; c < columnCount; ++c) {
    columns_[c].firstCluster = clusters;
    clusters += (start[c + 1] + kCluster - 1) / kCluster;
    columns_[c].lastCluster = clusters;
    start[c + 1] += start[c];
  }
  order_.resize(count);
  std::vector<std::int32_t> next(start.begin(), start.end() - 1);
  for (std::size_t n = 0; n < count; ++n)
    order_[static_cast<std::size_t>(next[static_cast<std::size_t>(columnOfAtom_[n])]++)] =
        static_cast<std::int32_t>(n);
  const std::size_t slotCount = static_cast<std::size_t>(clusters) * kCluster;
  atoms_.assign(slotCount, -1);
  slots_.resize(count);
  columnOf_.resize(static_cast<std::size_t>(clusters));
  xyzq_.assign(4 * slotCount, 0.0F);
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::size_t c = 0; c < columnCount; ++c) {
    std::sort(order_.begin() + start[c], order_.begin() + start[c + 1], [&](std::int32_t a, std::int32_t b) {
      const float za = heights_[static_cast<std::size_t>(a)], zb = heights_[static_cast<std::size_t>(b)];
      return za != zb ? za < zb : a < b;
    });
    std::size_t slot = static_cast<std::size_t>(columns_[c].firstCluster) * kCluster;
    for (std::int32_t n = start[c]; n < start[c + 1]; ++n, ++slot) {
      const std::int32_t atom = order_[static_cast<std::size_t>(n)];
      atoms_[slot] = atom;
      slots_[static_cast<std::size_t>(atom)] = static_cast<std::int32_t>(slot);
      xyzq_[16 * (slot / 4) + 12 + slot % 4] = charges[static_cast<std::size_t>(atom)];
    }
    for (std::int32_t cluster = columns_[c].firstCluster; cluster < columns_[c].lastCluster; ++cluster)
      columnOf_[static_cast<std::size_t>(cluster)] = static_cast<std::int32_t>(c);
  }
  setOffsets(box);
  sorted_.assign(4 * slotCount, 0.0F);
  update(box, positions, threads);
  sorted_ = xyzq_;
}

void ClusterGrid::setOffsets(const Box& box) {
  box_ = box;
  offsets_.resize(3 * atoms_.size());
  for (std::size_t slot = 0; slot < atoms_.size(); ++slot) {
    Vec3 offset;
    if (atoms_[slot] >= 0) {
      const auto& image = images_[static_cast<std::size_t>(atoms_[slot])];
      offset = static_cast<double>(image[0]) * box.a + static_cast<double>(image[1]) * box.b +
               static_cast<double>(image[2]) * box.c;
    }
    float* to = offsets_.data() + 12 * (slot / 4) + slot % 4;
    to[0] = static_cast<float>(offset.x), to[4] = static_cast<float>(offset.y),
    to[8] = static_cast<float>(offset.z);
  }
}

float ClusterGrid::update(const Box& box, std::span<const Float3> positions, int threads) {
  if (!(box == box_)) setOffsets(box);
  const auto clusters = static_cast<std::ptrdiff_t>(clusterCount());
  float most = 0;
#pragma omp parallel for schedule(static) num_threads(threads) reduction(max : most)
  for (std::ptrdiff_t cluster = 0; cluster < clusters; ++cluster) {
    float* to = xyzq_.data() + 16 * cluster;
    const float* before = sorted_.data() + 16 * cluster;
    const float* offset = offsets_.data() + 12 * cluster;
    const std::int32_t* atoms = atoms_.data() + 4 * cluster;
    for (int lane = 0; lane < kCluster; ++lane) {
      if (atoms[lane] >= 0) {
        const Float3 at = positions[static_cast<std::size_t>(atoms[lane])];
        to[lane] = at.x - offset[lane];
        to[4 + lane] = at.y - offset[4 + lane];
        to[8 + lane] = at.z - offset[8 + lane];
        const float dx = to[lane] - before[lane], dy = to[4 + lane] - before[4 + lane],
                    dz = to[8 + lane] - before[8 + lane];
        const float way = dx * dx + dy * dy + dz * dz;
        // A comparison that a NaN fails too.
        if (!(way <= most)) most = way <= 1e30F ? way : std::numeric_limits<float>::max();
      } else {
        to[lane] = to[4 + lane] = to[8 + lane] =
            fillerPlace(static_cast<std::size_t>(4 * cluster) + static_cast<std::size_t>(lane));
      }
    }
  }
  return most;
}

std::size_t ClusterGrid::bytes() const {
  return columns_.size() * sizeof(Column) + 4 * columnOf_.size() + 4 * atoms_.size() + 4 * slots_.size() +
         12 * images_.size() + 12 * slots_.size() + 4 * (xyzq_.size() + sorted_.size() + offsets_.size());
}

}  // namespace aula::molecular::cpu
