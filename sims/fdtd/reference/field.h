// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "fdtd/model/grid.h"

namespace aula::fdtd::reference {

/// One staggered component over the whole grid in double precision, x fastest; counts as in Grid::count, so
/// that its linear index is also that of the Medium's arrays. Empty (all counts 0) where the grid does not
/// compute the component.
class Field {
 public:
  Field() = default;
  Field(const Grid& grid, int component) {
    if (!grid.computes(component)) return;
    for (int axis = 0; axis < 3; ++axis) counts_[axis] = grid.count(component, axis);
    values_.assign(std::size_t(counts_[0]) * counts_[1] * counts_[2], 0.0);
  }

  [[nodiscard]] bool isEmpty() const { return values_.empty(); }
  [[nodiscard]] int count(int axis) const { return counts_[axis]; }
  /// Distance in memory between neighbours along an axis.
  [[nodiscard]] std::ptrdiff_t stride(int axis) const {
    return axis == 0 ? 1 : axis == 1 ? counts_[0] : std::ptrdiff_t(counts_[0]) * counts_[1];
  }
  [[nodiscard]] std::size_t index(int i, int j, int k) const {
    return (std::size_t(k) * counts_[1] + j) * counts_[0] + i;
  }
  double& operator()(int i, int j, int k) { return values_[index(i, j, k)]; }
  double operator()(int i, int j, int k) const { return values_[index(i, j, k)]; }
  std::vector<double>& values() { return values_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }
  /// Every index of the component.
  [[nodiscard]] IndexBox box() const { return {{0, 0, 0}, counts_}; }

 private:
  std::array<int, 3> counts_{};
  std::vector<double> values_;
};

/// Six components; index as Component.
using FieldSet = std::array<Field, 6>;

inline FieldSet makeFields(const Grid& grid) {
  FieldSet fields;
  for (int component = 0; component < 6; ++component) fields[component] = Field(grid, component);
  return fields;
}

/// Calls `visit(i, j, k)` for a box of indices, x fastest.
template <class Visit>
void forEach(const IndexBox& box, Visit visit) {
  for (int k = box.lower[2]; k < box.upper[2]; ++k)
    for (int j = box.lower[1]; j < box.upper[1]; ++j)
      for (int i = box.lower[0]; i < box.upper[0]; ++i) visit(i, j, k);
}

/// The same box, one index thick along an axis.
inline IndexBox plane(IndexBox box, int axis, int index) {
  box.lower[axis] = index;
  box.upper[axis] = index + 1;
  return box;
}

}  // namespace aula::fdtd::reference
