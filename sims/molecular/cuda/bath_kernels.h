// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/device_math.h"
#include "molecular/cuda/totals.h"
#include "molecular/model/constants.h"
#include "molecular/model/coupling.h"

/// Thermostat and barostat on the device, so that no sum has to travel to the host in between steps. Their
/// random numbers do not depend on the system's state: the host draws them ahead.
namespace aula::molecular::cuda {

/// Set points, in device memory, since they may be turned while recorded steps run.
struct DeviceBaths {
  double temperature, temperatureCoupling;                      ///< K, ps
  double pressure, pressureCoupling, compressibility;           ///< bar, ps, 1/bar
  double degreesOfFreedom, timeStep;                            ///< -, ps
  double backgroundTimesVolume, dispersionPressureTimesSquare;  ///< See BulkTerms.
  float langevinNoise;  ///< sqrt((1 - keep^2) k T) of the friction in the middle
};

/// What one coupling draws: a Gaussian and the sum of the squares of all others for the thermostat, a
/// Gaussian for the barostat.
struct CouplingDraws {
  double thermostat, thermostatSquares, barostat;
};

/// One thread: factors for velocities and positions, the cell scaled, what was brought in counted.
struct CoupleBody {
  static constexpr const char* kName = "couple to baths";
  bool hasThermostat, hasBarostat;
  const DeviceBaths* baths;
  const CouplingDraws* draws;  ///< From the coupling after *firstStep on.
  const std::int64_t* step;    ///< The step that is being made: it arrives at *step + 1.
  const std::int64_t* firstStep;
  double* totals;
  double* boxLengths;  ///< The cell in double: ax, bx, by, cx, cy, cz.
  DeviceCell* cell;
  float* velocityFactor;
  float* positionFactor;

  AULA_HD void operator()(long) const {
    const DeviceBaths bath = *baths;
    const CouplingDraws draw = draws[(*step + 1) / kCouplingInterval - *firstStep / kCouplingInterval - 1];
    const double time = kCouplingInterval * bath.timeStep;
    double factor = 1, scale = 1, kinetic = totals[kMotionTotals];
    const double kT = kBoltzmann * bath.temperature;
    if (hasThermostat && kinetic > 0) {
      // Bussi, Donadio and Parrinello 2007, eqs. A7 and A8.
      const double c = bath.temperatureCoupling > 0 ? exp(-time / bath.temperatureCoupling) : 0;
      const double share = 0.5 * kT / kinetic;
      const double square = c +
                            share * (1 - c) * (draw.thermostat * draw.thermostat + draw.thermostatSquares) +
                            2 * draw.thermostat * sqrt(c * share * (1 - c));
      factor = sqrt(square > 0 ? square : 0);
      if (draw.thermostat + sqrt(c / (share * (1 - c))) < 0) factor = -factor;
      totals[kBathTotal] += (square - 1) * kinetic;
      kinetic *= square;
    }
    if (hasBarostat) {
      // Bernetti and Bussi 2020, eq. 7, with the pressure the step began with.
      const double volume = boxLengths[0] * boxLengths[2] * boxLengths[5];
      double trace = 0, rigid = 0;
      for (int n = 0; n < 3; ++n) {
        trace += totals[kVirialTotals + n];
        rigid += totals[kRigidTotals + n];
      }
      trace -= 1.5 * (bath.backgroundTimesVolume + bath.dispersionPressureTimesSquare) / volume;
      const double pressure = 2.0 / 3 * (totals[kTrialKinetic] - trace - rigid) / volume * kBarPerUnit;
      const double logarithm =
          -bath.compressibility / bath.pressureCoupling * (bath.pressure - pressure) * time +
          sqrt(2 * kT * kBarPerUnit * bath.compressibility * time / (volume * bath.pressureCoupling)) *
              draw.barostat;
      scale = exp(logarithm / 3);
      factor /= scale;
      // Scaling does work against forces, to first order; constraints are no potential.
      totals[kBathTotal] += kinetic * (1 / (scale * scale) - 1) + 2 * trace * (scale - 1);
      for (int n = 0; n < 6; ++n) boxLengths[n] *= scale;
      const auto f = [](double v) { return static_cast<float>(v); };
      *cell = {f(boxLengths[0]),     f(boxLengths[1]),     f(boxLengths[2]),
               f(boxLengths[3]),     f(boxLengths[4]),     f(boxLengths[5]),
               f(1 / boxLengths[0]), f(1 / boxLengths[2]), f(1 / boxLengths[5])};
    }
    *velocityFactor = static_cast<float>(factor);
    *positionFactor = static_cast<float>(scale);
  }
};
using Couple = compute::ForEach<CoupleBody>;

/// Totals begin at zero, but for what baths brought in.
struct ClearTotalsBody {
  static constexpr const char* kName = "clear totals";
  double* totals;
  AULA_HD void operator()(long n) const {
    if (n != kBathTotal) totals[n] = 0;
  }
};
using ClearTotals = compute::ForEach<ClearTotalsBody>;

/// The kinetic energy that goes into the pressure: of leap-frog and Langevin middle the mean of before and
/// after.
struct TrialKineticBody {
  static constexpr const char* kName = "kinetic energy of a trial";
  bool isMean;
  double* totals;
  AULA_HD void operator()(long) const {
    totals[kTrialKinetic] =
        isMean ? 0.5 * (totals[kMotionTotals] + totals[kNextMotionTotals]) : totals[kMotionTotals];
  }
};
using TrialKinetic = compute::ForEach<TrialKineticBody>;

/// Adds to what baths brought in the change from one sum of motion to the other.
struct CountBathBody {
  static constexpr const char* kName = "count the bath";
  double* totals;
  AULA_HD void operator()(long) const {
    totals[kBathTotal] += totals[kNextMotionTotals] - totals[kMotionTotals];
  }
};
using CountBath = compute::ForEach<CountBathBody>;

}  // namespace aula::molecular::cuda
