// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace aula::molecular::reference {

/// What velocities are multiplied with by the stochastic thermostat of Bussi, Donadio and Parrinello 2007
/// (eq. A7), so that the kinetic energy follows
///   dK = (Kbar - K) dt/tau + 2 sqrt(K Kbar / Nf) dW / sqrt(tau)
/// exactly over any `time`.
struct VelocityRescale {
  double kinetic = 0;          ///< kJ/mol, now
  int degreesOfFreedom = 0;    ///< Nf
  double temperature = 300;    ///< K
  double time = 0, tau = 0.1;  ///< ps
  /// `gaussian` and the sum of the squares of Nf - 1 others.
  [[nodiscard]] double factor(double gaussian, double sumOfSquares) const;
};

/// By how much the logarithm of the volume changes (Bernetti and Bussi 2020, eq. 7):
///   d ln V = -(beta/tau) (P0 - P) dt + sqrt(2 k T beta / (V tau)) dW.
struct CellRescale {
  double pressure = 0, target = 1;  ///< bar, now and wanted
  double compressibility = 4.5e-5;  ///< beta, 1/bar
  double volume = 0;                ///< nm^3
  double temperature = 300;         ///< K
  double time = 0, tau = 1;         ///< ps
  [[nodiscard]] double logarithmOfRatio(double gaussian) const;
};

}  // namespace aula::molecular::reference
