// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/shape/solid.h"

namespace aula::anatomy {

/// Solids sampled on a lattice, for asking thousands of times a frame how near the bone is. Immutable; any
/// thread.
class DistanceField {
 public:
  DistanceField() = default;
  /// Lattice spacing in m; solids in the anatomical position.
  DistanceField(const std::vector<Solid>& solids, double spacing);

  /// m, negative inside; never more than kReach, which also stands for everything outside of the lattice.
  [[nodiscard]] double distance(Vec3 p) const;
  /// Unit, away from the solids; null where nothing is near.
  [[nodiscard]] Vec3 away(Vec3 p) const;
  static constexpr double kReach = 0.010;
  /// Of the solids; empty where there are none.
  [[nodiscard]] const scene::Bounds& bounds() const { return bounds_; }

 private:
  [[nodiscard]] float node(int i, int j, int k) const {
    return values_[std::size_t(i) + std::size_t(nx_) * (std::size_t(j) + std::size_t(ny_) * std::size_t(k))];
  }
  int nx_ = 0, ny_ = 0, nz_ = 0;
  double spacing_ = 1;
  Vec3 origin_;
  scene::Bounds bounds_;
  std::vector<float> values_;
};

}  // namespace aula::anatomy
