// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <limits>

#include "core/vec3.h"
#include "scene/float3.h"

namespace aula::scene {

/// A box along the axes, m. Empty until something is in it.
struct Bounds {
  static constexpr double kFar = std::numeric_limits<double>::infinity();
  core::Vec3 lower{kFar, kFar, kFar}, upper{-kFar, -kFar, -kFar};

  [[nodiscard]] constexpr bool isEmpty() const {
    return !(lower.x <= upper.x && lower.y <= upper.y && lower.z <= upper.z);
  }
  /// What is not finite is left out.
  void add(core::Vec3 p) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) return;
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], p[axis]);
      upper[axis] = std::max(upper[axis], p[axis]);
    }
  }
  void add(const Bounds& other) {
    if (other.isEmpty()) return;
    add(other.lower);
    add(other.upper);
  }
  /// Grown by `margin` (m) on every side.
  [[nodiscard]] Bounds grown(double margin) const {
    if (isEmpty()) return *this;
    const core::Vec3 m{margin, margin, margin};
    return {lower - m, upper + m};
  }
  [[nodiscard]] core::Vec3 centre() const { return 0.5 * (lower + upper); }
  [[nodiscard]] core::Vec3 size() const { return upper - lower; }
  /// 0 when empty.
  [[nodiscard]] double diagonal() const { return isEmpty() ? 0 : core::length(size()); }
  /// Bit 0, 1, 2 of `index` choose the upper end along x, y, z.
  [[nodiscard]] core::Vec3 corner(int index) const {
    return {(index & 1) ? upper.x : lower.x, (index & 2) ? upper.y : lower.y,
            (index & 4) ? upper.z : lower.z};
  }
  bool operator==(const Bounds&) const = default;
};

}  // namespace aula::scene
