// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/length_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::anatomy {

LengthTable::LengthTable(const LimbModel& limb, const MuscleSpec& muscle, const Pose& shoulder) {
  constexpr double kDegree = std::numbers::pi / 180;
  least_ = limb.flexionLimit[0] - 20 * kDegree;
  const int pieces =
      static_cast<int>(std::ceil((limb.flexionLimit[1] + 20 * kDegree - least_) / (0.5 * kDegree)));
  step_ = (limb.flexionLimit[1] + 20 * kDegree - least_) / pieces;
  Pose pose = shoulder;
  for (int n = 0; n <= pieces; ++n) {
    pose.elbowFlexion = least_ + n * step_;
    nodes_.push_back(measurePath(limb, muscle, pose));
  }
}

PathMeasure LengthTable::at(double angle) const {
  const double place = (angle - least_) / step_;
  const double piece = std::clamp(std::floor(place), 0.0, static_cast<double>(nodes_.size() - 2));
  const PathMeasure &a = nodes_[static_cast<std::size_t>(piece)],
                    &b = nodes_[static_cast<std::size_t>(piece) + 1];
  // Hermite's cubic: lengths and slopes (minus the moment arms) of both ends.
  const double t = place - piece, rise = b.length - a.length;
  const double p = -step_ * a.momentArm, q = -step_ * b.momentArm;
  const double c2 = 3 * rise - 2 * p - q, c3 = p + q - 2 * rise;
  return {a.length + t * (p + t * (c2 + t * c3)), -(p + t * (2 * c2 + t * 3 * c3)) / step_};
}

}  // namespace aula::anatomy
