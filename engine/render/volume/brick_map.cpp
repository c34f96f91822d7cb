// SPDX-License-Identifier: Apache-2.0
#include "render/volume/brick_map.h"

#include <algorithm>
#include <cmath>

namespace aula::render {
namespace {

int bricksFor(int nodes) {
  return (nodes - 1 + BrickMap::kSide - 1) / BrickMap::kSide;
}

std::size_t flat(const std::array<int, 3>& count, int i, int j, int k) {
  return static_cast<std::size_t>(i) +
         static_cast<std::size_t>(count[0]) *
             (static_cast<std::size_t>(j) + static_cast<std::size_t>(count[1]) * static_cast<std::size_t>(k));
}

}  // namespace

BrickMap::BrickMap(const std::vector<float>& values, int nx, int ny, int nz)
    : count_{bricksFor(nx), bricksFor(ny), bricksFor(nz)} {
  ranges_.resize(flat(count_, 0, 0, count_[2]));
  const std::array nodes = {nx, ny, nz};
  for (int k = 0; k < count_[2]; ++k) {
    for (int j = 0; j < count_[1]; ++j) {
      for (int i = 0; i < count_[0]; ++i) {
        float least = INFINITY, most = -INFINITY;
        // A cell reaches from node to node, so neighbouring bricks share a layer of nodes.
        for (int z = k * kSide; z <= std::min((k + 1) * kSide, nz - 1); ++z) {
          for (int y = j * kSide; y <= std::min((j + 1) * kSide, ny - 1); ++y) {
            const float* row = values.data() + flat(nodes, 0, y, z);
            for (int x = i * kSide; x <= std::min((i + 1) * kSide, nx - 1); ++x) {
              const float value = std::isfinite(row[x]) ? row[x] : 0.0F;
              least = std::min(least, value);
              most = std::max(most, value);
            }
          }
        }
        ranges_[flat(count_, i, j, k)] = {least, most};
      }
    }
  }
}

std::vector<std::uint8_t> BrickMap::distances(const TransferFunction& look) const {
  std::vector<std::uint8_t> distance(ranges_.size());
  std::transform(ranges_.begin(), ranges_.end(), distance.begin(), [&](const std::array<float, 2>& range) {
    return look.mostBetween(range[0], range[1]) > 0 ? std::uint8_t{0} : std::uint8_t{255};
  });
  // The chessboard distance separates: along each axis in turn, the least over all m of max(|m - i|, d[m]).
  // The search goes outwards from i and ends as soon as the distance gone cannot be bettered.
  const auto sweep = [&](int axis) {
    const std::array<std::size_t, 3> strides = {1, flat(count_, 0, 1, 0), flat(count_, 0, 0, 1)};
    const std::size_t stride = strides[static_cast<std::size_t>(axis)];
    const int length = count_[static_cast<std::size_t>(axis)];
    std::vector<std::uint8_t> line(static_cast<std::size_t>(length));
    for (std::size_t start = 0; start < distance.size(); ++start) {
      if (start / stride % static_cast<std::size_t>(length) != 0) continue;
      for (int i = 0; i < length; ++i)
        line[static_cast<std::size_t>(i)] = distance[start + stride * static_cast<std::size_t>(i)];
      for (int i = 0; i < length; ++i) {
        int best = line[static_cast<std::size_t>(i)];
        for (int step = 1; step < best; ++step) {
          int nearest = 255;
          if (i - step >= 0) nearest = std::min<int>(nearest, line[static_cast<std::size_t>(i - step)]);
          if (i + step < length) nearest = std::min<int>(nearest, line[static_cast<std::size_t>(i + step)]);
          best = std::min(best, std::max(step, nearest));
          if (i - step < 0 && i + step >= length) break;
        }
        distance[start + stride * static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(best);
      }
    }
  };
  for (int axis = 0; axis < 3; ++axis) sweep(axis);
  return distance;
}

}  // namespace aula::render
