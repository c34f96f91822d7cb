// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "anatomy/tissue/model/formula/law.h"

namespace aula::anatomy::tissue {

/// J of one tetrahedron, 0 at rest; without the points' part and without damping.
inline double energyOf(const Constants<double>& c, const Matrix<double>& gradient) {
  const double more = stretchOf(gradient), dilation = dilationOf(gradient);
  double energy =
      c.mu / 2 * (more - std::log1p(more / 4)) + c.gamma / 2 * dilation * dilation - 0.75 * c.mu * dilation;
  const Vector<double> fa = deformationOf(gradient) * c.fibre;
  if (dot(c.fibre, c.fibre) > 0) {
    const double stretch = std::sqrt(dot(fa, fa)), rise = std::max(stretch - 1, 0.0);
    const double x = std::clamp(1 - stretch, 0.0, kFibreWidth);
    energy += c.volume * (c.active * (rise - x + x * x * x / (3 * kFibreWidth * kFibreWidth)) +
                          c.passive / 2 * rise * rise);
  }
  return energy;
}

}  // namespace aula::anatomy::tissue
