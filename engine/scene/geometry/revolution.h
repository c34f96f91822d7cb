// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scene/geometry/frame_along.h"
#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// Where a curve stands that is turned about an axis: origin + height * axis is its centre.
struct Axle {
  core::Vec3 origin, axis{0, 0, 1};  ///< m; unit
  Across across{{1, 0, 0}, {0, 1, 0}};
};

/// A point of that curve.
struct ProfilePoint {
  double radius = 0, height = 0;     ///< m
  double outwards = 1, upwards = 0;  ///< The surface's unit normal there.
};

/// cos and sin of i/n of a turn, the same bits for i and i + n: seams weld exactly.
class Circle {
 public:
  explicit Circle(int n);
  [[nodiscard]] int count() const { return int(points_.size()); }
  [[nodiscard]] double cosine(int i) const { return points_[std::size_t(i % count())][0]; }
  [[nodiscard]] double sine(int i) const { return points_[std::size_t(i % count())][1]; }

 private:
  std::vector<std::array<double, 2>> points_;
};

/// Adds the surface of revolution of `profile`, which runs upwards with the solid on its inner side, so that
/// the triangles face outwards. No triangles of no area where the radius is 0. Texture coordinates: once
/// around, and along the profile from its end.
void addRevolution(TriangleMesh& mesh, const std::vector<ProfilePoint>& profile, const Axle& axle,
                   const Circle& circle);

}  // namespace aula::scene
