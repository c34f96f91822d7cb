// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/neighbours.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"

namespace aula::molecular {

namespace {
/// Cells an axis, at most: finer ones would be empty.
constexpr int kMaximumCells = 64;
}  // namespace

NeighbourGrid::NeighbourGrid(const Box& box, double distance, const std::vector<Vec3>& points)
    : box_(box), distance2_(distance * distance) {
  if (box.isPeriodic() && distance > box.longestCutoff() * (1 + 1e-9)) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "a distance of %.4g nm is more than half the box's width; at most %.4g nm can be looked at",
                  distance, box.longestCutoff());
    throw core::inputError(text);
  }
  Vec3 widths;
  if (box.isPeriodic()) {
    const double volume = box.volume();
    widths = {volume / core::length(core::cross(box.b, box.c)),
              volume / core::length(core::cross(box.c, box.a)),
              volume / core::length(core::cross(box.a, box.b))};
  } else if (!points.empty()) {
    lower_ = points.front();
    Vec3 upper = points.front();
    for (const Vec3& point : points)
      for (int axis = 0; axis < 3; ++axis) {
        lower_[axis] = std::min(lower_[axis], point[axis]);
        upper[axis] = std::max(upper[axis], point[axis]);
      }
    widths = upper - lower_;
  }
  size_ = widths;
  for (std::size_t axis = 0; axis < 3; ++axis)
    counts_[axis] = std::clamp(
        static_cast<int>(std::min(double(kMaximumCells), widths[static_cast<int>(axis)] / distance)), 1,
        kMaximumCells);

  // A counting sort by cell.
  std::vector<std::size_t> cells(points.size());
  starts_.assign(static_cast<std::size_t>(counts_[0]) * static_cast<std::size_t>(counts_[1]) *
                         static_cast<std::size_t>(counts_[2]) +
                     1,
                 0);
  for (std::size_t n = 0; n < points.size(); ++n) {
    const auto cell = cellOf(points[n]);
    cells[n] = index(cell[0], cell[1], cell[2]);
    ++starts_[cells[n] + 1];
  }
  for (std::size_t n = 1; n < starts_.size(); ++n) starts_[n] += starts_[n - 1];
  std::vector<int> next(starts_.begin(), starts_.end() - 1);
  order_.resize(points.size());
  points_.resize(points.size());
  for (std::size_t n = 0; n < points.size(); ++n) {
    const auto place = static_cast<std::size_t>(next[cells[n]]++);
    order_[place] = static_cast<int>(n);
    points_[place] = points[n];
  }
}

std::array<int, 3> NeighbourGrid::cellOf(Vec3 point) const {
  std::array<int, 3> cell{};
  if (box_.isPeriodic()) {
    Vec3 f;
    f.z = point.z / box_.c.z;
    f.y = (point.y - f.z * box_.c.y) / box_.b.y;
    f.x = (point.x - f.y * box_.b.x - f.z * box_.c.x) / box_.a.x;
    for (int axis = 0; axis < 3; ++axis) {
      const int count = counts_[static_cast<std::size_t>(axis)];
      cell[static_cast<std::size_t>(axis)] =
          std::clamp(static_cast<int>((f[axis] - std::floor(f[axis])) * count), 0, count - 1);
    }
  } else {
    for (int axis = 0; axis < 3; ++axis) {
      const int count = counts_[static_cast<std::size_t>(axis)];
      // One beyond each end for a place outside what the points span.
      const double at = size_[axis] > 0 ? (point[axis] - lower_[axis]) / size_[axis] * count : 0;
      cell[static_cast<std::size_t>(axis)] = static_cast<int>(std::clamp(std::floor(at), -2.0, count + 1.0));
      if (at == count) cell[static_cast<std::size_t>(axis)] = count - 1;
    }
  }
  return cell;
}

int NeighbourGrid::cellsAround(std::size_t axis, int cell, std::array<int, 3>& cells) const {
  const int count = counts_[axis];
  int found = 0;
  for (int offset = -1; offset <= 1; ++offset) {
    int other = cell + offset;
    if (box_.isPeriodic()) {
      if (count < 3 && offset == 1 && count != 2) continue;
      if (count == 1 && offset != 0) continue;
      if (count == 2 && offset == -1) continue;
      other = (other + count) % count;
    } else if (other < 0 || other >= count) {
      continue;
    }
    cells[static_cast<std::size_t>(found++)] = other;
  }
  return found;
}

}  // namespace aula::molecular
