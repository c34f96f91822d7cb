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

MuscleMoment HillMuscle::balance(double rate, double before, double activation, double length,
                                 double guess) const {
  // What the tendon pulls more than the fibre, N: falls as the fibre gets longer. Beyond `longest` the tendon
  // is slack by 5 % and pulls less than any fibre.
  const double along = length - 0.95 * slack_;
  double low = shortest_, high = std::max(low * 1.001, std::hypot(along, thickness_));
  MuscleMoment m;
  const auto surplus = [&](double fibre) {
    m = momentAt(fibre, rate * (fibre - before), activation, length);
    return m.tension - m.cosPennation * (m.active + m.passive + m.viscous);
  };
  // Too short a way for even the shortest fibre: it lies there slack.
  if (surplus(low) <= 0) return m;
  // A fibre pushed shorter than its velocity allows bears nothing, and a slack tendon neither: both ends hold
  // it.
  if (rate > 0 && surplus(high) > 0) high = std::max(high, before);

  // Secant steps inside a bracket that shrinks; bisection where they leave it.
  double x = std::clamp(guess, low, high), f = surplus(x);
  double lastX = x, lastF = f;
  (f > 0 ? low : high) = x;
  x = std::clamp(x + (f > 0 ? 1e-4 : -1e-4) * optimal_, low, high);
  for (int round = 0; round < 100; ++round) {
    f = surplus(x);
    (f > 0 ? low : high) = x;
    if (std::abs(f) <= 1e-12 * force_ || high - low <= 1e-15 * optimal_) break;
    double next = f == lastF ? low : x - f * (x - lastX) / (f - lastF);
    if (!(next > low && next < high) || round % 8 == 7) next = (low + high) / 2;
    lastX = x;
    lastF = f;
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
