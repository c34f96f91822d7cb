// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "anatomy/shape/solid.h"

namespace aula::anatomy {

/// The curve of a sweep with the cross-section at each of its points. u runs from 0 to spans(), whole at the
/// sections given.
class Spine {
 public:
  /// Two sections or more, those side by side apart.
  explicit Spine(std::vector<Section> sections);

  struct Place {
    Vec3 point, velocity, acceleration;  ///< Of the curve, by u.
  };
  /// The section at a place: its axes, square to the curve and to each other, and semi-axes.
  struct Cut {
    Vec3 tangent, across, up;
    double a = 0, b = 0;
    double slopeA = 0, slopeB = 0;  ///< By length along the curve.
    std::size_t span = 0;
    double share = 0;  ///< Of the span behind, smooth at both ends.
  };
  [[nodiscard]] Place place(double u) const;
  [[nodiscard]] Cut cut(double u, const Place& at) const;
  [[nodiscard]] std::size_t spans() const { return sections_.size() - 1; }
  [[nodiscard]] const std::vector<Section>& sections() const { return sections_; }

  /// u of the point of the curve that is nearest to p, beginning near `u` (Newton).
  [[nodiscard]] double refine(Vec3 p, double u) const;

 private:
  struct Value {
    double from, to, slopeFrom, slopeTo;  ///< Slopes by u within the span.
  };
  std::vector<Section> sections_;
  std::vector<std::array<Vec3, 2>> velocities_, acrossSlopes_;  ///< At both ends of each span, by u.
  std::vector<std::array<Value, 2>> axes_;                      ///< a and b of each span.
};

}  // namespace aula::anatomy
