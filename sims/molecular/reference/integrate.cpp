// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "molecular/model/constants.h"
#include "molecular/model/random.h"
#include "molecular/reference/reference_engine.h"

/// The integrators: how x and v get from step n to n + 1.
namespace aula::molecular::reference {

void ReferenceEngine::integrate(double dt) {
  switch (settings_.dynamics.integrator) {
    case Integrator::leapFrog:
      return stepLeapFrog(dt);
    case Integrator::velocityVerlet:
      return stepVelocityVerlet(dt);
    case Integrator::langevinMiddle:
      return stepLangevinMiddle(dt);
  }
}

void ReferenceEngine::kick(Vectors& velocities, double dt) {
  const Vectors& forces = sums().forces;
  for (std::size_t n = 0; n < count(); ++n)
    velocities[n] = velocities[n] + (dt / plan_.masses[n]) * forces[n];
}

void ReferenceEngine::constrain(const Vectors& before, double dt) {
  if (constraints_.isEmpty()) return;
  const Vectors free = positions_;
  constraints_.constrainPositions(before, positions_, box_);
  for (std::size_t n = 0; n < count(); ++n) velocities_[n] = velocities_[n] + (positions_[n] - free[n]) / dt;
}

/// v(n+1/2) = v(n-1/2) + dt f(n)/m;  x(n+1) = x(n) + dt v(n+1/2) (Hockney and Eastwood 1988, section 4-4).
void ReferenceEngine::stepLeapFrog(double dt) {
  const Vectors before = positions_;
  kick(velocities_, dt);
  for (std::size_t n = 0; n < count(); ++n) positions_[n] = positions_[n] + dt * velocities_[n];
  constrain(before, dt);
  forget();
}

/// v' = v + dt/2 f/m;  x += dt v';  v = v' + dt/2 f/m at the new place (Swope et al. 1982, eq. 5 to 7);
/// constraints by Andersen 1983.
void ReferenceEngine::stepVelocityVerlet(double dt) {
  const Vectors before = positions_;
  kick(velocities_, 0.5 * dt);
  for (std::size_t n = 0; n < count(); ++n) positions_[n] = positions_[n] + dt * velocities_[n];
  constrain(before, dt);
  forget();
  kick(velocities_, 0.5 * dt);
  constraints_.constrainVelocities(positions_, velocities_, box_);
}

/// Kick, half a drift, friction and noise, half a drift: the middle scheme in leap-frog form (Zhang, Liu,
/// Yan, Tuckerman and Liu 2019, section 2.2; with constraints as Zhang et al. 2019 II).
///   v'' = a v' + sqrt((1 - a^2) k T / m) xi,  a = exp(-dt / tau)
void ReferenceEngine::stepLangevinMiddle(double dt) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const Vectors before = positions_;
  kick(velocities_, dt);
  constraints_.constrainVelocities(positions_, velocities_, box_);
  const double kineticBefore = kinetic(velocities_);
  const double a = std::exp(-dt / dynamics.temperatureCoupling);
  for (std::size_t n = 0; n < count(); ++n) {
    positions_[n] = positions_[n] + (0.5 * dt) * velocities_[n];
    const auto xi =
        randomGaussians<double>(dynamics.seed, step_, static_cast<std::uint32_t>(n), RandomPurpose::langevin);
    const double width = std::sqrt((1 - a * a) * kBoltzmann * dynamics.temperature / plan_.masses[n]);
    velocities_[n] = a * velocities_[n] + width * Vec3{xi.value[0], xi.value[1], xi.value[2]};
    positions_[n] = positions_[n] + (0.5 * dt) * velocities_[n];
  }
  constrain(before, dt);
  forget();
  broughtIn_ += kinetic(velocities_) - kineticBefore;
}

}  // namespace aula::molecular::reference
