// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/vec3.h"

/// The direction of muscle fibres by rule from three solutions of Laplace's equation (Bayer, Blake, Plank and
/// Trayanova 2012, Ann. Biomed. Eng. 40, 2243).
namespace aula::anatomy::heart {

using core::Vec3;

/// Helix angles, rad: from the circle about the long axis towards the base, seen from outside.
struct HelixAngles {
  double leftEndocardium = 1.0471975511965976;   ///< +60 degrees (Streeter et al. 1969)
  double leftEpicardium = -1.0471975511965976;   ///< -60
  double rightEndocardium = 1.5707963267948966;  ///< +90 (Doste et al. 2019)
  double rightEpicardium = -0.4363323129985824;  ///< -25
};

/// One node: what the solutions are there and how they grow.
struct FibreInput {
  double left = 0, right = 0, outside = 0;  ///< 1 on that surface, 0 on the two others; their sum is 1.
  Vec3 leftSlope, rightSlope, outsideSlope;
  Vec3 baseSlope;  ///< Of what grows from apex to base.
};
/// Unit. A departure from the paper: all three frames get the angle for the node's depth before they are
/// blended, where the paper's inner ones keep the endocardium's. So it turns evenly, 60 - 120 d degrees (the
/// paper: nearly 60 - 120 d^2), and never takes the short way round through 90 degrees.
[[nodiscard]] Vec3 fibreDirection(const FibreInput& at, const HelixAngles& angles = {});

}  // namespace aula::anatomy::heart
