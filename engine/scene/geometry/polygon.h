// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace aula::scene {

using Point2 = std::array<double, 2>;
/// Indices of points: counter-clockwise around material, clockwise around a hole.
using Outline = std::vector<std::uint32_t>;

/// Twice the signed area.
[[nodiscard]] double doubledArea(const std::vector<Point2>& points, const Outline& outline);

/// Fills outlines with counter-clockwise triangles by ear clipping (Meisters 1975), holes joined to what is
/// around them by bridges (Eberly 2002, "Triangulation by Ear Clipping"). Every edge of every outline is in
/// exactly one triangle and every other edge in two, whatever the points: outlines that cross or touch give
/// triangles that overlap, never a gap. Outlines of fewer than three points are left out.
[[nodiscard]] std::vector<std::uint32_t> fillPolygon(const std::vector<Point2>& points,
                                                     const std::vector<Outline>& outlines);

}  // namespace aula::scene
