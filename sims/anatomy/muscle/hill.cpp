// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/hill.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {
namespace {

// Thelen 2003, below equation 5: the tendon's toe.
constexpr double kToeShape = 3, kToeForce = 0.33, kToeStrain = 0.609, kLinear = 1.712;

double eccentricSlope(const HillConstants& c) {
  return (2 + 2 / c.forceVelocityShape) / (c.lengtheningForce - 1);
}

double fastest(const HillConstants& c, double a) {
  return c.maximumVelocity * (0.25 + 0.75 * a);
}

}  // namespace

double activationRate(const HillConstants& c, double a, double u) {
  const double slow = 0.5 + 1.5 * a;
  return u > a ? (u - a) / (c.activationTime * slow) : (u - a) * slow / c.deactivationTime;
}

double activationAfter(const HillConstants& c, double a, double u, double seconds) {
  const double k1 = activationRate(c, a, u);
  const double k2 = activationRate(c, a + seconds / 2 * k1, u);
  const double k3 = activationRate(c, a + seconds / 2 * k2, u);
  const double k4 = activationRate(c, a + seconds * k3, u);
  return std::clamp(a + seconds / 6 * (k1 + 2 * k2 + 2 * k3 + k4), c.leastActivation, 1.0);
}

double passiveForce(const HillConstants& c, double L) {
  return L <= 1 ? 0 : std::expm1(c.passiveShape * (L - 1) / c.passiveStrain) / std::expm1(c.passiveShape);
}

double passiveStiffness(const HillConstants& c, double L) {
  const double k = c.passiveShape / c.passiveStrain;
  return L <= 1 ? 0 : k * std::exp(k * (L - 1)) / std::expm1(c.passiveShape);
}

double passiveEnergy(const HillConstants& c, double L) {
  if (L <= 1) return 0;
  const double k = c.passiveShape / c.passiveStrain;
  return (std::expm1(k * (L - 1)) / k - (L - 1)) / std::expm1(c.passiveShape);
}

double activeForceLength(const HillConstants& c, double L) {
  return std::exp(-(L - 1) * (L - 1) / c.activeShape);
}

double tendonForce(const HillConstants& c, double strain) {
  if (strain <= 0) return 0;
  const double toe = kToeStrain * c.tendonStrain;
  return strain <= toe ? kToeForce * std::expm1(kToeShape * strain / toe) / std::expm1(kToeShape)
                       : kToeForce + kLinear / c.tendonStrain * (strain - toe);
}

double tendonStiffness(const HillConstants& c, double strain) {
  if (strain <= 0) return 0;
  const double toe = kToeStrain * c.tendonStrain, k = kToeShape / toe;
  return strain <= toe ? kToeForce * k * std::exp(k * strain) / std::expm1(kToeShape)
                       : kLinear / c.tendonStrain;
}

double tendonEnergy(const HillConstants& c, double strain) {
  if (strain <= 0) return 0;
  const double toe = kToeStrain * c.tendonStrain, low = std::min(strain, toe), k = kToeShape / toe;
  const double inToe = kToeForce * (std::expm1(k * low) / k - low) / std::expm1(kToeShape);
  const double high = std::max(0.0, strain - toe);
  return inToe + high * (kToeForce + kLinear / c.tendonStrain * high / 2);
}

double forceVelocity(const HillConstants& c, double a, double v) {
  const double w = v / fastest(c, a);
  if (w <= -1) return 0;
  if (w <= 0) return (1 + w) / (1 - w / c.forceVelocityShape);
  const double k = eccentricSlope(c);
  return (1 + k * w * c.lengtheningForce) / (1 + k * w);
}

double forceVelocitySlope(const HillConstants& c, double a, double v) {
  const double w = v / fastest(c, a);
  if (w <= -1) return 0;
  if (w <= 0) {
    const double down = 1 - w / c.forceVelocityShape;
    return (1 + 1 / c.forceVelocityShape) / (down * down * fastest(c, a));
  }
  const double k = eccentricSlope(c), down = 1 + k * w;
  return k * (c.lengtheningForce - 1) / (down * down * fastest(c, a));
}

double velocityAt(const HillConstants& c, double a, double forceLength, double activeForce) {
  const double isometric = a * forceLength;
  const double b = activeForce <= isometric
                       ? isometric + activeForce / c.forceVelocityShape
                       : eccentricSlope(c) * (isometric * c.lengtheningForce - activeForce);
  return fastest(c, a) * (activeForce - isometric) / b;
}

}  // namespace aula::anatomy
