// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/model/host_device.h"
#include "fdtd/model/setup.h"
#include "fdtd/model/yee.h"

/// Convolutional perfectly matched layer, Roden and Gedney, Microw. Opt. Technol. Lett. 27, 334 (2000).
///
/// Every derivative D_a f / da becomes (1/kappa) D_a f / da + psi (their eq. 16), with
///   psi = b psi + c D_a f / da        (eqs. 19, 20)
///   b   = exp(-(sigma / kappa + alpha) dt / eps0)
///   c   = sigma (b - 1) / (sigma kappa + kappa^2 alpha).
/// Here differences are not divided by da: a = c0 dt / (da kappa) and c carries c0 dt / da, so that psi has
/// the field's unit.
namespace aula::fdtd {

template <class V>
AULA_HD V cpmlAccumulate(V psi, V b, V c, V difference) {
  return multiplyAdd(c, difference, b * psi);
}

/// a, b, c along one axis. `electric` is indexed by node 0..n (backward differences at nodes), `magnetic` by
/// cell 0..n-1 (forward differences at half cells). Outside layers a = c0 dt / da, b = c = 0.
struct CpmlCoefficients {
  double a = 0, b = 0, c = 0;
};
struct CpmlAxis {
  std::vector<CpmlCoefficients> electric, magnetic;
  int lowCells = 0, highCells = 0;  ///< Thickness of the layers; 0: the face has none.
  /// Whether the coefficients at an index have a memory: inside a layer.
  [[nodiscard]] bool isInLayer(bool isElectric, int index) const;
};

/// Coefficients along an axis of a valid setup.
[[nodiscard]] CpmlAxis makeCpmlAxis(const Setup& setup, int axis);

}  // namespace aula::fdtd
