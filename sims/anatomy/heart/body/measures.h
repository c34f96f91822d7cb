// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vec3.h"

namespace aula::anatomy::heart {

using core::Vec3;

/// The lengths that the heart is made from, m, out of assets/anatomy/heart/measures.json, where each has its
/// source.
struct Measures {
  // Left ventricle: the endocardium is half an ellipsoid of revolution and a little more.
  double leftRadius, leftLength,
      leftBase;     ///< At its widest; from there to its apex; from there to the base.
  double leftWall;  ///< Thickness.
  // Right ventricle: an ellipsoid beside it that the left one dents, and its outflow.
  double rightWall;                            ///< Thickness of the free wall.
  double rightDepth, rightWidth, rightLength;  ///< Semi-axes: from septum to free wall, across, along.
  double outflowRadius;
  // Outlines.
  double leftAtrium, rightAtrium, aorta, pulmonaryTrunk, superiorCava, inferiorCava,
      pulmonaryVeins;                ///< Radii
  double mitral, tricuspid, aortic;  ///< Radii of the valves' rings.
};

/// The measures the program ships.
[[nodiscard]] const Measures& measures();

/// The ventricles' own axes in the body's frame. The origin of the body's frame is the middle of the left
/// ventricle's base; `centre` is where its ellipsoid is widest.
struct Axes {
  Vec3 septal;  ///< From the left ventricle's axis to the right ventricle: right, front.
  Vec3 upper;   ///< Square to both: up, left: where the outflow tracts are.
  Vec3 basal;   ///< From apex to base: right, back, up.
  Vec3 centre;

  [[nodiscard]] Vec3 toLocal(Vec3 p) const {
    const Vec3 q = p - centre;
    return {dot(q, septal), dot(q, upper), dot(q, basal)};
  }
  [[nodiscard]] Vec3 toBody(Vec3 local) const { return centre + vector(local); }
  [[nodiscard]] Vec3 vector(Vec3 v) const { return v.x * septal + v.y * upper + v.z * basal; }
};
[[nodiscard]] const Axes& axes();

}  // namespace aula::anatomy::heart
