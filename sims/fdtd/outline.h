// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/vec3.h"
#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// A rectangle of a plane: `lower` and `upper` agree along `normal`.
struct PlaneRectangle {
  int normal = 2;
  core::Vec3 lower, upper;
};

/// Polylines along which the material changes in a plane: what one sees of the objects, whatever their shapes
/// and however they cover each other. The plane is sampled every `spacing` metres (at most about four million
/// points: coarser for large planes), and each crossing is then found by bisection, so only corners are cut,
/// by less than a sample.
[[nodiscard]] std::vector<std::vector<core::Vec3>> traceOutlines(const Setup& setup,
                                                                 const PlaneRectangle& plane, double spacing);

/// The polyline with points left out that lie within `tolerance` of the line through their neighbours
/// (Douglas and Peucker, Cartographica 10, 112, 1973).
[[nodiscard]] std::vector<core::Vec3> simplify(const std::vector<core::Vec3>& line, double tolerance);

}  // namespace aula::fdtd
