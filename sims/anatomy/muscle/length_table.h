// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/muscle/limb.h"

namespace aula::anatomy {

/// A muscle's length over the elbow's angle for one pose of the shoulder, as cubic pieces through exact
/// lengths and moment arms. Its moment arm is minus its own derivative, so that no energy is made between the
/// two. Every piece of 0.5 degrees is within 1e-8 m of the path, its moment arm within 1e-6 m, but 2e-4 m in
/// the piece in which a path first touches a surface.
class LengthTable {
 public:
  LengthTable(const LimbModel& limb, const MuscleSpec& muscle, const Pose& shoulder);

  [[nodiscard]] PathMeasure at(double angle) const;
  /// rad: beyond the joint's limits by 20 degrees; outside, `at` goes on with the last piece.
  [[nodiscard]] double least() const { return least_; }
  [[nodiscard]] double most() const { return least_ + step_ * static_cast<double>(nodes_.size() - 1); }

 private:
  double least_ = 0, step_ = 1;
  std::vector<PathMeasure> nodes_;
};

}  // namespace aula::anatomy
