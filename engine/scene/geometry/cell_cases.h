// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace aula::scene {

/// The twelve edges of a cell: `corner` is its lower end (bit 0, 1, 2: at the upper end along x, y, z), and
/// it runs along `axis`.
struct CellEdge {
  int corner, axis;
};
[[nodiscard]] const std::array<CellEdge, 12>& cellEdges();

/// What the surface does in a cell: edges' numbers, three a triangle. kCentre stands for a point in the
/// middle of `aroundCentre`, for outlines that cannot be cut into triangles without a diagonal in a face of
/// the cell (which the neighbour might draw as well).
struct CellCase {
  std::vector<std::uint8_t> triangles;
  std::vector<std::uint8_t> aroundCentre;
};
inline constexpr std::uint8_t kCentre = 12;

/// By the corners at or above the level, bit i for corner i.
[[nodiscard]] const std::array<CellCase, 256>& cellCases();

}  // namespace aula::scene
