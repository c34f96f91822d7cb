// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// Distance from a point to a shape's surface, negative inside, m. Exact but deep inside an ellipsoid, where
/// its size may be too small; never too large. Infinite extents are allowed where Shape allows them.
[[nodiscard]] double signedDistance(const Shape& shape, core::Vec3 point);

/// The unit vector along which the signed distance grows: outwards at the surface. On an edge or a corner one
/// of the faces'.
[[nodiscard]] core::Vec3 outwardNormal(const Shape& shape, core::Vec3 point);

/// The shape's cut with the plane at z, drawn out along z without end: what a two-dimensional grid sees of
/// it. Nothing where the plane misses it.
[[nodiscard]] std::optional<Shape> sliceAt(const Shape& shape, double z);

/// Corners of an axis-aligned box that holds the shape; infinite where it is.
struct Bounds {
  core::Vec3 lower, upper;
};
[[nodiscard]] Bounds boundsOf(const Shape& shape);

/// Share of the box |x_i| <= half_i in which x . normal < offset: the volume a plane cuts off, 0 to 1.
/// `normal` need not be a unit vector; a half length may be 0.
[[nodiscard]] double planeCutFraction(core::Vec3 half, core::Vec3 normal, double offset);

}  // namespace aula::fdtd
