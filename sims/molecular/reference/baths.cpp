// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/baths.h"

#include <cmath>

#include "molecular/model/constants.h"

namespace aula::molecular::reference {

double VelocityRescale::factor(double gaussian, double sumOfSquares) const {
  if (kinetic <= 0) return 1;  // Nothing to scale.
  const double c = tau > 0 ? std::exp(-time / tau) : 0;
  const double share = 0.5 * kBoltzmann * temperature / kinetic;  // Kbar / (Nf K)
  const double square = c + share * (1 - c) * (gaussian * gaussian + sumOfSquares) +
                        2 * gaussian * std::sqrt(c * share * (1 - c));
  // The sign of alpha (eq. A8) matters only where the noise turns the velocities round.
  const double sign = gaussian + std::sqrt(c / (share * (1 - c)));
  return std::copysign(std::sqrt(square), sign);
}

double CellRescale::logarithmOfRatio(double gaussian) const {
  const double kT = kBoltzmann * temperature * kBarPerUnit;  // bar nm^3
  return -compressibility / tau * (target - pressure) * time +
         std::sqrt(2 * kT * compressibility * time / (volume * tau)) * gaussian;
}

}  // namespace aula::molecular::reference
