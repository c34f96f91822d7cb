// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/model/host_device.h"

/// Yee's update (Yee, IEEE Trans. Antennas Propag. 14, 302, 1966; Taflove and Hagness 2005, eqs. 3.29
/// and 3.30) for one component at one place, over any value type: float, double, or a vector of lanes with
/// its own operators and its own multiplyAdd(a, b, c) = a b + c found by argument-dependent look-up.
///
/// With H' = eta0 H both halves read alike. Let D_a f = f(neighbour along a) - f(here), the neighbour at
/// index - 1 for an electric component and at index + 1 for a magnetic one. Then, X, Y, Z in cyclic order and
/// O the other field,
///   X' = X - loss X + cb [ (D_z O_y) a_z - (D_y O_z) a_y ],
/// since curl H taken backwards and -curl E taken forwards give the same signs. The coefficients are
///   a_y    = c0 dt / (dy kappa_y)
///   loss, cb = 0, 1/eps_r                                     without loss,
///              2 s / (1 + s), (1/eps_r) / (1 + s)             with it, s = sigma dt / (2 eps0 eps_r)
/// (Taflove and Hagness eq. 3.25; for H the dual: 1/mu_r, s = sigma_m dt / (2 mu0 mu_r)). Writing 1 - loss
/// instead of (1 - s) / (1 + s) keeps a small conductivity exact in single precision.
namespace aula::fdtd {

AULA_HD float multiplyAdd(float a, float b, float c) {
  return __builtin_fmaf(a, b, c);
}
AULA_HD double multiplyAdd(double a, double b, double c) {
  return __builtin_fma(a, b, c);
}

/// The bracket: d1 a1 - d2 a2.
template <class V>
AULA_HD V curlTerm(V d1, V a1, V d2, V a2) {
  return multiplyAdd(d1, a1, -(d2 * a2));
}

template <class V>
AULA_HD V yeeLossless(V field, V cb, V curl) {
  return multiplyAdd(cb, curl, field);
}

template <class V>
AULA_HD V yeeLossy(V field, V loss, V cb, V curl) {
  return multiplyAdd(cb, curl, multiplyAdd(-loss, field, field));
}

/// Coefficients of one place. `inverse` is 1/eps_r (1/mu_r); `halfLoss` is sigma dt / (2 eps0) plus what
/// dispersion adds (ade.h), dual sigma_m dt / (2 mu0).
struct YeeCoefficients {
  double loss = 0, cb = 1;
};
AULA_HD YeeCoefficients yeeCoefficients(double inverse, double halfLoss) {
  const double s = halfLoss * inverse;
  return {2 * s / (1 + s), inverse / (1 + s)};
}

}  // namespace aula::fdtd
