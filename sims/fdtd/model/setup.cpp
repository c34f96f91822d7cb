// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/setup.h"

#include <cmath>

#include "core/units/constants.h"

namespace aula::fdtd {

double Waveform::value(double t) const {
  if (t < 0) return 0;
  const double s = width > 0 ? (t - delay) / width : 0;
  switch (kind) {
    case Kind::gaussianPulse:
      return std::exp(-0.5 * s * s) * std::sin(2 * core::kPi * frequency * (t - delay) + phase);
    case Kind::gaussian: return std::exp(-0.5 * s * s);
    case Kind::gaussianDerivative: return -s * std::exp(0.5 - 0.5 * s * s);
    case Kind::continuous: {
      const double envelope = t >= ramp ? 1 : std::pow(std::sin(0.5 * core::kPi * t / ramp), 2);
      return envelope * std::sin(2 * core::kPi * frequency * t + phase);
    }
  }
  return 0;
}

double courantLimit(const Grid& grid) {
  double sum = 1 / (grid.dx * grid.dx) + 1 / (grid.dy * grid.dy);
  if (grid.dimensions == Dimensions::three) sum += 1 / (grid.dz * grid.dz);
  return 1 / (core::kSpeedOfLight * std::sqrt(sum));
}

}  // namespace aula::fdtd
