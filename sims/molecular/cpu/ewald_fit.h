// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/settings.h"

namespace aula::molecular::cpu {

/// beta (1/nm) with erfc(beta cutoff) = tolerance.
[[nodiscard]] double ewaldCoefficient(double cutoff, double tolerance);

/// The polynomials of the smooth part of Ewald's sum, in t = r^2 - centre, for 0 <= r <= cutoff: `force`
/// holds
/// -(erf(beta r)/r^3 - 2 beta/sqrt(pi) exp(-beta^2 r^2)/r^2), `energy` -erf(beta r)/r. Both are entire
/// functions of r^2 (Taylor's series of erf has odd powers alone), so that interpolation at Chebyshev's
/// points converges faster than any power of the degree. Throws core::Error (input) when their error would
/// show beside single precision.
void fitEwald(const NonbondedSettings& settings, PairConstants& constants);

}  // namespace aula::molecular::cpu
