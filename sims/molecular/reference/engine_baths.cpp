// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "molecular/model/constants.h"
#include "molecular/model/coupling.h"
#include "molecular/model/random.h"
#include "molecular/reference/baths.h"
#include "molecular/reference/reference_engine.h"

/// What follows the integration in a step, with step_ counted on already: random numbers are those of the
/// step before.
namespace aula::molecular::reference {

void ReferenceEngine::removeDrift() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  if (dynamics.centreOfMassInterval <= 0 || dynamics.integrator == Integrator::langevinMiddle ||
      step_ % dynamics.centreOfMassInterval != 0)
    return;
  Vec3 momentum;
  double mass = 0;
  for (std::size_t n = 0; n < count(); ++n) {
    momentum = momentum + plan_.masses[n] * velocities_[n];
    mass += plan_.masses[n];
  }
  for (Vec3& velocity : velocities_) velocity = velocity - momentum / mass;
}

/// Friction and noise of a Langevin bath over one step, exactly (Ornstein-Uhlenbeck), inside each ball.
void ReferenceEngine::heatRegions() {
  if (external_.regions.empty()) return;
  const double before = kinetic(velocities_);
  for (std::size_t region = 0; region < external_.regions.size(); ++region) {
    const HeatRegion& ball = external_.regions[region];
    const double a = std::exp(-settings_.dynamics.timeStep / ball.coupling);
    for (std::size_t n = 0; n < count(); ++n) {
      if (core::length(box_.nearest(positions_[n] - ball.centre)) > ball.radius) continue;
      const auto xi =
          randomGaussians<double>(settings_.dynamics.seed, step_ - 1, static_cast<std::uint32_t>(n),
                                  RandomPurpose::heatRegion, static_cast<std::uint32_t>(region));
      const double width = std::sqrt((1 - a * a) * kBoltzmann * ball.temperature / plan_.masses[n]);
      velocities_[n] = a * velocities_[n] + width * Vec3{xi.value[0], xi.value[1], xi.value[2]};
    }
  }
  if (settings_.dynamics.integrator == Integrator::velocityVerlet)
    constraints_.constrainVelocities(positions_, velocities_, box_);
  broughtIn_ += kinetic(velocities_) - before;
}

void ReferenceEngine::rescaleVelocities() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  if (dynamics.thermostat != Thermostat::velocityRescale || dynamics.integrator == Integrator::langevinMiddle)
    return;
  const double before = kinetic(velocities_);
  RandomStream random(dynamics.seed, step_ - 1, 0, RandomPurpose::thermostat);
  const double gaussian = random.gaussian();
  const double factor = VelocityRescale{before, plan_.degreesOfFreedom, dynamics.temperature,
                                        kCouplingInterval * dynamics.timeStep, dynamics.temperatureCoupling}
                            .factor(gaussian, random.sumOfSquares(plan_.degreesOfFreedom - 1));
  for (Vec3& velocity : velocities_) velocity = factor * velocity;
  broughtIn_ += kinetic(velocities_) - before;
}

void ReferenceEngine::rescaleCell(double pressure) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  RandomStream random(dynamics.seed, step_ - 1, 0, RandomPurpose::barostat);
  const double change = CellRescale{pressure,
                                    dynamics.pressure,
                                    dynamics.compressibility,
                                    box_.volume(),
                                    dynamics.temperature,
                                    kCouplingInterval * dynamics.timeStep,
                                    dynamics.pressureCoupling}
                            .logarithmOfRatio(random.gaussian());
  const double before = sums().energies.potential() + kinetic(velocities_);
  const double stretch = std::exp(change / 3);
  for (Vec3& position : positions_) position = stretch * position;
  for (Vec3& velocity : velocities_) velocity = velocity / stretch;
  box_ = {stretch * box_.a, stretch * box_.b, stretch * box_.c};
  forget();
  broughtIn_ += sums().energies.potential() + kinetic(velocities_) - before;
}

}  // namespace aula::molecular::reference
