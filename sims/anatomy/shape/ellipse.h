// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace aula::anatomy {

/// The signed distance of a point (in the axes' frame) from an ellipsoid (N = 3) or an ellipse (N = 2) with
/// semi-axes r > 0.
///
/// The foot of the point p is x_i = r_i² p_i / (t + r_i²) with t the largest root of S(t) = 1, where
/// S = Σ (r_i p_i / (t + r_i²))² (Eberly 2013, "Distance from a Point to an Ellipse, an Ellipsoid, or a
/// Hyperellipsoid", equations 12 and 20). 1/√S − 1 rises, is nearly straight and bends down right of −min
/// r_i² (Moré and Sorensen 1983, section 3), so that Newton's steps for it from the left never pass the root,
/// and are few.
template <std::size_t N>
double ellipseDistance(const std::array<double, N>& point, const std::array<double, N>& r) {
  std::array<double, N> p{};
  double norm = 0, t = -1e300;
  for (std::size_t i = 0; i < N; ++i) {
    // Off the planes of symmetry, where the foot of an inner point is not unique; far below any tolerance.
    p[i] = std::max(std::abs(point[i]), 1e-7 * r[i]);
    norm += point[i] * point[i] / (r[i] * r[i]);
    // S is not below 1 where one of its squares is already 1.
    t = std::max(t, r[i] * (p[i] - r[i]));
  }
  for (int step = 0; step < 60; ++step) {
    double sum = 0, slope = 0;
    for (std::size_t i = 0; i < N; ++i) {
      const double share = 1 / (t + r[i] * r[i]), q = r[i] * p[i] * share;
      sum += q * q;
      slope -= 2 * q * q * share;
    }
    const double change = 2 * sum * (1 - std::sqrt(sum)) / slope;
    t += change;
    // Steps shrink quadratically: after one this small there is nothing left.
    if (!(change > 1e-8 * (std::abs(t) + r[0] * r[0]))) break;
  }
  double square = 0;
  for (std::size_t i = 0; i < N; ++i) {
    const double d = p[i] * t / (t + r[i] * r[i]);
    square += d * d;
  }
  return norm < 1 ? -std::sqrt(square) : std::sqrt(square);
}

}  // namespace aula::anatomy
