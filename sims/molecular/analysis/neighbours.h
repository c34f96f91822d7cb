// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "molecular/model/box.h"

namespace aula::molecular {

/// Points sorted into cells no narrower than a distance, so that those within it are found by looking at few.
/// Periodic where the box is. Immutable: any number of threads may look.
class NeighbourGrid {
 public:
  /// `distance` in nm; throws core::Error (input) when a periodic box is less than two of them across: a
  /// point would meet its neighbour twice.
  NeighbourGrid(const Box& box, double distance, const std::vector<Vec3>& points);

  /// Calls `visit(index, difference, distance2)` for every point within the distance of `from`, itself
  /// included; the difference leads from `from` to the point's nearest image.
  template <class Visit>
  void around(Vec3 from, const Visit& visit) const {
    std::array<int, 3> cell = cellOf(from);
    std::array<std::array<int, 3>, 3> near{};
    std::array<int, 3> count{};
    for (std::size_t axis = 0; axis < 3; ++axis) count[axis] = cellsAround(axis, cell[axis], near[axis]);
    for (int i = 0; i < count[0]; ++i)
      for (int j = 0; j < count[1]; ++j)
        for (int k = 0; k < count[2]; ++k) {
          const std::size_t n =
              index(near[0][static_cast<std::size_t>(i)], near[1][static_cast<std::size_t>(j)],
                    near[2][static_cast<std::size_t>(k)]);
          for (int p = starts_[n]; p < starts_[n + 1]; ++p) {
            const auto at = static_cast<std::size_t>(p);
            const Vec3 difference = box_.nearest(points_[at] - from);
            const double distance2 = core::dot(difference, difference);
            if (distance2 <= distance2_) visit(order_[at], difference, distance2);
          }
        }
  }

 private:
  [[nodiscard]] std::array<int, 3> cellOf(Vec3 point) const;
  /// The cells that a cell's neighbours along an axis may lie in, each once.
  int cellsAround(std::size_t axis, int cell, std::array<int, 3>& cells) const;
  [[nodiscard]] std::size_t index(int i, int j, int k) const {
    return (static_cast<std::size_t>(k) * static_cast<std::size_t>(counts_[1]) +
            static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(counts_[0]) +
           static_cast<std::size_t>(i);
  }

  Box box_;
  double distance2_ = 0;
  Vec3 lower_, size_;  ///< Without periodicity: what the points span.
  std::array<int, 3> counts_{1, 1, 1};
  std::vector<int> starts_, order_;
  std::vector<Vec3> points_;  ///< By cell.
};

}  // namespace aula::molecular
