// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/host_device.h"

namespace aula::anatomy::heart {

/// Aliev and Panfilov, Chaos Solitons Fractals 7, 293 (1996), eqs. 1, 2 and section 2:
///
///     du/dt = -k u (u - a)(u - 1) - u v
///     dv/dt = (eps0 + mu1 v / (u + mu2)) (-v - k u (u - a - 1))
///
/// u is the potential (0: rest, 1: its peak), v the recovery. A unit of time is 12.9 ms and V = (100 u - 80)
/// mV (their section 2). Excitability multiplies k of the first equation alone.
template <class Real>
struct AlievPanfilov {
  static constexpr Real kK = Real(8), kA = Real(0.15), kEps0 = Real(0.002), kMu1 = Real(0.2),
                        kMu2 = Real(0.3);

  Real timeStep;  ///< In units of time.
  Real gain;      ///< k times the excitability.

  /// One step. u by the trapezoidal rule linearised (Rosenbrock), so that even a shock that takes u to 10
  /// dies down; v by Euler's with u in the middle of the step. Second order in u, first in the coupling to v.
  /// `pace`: times eps, one over the node's factor of duration.
  AULA_HD void step(Real& u, Real& v, Real pace) const {
    const Real rate = u * (gain * (u - kA) * (Real(1) - u) - v);
    const Real slope = gain * (u * (Real(2) * (Real(1) + kA) - Real(3) * u) - kA) - v;
    const Real bottom = Real(1) - Real(0.5) * timeStep * slope;
    // Below rest eps keeps its value at rest: u + mu2 must not come near zero.
    const Real sum = (u > Real(0) ? u : Real(0)) + kMu2;
    // One division for both quotients.
    const Real inverse = Real(1) / (bottom * sum);
    const Real next = u + timeStep * rate * (sum * inverse);
    const Real middle = Real(0.5) * (u + next);
    const Real eps = kEps0 + kMu1 * v * (bottom * inverse);
    v += timeStep * (pace * eps) * (kK * middle * (Real(1) + kA - middle) - v);
    u = next;
  }
};

}  // namespace aula::anatomy::heart
