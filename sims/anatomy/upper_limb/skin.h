// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/upper_limb/muscles.h"

/// The arm's skin: a closed surface around bones and muscles that follows the pose and makes room for a belly
/// that thickens.
namespace aula::anatomy {

/// Immutable once made; any thread. Making it takes about a second.
class UpperLimbSkin {
 public:
  /// `spacing`: m, of its triangles.
  UpperLimbSkin(const UpperLimbMuscles& muscles, double spacing);

  struct Surface {
    std::vector<scene::Float3> positions, normals;  ///< m; unit
  };
  [[nodiscard]] const std::vector<std::uint32_t>& triangles() const { return triangles_; }
  /// Round the muscles as `surfaces` has them in that pose.
  [[nodiscard]] Surface at(const Pose& pose, const std::vector<MuscleSurface>& surfaces) const;

 private:
  /// A point of a muscle that lies below a point of the skin.
  struct Below {
    std::uint32_t muscle = 0, point = 0;
    float weight = 0;  ///< 0: nothing near
  };
  /// m by which flesh stands out of the skin above its nearest points.
  [[nodiscard]] static std::vector<double> lackOver(const std::vector<Vec3>& points,
                                                    const std::vector<Vec3>& normals,
                                                    const std::vector<MuscleSurface>& surfaces);
  [[nodiscard]] std::vector<Vec3> bent(const std::vector<Vec3>& points, const Pose& pose) const;

  const LimbModel& limb_;
  std::vector<Vec3> rest_, restNormals_;
  std::vector<std::uint32_t> triangles_;
  std::vector<Below> below_;
  std::vector<Vec3> belowAtRest_;  ///< Where those points are at rest, one a skin point.
  std::vector<std::vector<std::uint32_t>> neighbours_;
};

}  // namespace aula::anatomy
