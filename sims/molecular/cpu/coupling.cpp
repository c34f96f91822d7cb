// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/coupling.h"

#include <algorithm>
#include <cmath>

#include "molecular/model/constants.h"
#include "molecular/model/random.h"

namespace aula::molecular::cpu {

double velocityRescaleFactor(double kinetic, int degreesOfFreedom, double temperature, double coupling,
                             double time, std::uint64_t seed, std::int64_t step) {
  if (!(kinetic > 0)) return 1;  // What is at rest has no velocities to scale.
  const double keep = coupling > 0 ? std::exp(-time / coupling) : 0;
  RandomStream random(seed, step, 0, RandomPurpose::thermostat);
  const double first = random.gaussian(), rest = random.sumOfSquares(degreesOfFreedom - 1);
  // The kinetic energy wanted for each degree of freedom, over the one that is there.
  const double share = 0.5 * kBoltzmann * temperature / kinetic;
  const double square =
      keep + (1 - keep) * share * (first * first + rest) + 2 * first * std::sqrt(keep * (1 - keep) * share);
  // The sign of alpha (eq. A8): rarely, where the noise turns velocities round.
  const double sign = first + std::sqrt(keep / (share * (1 - keep)));
  return std::copysign(std::sqrt(std::max(square, 0.0)), sign);
}

double cellRescaleChange(const DynamicsSettings& settings, double pressure, double volume, double time,
                         std::int64_t step) {
  const double rate = settings.compressibility * time / settings.pressureCoupling;  // 1/bar
  RandomStream random(settings.seed, step, 0, RandomPurpose::barostat);
  const double noise =
      std::sqrt(2 * kBoltzmann * settings.temperature * kBarPerUnit * rate / volume) * random.gaussian();
  return -rate * (settings.pressure - pressure) + noise;
}

}  // namespace aula::molecular::cpu
