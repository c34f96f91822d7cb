// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "core/units/constants.h"
#include "fdtd/model/host_device.h"
#include "fdtd/model/setup.h"
#include "fdtd/model/yee.h"

/// Dispersion by auxiliary differential equations, discretised by the trapezoidal rule (Taflove and Hagness
/// 2005, section 9.4, write the same equations with central differences). Each pole has, at its electric
/// component and at whole steps,
///   p = P / eps0   and   q = dt (dP/dt) / eps0,   in V/m.
/// With e = E(n+1) + E(n) one step is
///   lorentz, drude:  dq = -d q - b p + g e;  dp = q + dq / 2;  q += dq;  p += dp       (drude: b = 0, p not
///   needed) debye:           dp = -b p + g e;        p += dp                                   (q not
///   needed)
/// which is eps(w) with w replaced by (2 / dt) tan(w dt / 2): passive, and stable wherever the scheme without
/// it is. The field's own update subtracts cb L and gains a loss G, L and G being the sums over poles of the
/// parts of dp without e and of the factors of e in dp.
namespace aula::fdtd {

struct PoleCoefficients {
  double d = 0, b = 0, g = 0;
  double G = 0;  ///< This pole's part of the factor of e.
  bool hasP = false, hasQ = false;
};

inline PoleCoefficients poleCoefficients(const Pole& pole, double dt) {
  PoleCoefficients c;
  switch (pole.kind) {
    case Pole::Kind::lorentz: {
      const double w2 = pole.frequency * pole.frequency * dt * dt;
      const double a = pole.damping * dt / 2 + w2 / 4;
      c = {2 * a / (1 + a), w2 / (1 + a), pole.strength * w2 / (2 * (1 + a)), 0, true, true};
      c.G = c.g / 2;
      break;
    }
    case Pole::Kind::drude: {
      const double w2 = pole.frequency * pole.frequency * dt * dt;
      const double a = pole.damping * dt / 2;
      c = {2 * a / (1 + a), 0, w2 / (2 * (1 + a)), 0, false, true};
      c.G = c.g / 2;
      break;
    }
    case Pole::Kind::debye: {
      const double u = dt / (2 * pole.relaxation);
      c = {0, 2 * u / (1 + u), pole.strength * u / (1 + u), 0, true, false};
      c.G = c.g;
      break;
    }
  }
  return c;
}

/// What a pole takes from its field: the part of dp without e.
template <class V>
AULA_HD V lorentzLag(V p, V q, V d, V b) {
  return multiplyAdd(V(-0.5F), multiplyAdd(d, q, b * p), q);
}
template <class V>
AULA_HD V drudeLag(V q, V d) {
  return multiplyAdd(V(-0.5F) * d, q, q);
}
template <class V>
AULA_HD V debyeLag(V p, V b) {
  return -(b * p);
}

/// One step of a pole's state once E(n+1) is known.
template <class V>
AULA_HD void lorentzStep(V& p, V& q, V d, V b, V g, V e) {
  const V dq = multiplyAdd(g, e, -multiplyAdd(d, q, b * p));
  p = p + multiplyAdd(V(0.5F), dq, q);
  q = q + dq;
}
template <class V>
AULA_HD void drudeStep(V& q, V d, V g, V e) {
  q = q + multiplyAdd(g, e, -(d * q));
}
template <class V>
AULA_HD void debyeStep(V& p, V b, V g, V e) {
  p = p + multiplyAdd(g, e, -(b * p));
}

}  // namespace aula::fdtd
