// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "molecular/model/box.h"

namespace aula::molecular {

/// Points of a periodic box by cells of at least `range`, for finding those near a place. Private to
/// prepare/.
class CellGrid {
 public:
  CellGrid(const Box& box, double range) : box_(box), range_(range) {
    const std::array<double, 3> heights{box.volume() / core::length(core::cross(box.b, box.c)),
                                        box.volume() / core::length(core::cross(box.c, box.a)),
                                        box.volume() / core::length(core::cross(box.a, box.b))};
    for (std::size_t axis = 0; axis < 3; ++axis)
      size_[axis] = std::clamp(static_cast<int>(heights[axis] / range), 1, 400);
    cells_.resize(static_cast<std::size_t>(size_[0]) * static_cast<std::size_t>(size_[1]) *
                  static_cast<std::size_t>(size_[2]));
  }
  void add(Vec3 position, int label) { cells_[index(cellOf(position))].push_back({position, label}); }
  /// Takes away the point of this label that was added at `position`.
  void remove(Vec3 position, int label) {
    auto& cell = cells_[index(cellOf(position))];
    std::erase_if(cell, [&](const Point& point) { return point.label == label; });
  }
  /// `visit(label, squared distance)` for every point within the range; stops when it returns false.
  template <class Visit>
  void forEachNear(Vec3 position, const Visit& visit) const {
    const std::array<int, 3> home = cellOf(position);
    std::array<std::array<int, 3>, 3> steps{};
    std::array<int, 3> counts{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      // Fewer than three cells along an axis: each once.
      counts[axis] = std::min(size_[axis], 3);
      for (int step = 0; step < counts[axis]; ++step)
        steps[axis][static_cast<std::size_t>(step)] = (home[axis] + step + size_[axis] - 1) % size_[axis];
    }
    for (int i = 0; i < counts[0]; ++i)
      for (int j = 0; j < counts[1]; ++j)
        for (int k = 0; k < counts[2]; ++k) {
          const std::array<int, 3> cell{steps[0][static_cast<std::size_t>(i)],
                                        steps[1][static_cast<std::size_t>(j)],
                                        steps[2][static_cast<std::size_t>(k)]};
          for (const Point& point : cells_[index(cell)]) {
            const Vec3 d = box_.nearest(point.position - position);
            const double square = dot(d, d);
            if (square < range_ * range_ && !visit(point.label, square)) return;
          }
        }
  }

 private:
  struct Point {
    Vec3 position;
    int label;
  };
  [[nodiscard]] std::array<int, 3> cellOf(Vec3 position) const {
    // Fractional coordinates of the triangular cell matrix, from the last edge to the first.
    const double fz = position.z / box_.c.z;
    const double fy = (position.y - fz * box_.c.y) / box_.b.y;
    const double fx = (position.x - fz * box_.c.x - fy * box_.b.x) / box_.a.x;
    const std::array<double, 3> fraction{fx, fy, fz};
    std::array<int, 3> cell{};
    for (std::size_t axis = 0; axis < 3; ++axis)
      cell[axis] = std::min(static_cast<int>((fraction[axis] - std::floor(fraction[axis])) * size_[axis]),
                            size_[axis] - 1);
    return cell;
  }
  [[nodiscard]] std::size_t index(const std::array<int, 3>& cell) const {
    return (static_cast<std::size_t>(cell[2]) * static_cast<std::size_t>(size_[1]) +
            static_cast<std::size_t>(cell[1])) *
               static_cast<std::size_t>(size_[0]) +
           static_cast<std::size_t>(cell[0]);
  }

  Box box_;
  double range_;
  std::array<int, 3> size_{1, 1, 1};
  std::vector<std::vector<Point>> cells_;
};

}  // namespace aula::molecular
