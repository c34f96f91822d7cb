// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "anatomy/muscle/hill.h"

namespace aula::anatomy {

HillMuscle::HillMuscle(const MuscleSpec& spec, const HillConstants& constants)
    : c_(constants),
      force_(spec.maximumForce),
      optimal_(spec.optimalLength),
      slack_(spec.slackLength),
      thickness_(spec.optimalLength * std::sin(spec.pennation)),
      shortest_(std::max(0.1 * spec.optimalLength, thickness_ / std::sqrt(0.99))) {}

MuscleMoment HillMuscle::momentAt(double fibre, double velocity, double activation, double length) const {
  MuscleMoment m;
  m.fibreLength = fibre;
  m.fibreVelocity = velocity;
  m.cosPennation = std::sqrt(1 - thickness_ * thickness_ / (fibre * fibre));
  m.tendonLength = length - fibre * m.cosPennation;
  const double L = fibre / optimal_, v = velocity / optimal_;
  m.active = force_ * activation * activeForceLength(c_, L) * forceVelocity(c_, activation, v);
  m.passive = force_ * passiveForce(c_, L);
  m.viscous = force_ * c_.fibreDamping * v / c_.maximumVelocity;
  m.tension = force_ * tendonForce(c_, m.tendonLength / slack_ - 1);
  return m;
}

/// How fast the surplus of the tendon's pull over the fibre's, along the tendon, falls as the fibre gets
/// longer: the derivatives of the curves, most of them from the curves' own values.
double HillMuscle::slopeOf(const MuscleMoment& m, double rate, double activation) const {
  const double L = m.fibreLength / optimal_, cosine = m.cosPennation, sine2 = 1 - cosine * cosine;
  const double tendon = force_ * tendonStiffness(c_, m.tendonLength / slack_ - 1) / (slack_ * cosine);
  const double fibre = m.active + m.passive + m.viscous;
  double active = m.active * -2 * (L - 1) / c_.activeShape / optimal_;
  if (rate > 0)
    active += force_ * activation * activeForceLength(c_, L) *
              forceVelocitySlope(c_, activation, m.fibreVelocity / optimal_) * rate / optimal_;
  const double passive = force_ * passiveStiffness(c_, L) / optimal_;
  const double viscous = force_ * c_.fibreDamping * rate / (c_.maximumVelocity * optimal_);
  return tendon + sine2 / (m.fibreLength * cosine) * fibre + cosine * (active + passive + viscous);
}

MuscleMoment HillMuscle::balance(double rate, double before, double activation, double length,
                                 double guess) const {
  // What the tendon pulls more than the fibre, N: falls as the fibre gets longer.
  MuscleMoment m;
  const auto surplus = [&](double fibre) {
    m = momentAt(fibre, rate * (fibre - before), activation, length);
    return m.tension - m.cosPennation * (m.active + m.passive + m.viscous);
  };
  // Newton's method inside a bracket that shrinks; bisection where it would leave it. At the upper end the
  // tendon is slack by 5 % or the fibre is not shortened at all, and pulls more than the tendon.
  double low = shortest_, high = std::max(low * 1.001, std::hypot(length - 0.95 * slack_, thickness_));
  if (rate > 0) high = std::max(high, before);
  double x = std::clamp(guess, low, high);
  bool isLowKnown = false;
  for (int round = 0; round < 100; ++round) {
    const double f = surplus(x);
    if (std::abs(f) <= 1e-11 * force_) break;
    if (f > 0) {
      low = x;
      isLowKnown = true;
    } else {
      // Too short a way for even the shortest fibre: it lies there slack.
      if (x <= shortest_) break;
      high = x;
    }
    if (high - low <= 1e-15 * optimal_) break;
    double next = x + f / slopeOf(m, rate, activation);
    if (!(next > low && next < high)) next = isLowKnown || next > low ? (low + high) / 2 : low;
    x = next;
  }
  return m;
}

MuscleMoment HillMuscle::atRest(double activation, double length, Tendon tendon) const {
  if (tendon == Tendon::rigid) return rigid(activation, length, 0);
  return balance(0, 0, activation, length, std::hypot(std::max(0.0, length - 1.02 * slack_), thickness_));
}

MuscleMoment HillMuscle::after(double seconds, double fibreBefore, double activation, double length) const {
  return balance(1 / seconds, fibreBefore, activation, length, fibreBefore);
}

MuscleMoment HillMuscle::rigid(double activation, double length, double velocity) const {
  const double fibre = std::max(shortest_, std::hypot(std::max(0.0, length - slack_), thickness_));
  MuscleMoment m = momentAt(fibre, 0, activation, length);
  const bool isSlack = fibre <= shortest_;
  m = momentAt(fibre, isSlack ? 0 : velocity * m.cosPennation, activation, length);
  m.tendonLength = std::min(slack_, m.tendonLength);
  // A fibre cannot push: what is viscous ends where the tendon goes slack.
  m.viscous = std::max(m.viscous, -(m.active + m.passive));
  m.tension = isSlack ? 0 : m.cosPennation * (m.active + m.passive + m.viscous);
  return m;
}

double HillMuscle::tendonEnergyAt(double tendonLength) const {
  return force_ * slack_ * tendonEnergy(c_, tendonLength / slack_ - 1);
}

double HillMuscle::passiveEnergyAt(double fibreLength) const {
  return force_ * optimal_ * passiveEnergy(c_, fibreLength / optimal_);
}

}  // namespace aula::anatomy
