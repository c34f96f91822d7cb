// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/host_device.h"

/// What acts between two atoms, as force over distance (kJ/mol/nm^2: times the difference of positions it is
/// the force on the first), from powers of the inverse distance. `Real` is a float, a double or a vector of
/// them.
namespace aula::molecular {

AULA_HD float multiplyAdd(float a, float b, float c) {
  return a * b + c;
}
AULA_HD double multiplyAdd(double a, double b, double c) {
  return a * b + c;
}

/// c[0] + c[1] t + ... + c[degree] t^degree.
template <int degree, class Real>
AULA_HD Real polynomial(const Real* c, Real t) {
  Real sum = c[degree];
  for (int n = degree - 1; n >= 0; --n) sum = multiplyAdd(sum, t, c[n]);
  return sum;
}

/// Lennard-Jones V = c12/r^12 - c6/r^6 by the geometric rule or a table; takes 6 c6 and 12 c12.
template <class Real>
AULA_HD Real lennardJonesForce(Real sixC6, Real twelveC12, Real inverse2, Real inverse6) {
  return (twelveC12 * inverse6 - sixC6) * (inverse6 * inverse2);
}
/// The same from (sigma/r)^6 and 48 epsilon.
template <class Real>
AULA_HD Real lennardJonesForceOfSigma(Real epsilon48, Real ratio6, Real inverse2) {
  return (epsilon48 * ratio6) * ((ratio6 - Real(0.5F)) * inverse2);
}

/// The switch 1 - 10 x^3 + 15 x^4 - 6 x^5 of the potential and its slope by x, 0 <= x <= 1 (GROMACS manual,
/// "modified non-bonded interactions", potential-switch).
template <class Real>
AULA_HD Real switchValue(Real x) {
  return Real(1.0F) + x * x * x * (x * (Real(15.0F) - Real(6.0F) * x) - Real(10.0F));
}
template <class Real>
AULA_HD Real switchSlope(Real x) {
  return Real(-30.0F) * x * x * (Real(1.0F) - x) * (Real(1.0F) - x);
}

}  // namespace aula::molecular
