// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "fdtd/cpu/row_kernels.h"
#include "fdtd/model/setup.h"

namespace aula::fdtd::cpu {

/// An index into an array: rows and blocks are counted with signs, memory without.
inline std::size_t size(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

/// Where a value stands in memory. A row (j, k) keeps its components side by side, each kBlock floats of
/// padding (the last of them is lane i = -1) and then lanes i = 0 .. blocks * kBlock - 1, so that a row's
/// work touches few pages. Rows j = -1 .. ny + 1 and planes k = -1 .. nz + 1 exist: the outermost hold images
/// of H at walls, or nothing.
struct Layout {
  int nx = 1, ny = 1, nz = 1;
  bool is3d = true;
  std::array<int, 6> slot{};  ///< Of each component within a row; -1: not computed.
  int slots = 6;
  int blocks = 1;
  std::ptrdiff_t componentStep = 0, rowStep = 0, planeStep = 0;
  std::size_t floats = 0;

  explicit Layout(const Grid& grid)
      : nx(grid.nx), ny(grid.ny), nz(grid.nz), is3d(grid.dimensions == Dimensions::three) {
    slots = 0;
    for (int c = 0; c < 6; ++c) slot[static_cast<std::size_t>(c)] = grid.computes(c) ? slots++ : -1;
    blocks = (nx + kBlock) / kBlock;  // nx + 1 lanes, rounded up
    componentStep = std::ptrdiff_t{kBlock} * (blocks + 1);
    rowStep = componentStep * slots;
    planeStep = rowStep * (ny + 3);
    // The planes of a tile must not fall on each other in a cache of 2^17 bytes a way: keep clear of the
    // simple fractions.
    constexpr std::ptrdiff_t kWay = (std::ptrdiff_t{1} << 17) / 4;
    while (is3d && nearSimpleFraction(planeStep % kWay, kWay)) planeStep += kBlock;
    floats = static_cast<std::size_t>(planeStep) * static_cast<std::size_t>(is3d ? nz + 3 : 1) + kBlock;
  }

  /// Lane 0 of the first component's row, and of any component's.
  [[nodiscard]] std::ptrdiff_t rowBase(int j, int k) const {
    return (is3d ? k + 1 : 0) * planeStep + (j + 1) * rowStep + kBlock;
  }
  [[nodiscard]] std::ptrdiff_t at(int component, int j, int k) const {
    return rowBase(j, k) + slot[static_cast<std::size_t>(component)] * componentStep;
  }
  /// Rows of one component, j = 0 .. ny, k = 0 .. nz: their number, and a row's place in tables of rows.
  [[nodiscard]] std::size_t rows() const {
    return static_cast<std::size_t>(ny + 1) * static_cast<std::size_t>(is3d ? nz + 1 : 1);
  }
  [[nodiscard]] std::size_t row(int j, int k) const {
    return static_cast<std::size_t>(k) * static_cast<std::size_t>(ny + 1) + static_cast<std::size_t>(j);
  }

 private:
  static bool nearSimpleFraction(std::ptrdiff_t offset, std::ptrdiff_t way) {
    const double f = static_cast<double>(offset) / static_cast<double>(way);
    for (const double simple : {0.0, 0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75, 1.0})
      if (f > simple - 0.03 && f < simple + 0.03) return true;
    return false;
  }
};

/// Which places of a grid a step computes; elsewhere the field stays as it is.
class Updated {
 public:
  explicit Updated(const Setup& setup) : grid_(setup.grid) {
    for (int axis = 0; axis < 3; ++axis)
      for (int side = 0; side < 2; ++side) {
        const BoundaryKind kind =
            setup.boundaries[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].kind;
        kind_[axis][side] = kind;
      }
  }
  /// The first index along an axis that is computed for a component, and one past the last.
  [[nodiscard]] int begin(int component, int axis) const {
    if (isFlat(axis) || !isElectric(component) || axisOf(component) == axis) return 0;
    const BoundaryKind kind = kind_[axis][0];
    return kind == BoundaryKind::pec || kind == BoundaryKind::cpml ? 1 : 0;
  }
  [[nodiscard]] int end(int component, int axis) const {
    const int n = grid_.cells(axis);
    if (isFlat(axis)) return 1;
    if (Grid::offset(component, axis) != 0.0) return n;
    // In the closing face: E lies in a wall or is a copy; H along its own axis is computed, or a copy as
    // well.
    if (isElectric(component)) return kind_[axis][1] == BoundaryKind::pmc ? n + 1 : n;
    return axis != 0 && kind_[axis][1] == BoundaryKind::periodic ? n : n + 1;
  }
  [[nodiscard]] bool contains(int component, int j, int k) const {
    return j >= begin(component, 1) && j < end(component, 1) && k >= begin(component, 2) &&
           k < end(component, 2);
  }
  [[nodiscard]] BoundaryKind kind(int axis, int side) const { return kind_[axis][side]; }
  [[nodiscard]] bool isPeriodic(int axis) const {
    return !isFlat(axis) && kind_[axis][0] == BoundaryKind::periodic;
  }
  [[nodiscard]] bool isMagneticWall(int axis, int side) const {
    return !isFlat(axis) && kind_[axis][side] == BoundaryKind::pmc;
  }
  /// Rows (axis 1) or planes (axis 2) that have work: 0 .. rows - 1.
  [[nodiscard]] int rows(int axis) const {
    return isFlat(axis) ? 1 : grid_.cells(axis) + (kind_[axis][1] == BoundaryKind::periodic ? 0 : 1);
  }

 private:
  [[nodiscard]] bool isFlat(int axis) const { return axis == 2 && grid_.dimensions != Dimensions::three; }
  Grid grid_;
  BoundaryKind kind_[3][2]{};
};

}  // namespace aula::fdtd::cpu
