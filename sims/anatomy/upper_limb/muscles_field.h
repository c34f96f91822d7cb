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
  [[nodiscard]] double distance(Vec3 p) const {
    const double x = (p.x - origin_.x) * perSpacing_, y = (p.y - origin_.y) * perSpacing_,
                 z = (p.z - origin_.z) * perSpacing_;
    if (!(x >= 0 && y >= 0 && z >= 0 && x < lastX_ && y < lastY_ && z < lastZ_)) return kReach;
    const auto i = std::size_t(x), j = std::size_t(y), k = std::size_t(z);
    const double u = x - double(i), v = y - double(j), w = z - double(k);
    const float* a = &values_[i + std::size_t(nx_) * (j + std::size_t(ny_) * k)];
    const float* b = a + std::size_t(nx_) * std::size_t(ny_);
    const auto row = [u](const float* at) { return double(at[0]) + u * (double(at[1]) - double(at[0])); };
    const double near = row(a) + v * (row(a + nx_) - row(a)), far = row(b) + v * (row(b + nx_) - row(b));
    return near + w * (far - near);
  }
  /// Unit, away from the solids; null where nothing is near.
  [[nodiscard]] Vec3 away(Vec3 p) const;
  static constexpr double kReach = 0.010;
  /// Of the solids; empty where there are none.
  [[nodiscard]] const scene::Bounds& bounds() const { return bounds_; }

 private:
  int nx_ = 0, ny_ = 0, nz_ = 0;
  double spacing_ = 1, perSpacing_ = 1, lastX_ = 0, lastY_ = 0, lastZ_ = 0;
  Vec3 origin_;
  scene::Bounds bounds_;
  std::vector<float> values_;
};

}  // namespace aula::anatomy
