// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "anatomy/muscle/limb.h"

namespace aula::anatomy {

/// How a spindle-shaped muscle looks along its path, between two of these evenly blended. Directions are
/// those of the anatomical position.
struct MuscleKey {
  double at = 0;        ///< 0 the belly's beginning, 1 its end
  Vec3 outward;         ///< The thin direction, away from the bone it lies on.
  double flatness = 1;  ///< Width over thickness.
  Vec3 shift;           ///< m, of the belly's middle from the line of action
};

/// A tendon's half axes where it leaves the belly and where it is fixed, m.
struct TendonShape {
  double width = 0.003, thickness = 0.0015;
  double endWidth = 0.004, endThickness = 0.0015;
};

/// A muscle's looks beside its path and volume; chosen from atlas plates and dissections, since nobody
/// publishes such numbers.
struct MuscleRecipe {
  std::string id;
  double from = 0, to = 1;  ///< The belly's share of the path at rest.
  double peak = 0.5;        ///< Where in the belly it is thickest.
  double fullness = 1.2;    ///< Larger: more slender towards the ends.
  double lift = 0.75;       ///< The middle's least distance from bone in half thicknesses.
  std::vector<MuscleKey> keys;
  /// A broad origin reaches further up than the line of action: points before its first, on the same body as
  /// they say.
  std::vector<PathPoint> before;
  /// Places on the forearm, in the anatomical position, by which the path's points below the first of them
  /// are replaced.
  std::vector<Vec3> after;
  TendonShape origin, insertion;
  std::vector<std::string> over;    ///< Deeper muscles that it lies on and gives way to.
  std::vector<std::string> beside;  ///< Neighbours with which it shares the room evenly.
};

/// All but the deltoid, which is a sheet; deeper ones first.
[[nodiscard]] const std::vector<MuscleRecipe>& muscleRecipes();

}  // namespace aula::anatomy
