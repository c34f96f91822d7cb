// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/host_device.h"

namespace aula::molecular {

inline constexpr int kMostSplineOrder = 5;

/// Cardinal B-splines of an order of 2 to kMostSplineOrder at a place `w` (0 to 1) behind a node: weights of
/// that node and the next ones, and their slopes by w (Essmann et al. 1995, eqs. 4.1 and 4.2, by recursion
/// from order 2). Spreading with node + n rather than node - order + 1 + n turns the phase of the transform
/// and nothing that is seen.
template <class Real>
AULA_HD void splineWeights(Real w, int order, Real* weight, Real* slope) {
  weight[0] = Real(1) - w;
  weight[1] = w;
  for (int m = 3; m <= order; ++m) {
    // Slopes of order m come from weights of order m - 1; the last order's are kept.
    if (m == order) {
      slope[0] = -weight[0];
      for (int n = 1; n < order - 1; ++n) slope[n] = weight[n - 1] - weight[n];
      slope[order - 1] = weight[order - 2];
    }
    const Real share = Real(1) / static_cast<Real>(m - 1);
    weight[m - 1] = share * w * weight[m - 2];
    for (int n = m - 2; n > 0; --n)
      weight[n] = share * ((w + static_cast<Real>(m - 1 - n)) * weight[n - 1] +
                           (static_cast<Real>(n + 1) - w) * weight[n]);
    weight[0] = share * (Real(1) - w) * weight[0];
  }
}

}  // namespace aula::molecular
