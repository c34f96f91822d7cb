// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "molecular/model/constants.h"
#include "molecular/model/random.h"
#include "molecular/reference/reference_engine.h"

/// Soft recovery: what was dragged together by hand is let go apart again, gently.
namespace aula::molecular::reference {

namespace {

/// nm in one step: ten times what a hydrogen at 300 K does in 4 fs, and less than a bond's length.
constexpr double kLongestMove = 0.06;
constexpr int kAttempts = 16;

bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

}  // namespace

std::string ReferenceEngine::whatIsWrong(const Vectors& before) const {
  for (std::size_t n = 0; n < count(); ++n) {
    const std::string atom = "atom " + std::to_string(n + 1) + " (" + topology_.names[n] + ")";
    if (!isFinite(positions_[n]) || !isFinite(velocities_[n])) return atom + " is nowhere";
    // The next step counts too: a step may leave a speed that is out of all reason.
    const double move = std::max(core::length(positions_[n] - before[n]),
                                 core::length(velocities_[n]) * settings_.dynamics.timeStep);
    if (move > kLongestMove)
      return atom + " would move " + std::to_string(move) + " nm in one step; allowed are " +
             std::to_string(kLongestMove) + " nm";
  }
  return {};
}

/// Speeds of more than twice the thermal one are brought down to it.
void ReferenceEngine::cool() {
  const double temperature = std::max(settings_.dynamics.temperature, 1.0);
  for (std::size_t n = 0; n < count(); ++n) {
    const double fastest = 2 * std::sqrt(3 * kBoltzmann * temperature / plan_.masses[n]);
    const double speed = core::length(velocities_[n]);
    if (!isFinite(velocities_[n]))
      velocities_[n] = {};
    else if (speed > fastest)
      velocities_[n] = (fastest / speed) * velocities_[n];
  }
  constraints_.constrainVelocities(positions_, velocities_, box_);
}

/// The step again from where it began with a time step of a quarter, a sixteenth, ... until nothing moves out
/// of reason; velocities are cooled before and after.
void ReferenceEngine::recover(const Vectors& positions, const Vectors& velocities, std::string problem) {
  ++recoveries_;
  const double kineticBefore = kinetic(velocities);
  double dt = settings_.dynamics.timeStep;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    dt *= 0.25;
    positions_ = positions;
    velocities_ = velocities;
    forget();
    // Atoms in one place have no direction to part in: give them one.
    for (std::size_t n = 0; n < count(); ++n) {
      if (isFinite(sums().forces[n])) continue;
      const auto xi = randomGaussians<double>(settings_.dynamics.seed, step_, static_cast<std::uint32_t>(n),
                                              RandomPurpose::recovery, static_cast<std::uint32_t>(attempt));
      positions_[n] = positions_[n] + 1e-3 * Vec3{xi.value[0], xi.value[1], xi.value[2]};
    }
    forget();
    try {
      cool();
      integrate(dt);
      cool();
      problem = whatIsWrong(positions);
    } catch (const core::Error& error) {
      problem = error.what();
    }
    if (problem.empty()) {
      broughtIn_ += kinetic(velocities_) - kineticBefore;
      return;
    }
  }
  positions_ = positions;
  velocities_ = velocities;
  forget();
  throw core::Error("step " + std::to_string(step_) + " came out beyond reason and could not be mended: " +
                    problem + "; go back to a checkpoint, pull more gently or take a shorter time step");
}

}  // namespace aula::molecular::reference
