// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/tissue/model/blocks.h"
#include "anatomy/tissue/model/solver.h"
#include "support/tolerance.h"

/// Bodies and small helpers that the tests of soft tissue share.
namespace aula::test {

using namespace anatomy::tissue;
using compute::DeviceKind;

/// Of the devices that every machine has; CUDA's own tests are tests/backend/tissue.
inline std::unique_ptr<Solver> solverOn(DeviceKind kind, const Body& body, const Settings& settings) {
  return makeSolver(body, settings, {kind, kind == DeviceKind::cpu ? 2 : 0});
}

/// Settings that find a static equilibrium in one step: inertia is nothing over a thousand seconds.
inline Settings statics(int iterations = 4000, double tolerance = 1e-9) {
  Settings settings;
  settings.timeStep = 1000;
  settings.iterations = iterations;
  settings.tolerance = tolerance;
  settings.gravity = {};
  return settings;
}

inline Matter softMatter(double shear = 1e4, double poisson = 0.3) {
  Matter matter;
  matter.shear = shear;
  matter.bulk = 2 * shear * poisson / (1 - 2 * poisson);
  matter.density = 1000;
  return matter;
}

/// Inner points moved about, by a fixed rule, by up to `share` of the edge: a mesh without regularity. Points
/// on the box's faces stay.
inline void shake(Body& body, int x, int y, int z, double share) {
  const auto noise = [](std::size_t n) { return std::fmod(std::sin(double(n) * 12.9898) * 43758.5453, 1.0); };
  const Vec3 size = body.positions.back();
  for (std::size_t n = 0; n < body.positions.size(); ++n) {
    Vec3& p = body.positions[n];
    const auto isInside = [](double at, double end) { return at > 1e-9 * end && at < end * (1 - 1e-9); };
    if (isInside(p.x, size.x) && isInside(p.y, size.y) && isInside(p.z, size.z))
      p = p + share * Vec3{noise(3 * n) * size.x / x, noise(3 * n + 1) * size.y / y,
                           noise(3 * n + 2) * size.z / z};
  }
}

inline double largestDifference(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  double largest = 0;
  for (std::size_t n = 0; n < a.size(); ++n) largest = std::max(largest, length(a[n] - b[n]));
  return largest;
}

}  // namespace aula::test
