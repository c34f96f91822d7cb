// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "anatomy/airways/air.h"

/// Springs of breathing: lungs and chest wall, for the whole body; SI.
namespace aula::anatomy {

/// A sigmoid (Venegas, Harris and Simon, J. Appl. Physiol. 84, 389, 1998, equation 1), solved for pressure:
///   V = a + b / (1 + exp(-(P - c) / d))   =>   P = c + d ln((V - a) / (a + b - V)).
/// Near its ends, and beyond, the logarithm goes on as a straight line, so that there is always an answer.
struct Sigmoid {
  double a = 0, b = 0;  ///< m^3
  double c = 0, d = 0;  ///< Pa

  [[nodiscard]] double pressure(double volume) const {
    const double x = (volume - a) / b;
    if (x < kEdge) return c + d * (std::log(kEdge / (1 - kEdge)) + (x - kEdge) * kEdgeSlope);
    if (x > 1 - kEdge) return c + d * (std::log((1 - kEdge) / kEdge) + (x - 1 + kEdge) * kEdgeSlope);
    return c + d * std::log(x / (1 - x));
  }
  /// dP/dV
  [[nodiscard]] double elastance(double volume) const {
    const double x = std::clamp((volume - a) / b, kEdge, 1 - kEdge);
    return d / (b * x * (1 - x));
  }
  /// Integral of the pressure from a + b / 2, within the sigmoid's ends.
  [[nodiscard]] double energy(double volume) const {
    const double x = std::clamp((volume - a) / b, kEdge, 1 - kEdge);
    const double entropy = x * std::log(x) + (1 - x) * std::log(1 - x) + std::log(2.0);
    double energy = b * (c * (x - 0.5) + d * entropy);
    const double beyond = volume - (a + b * x);
    if (beyond != 0) energy += beyond * (pressure(a + b * x) + 0.5 * beyond * d * kEdgeSlope / b);
    return energy;
  }
  /// Where the pressure is `wanted`.
  [[nodiscard]] double volume(double wanted) const {
    const double x = 1 / (1 + std::exp(-(wanted - c) / d));
    return a + b * std::clamp(x, kEdge, 1 - kEdge);
  }

  static constexpr double kEdge = 1e-4;
  static constexpr double kEdgeSlope = 1 / (kEdge * (1 - kEdge));
};

/// Healthy lungs of the middle of life while they empty: 6.0 L at 30 cmH2O, 5.2 L at 13, 3.0 L at 4.2, with a
/// compliance of 0.34 L/cmH2O there, and 1.5 L at nothing (after Turner, Mead and Wohl, J. Appl. Physiol. 25,
/// 664, 1968, and Salazar and Knowles 1964).
inline constexpr Sigmoid kHealthyLung{-1.745 * kLitre, 7.786 * kLitre, 1.8 * kWaterCentimetre,
                                      5.4 * kWaterCentimetre};
/// The relaxed chest wall: -5 cmH2O and 0.2 L/cmH2O at 3.0 L, 0 near 4 L, stiff towards 1.45 L (Rahn, Otis,
/// Chadwick and Fenn 1946; Agostoni and Hyatt, Handbook of Physiology 1986).
inline constexpr Sigmoid kChestWall{1.45 * kLitre, 6.55 * kLitre, 1.93 * kWaterCentimetre,
                                    5.92 * kWaterCentimetre};

/// What disease does to lungs as springs: recoil pressure at a given fraction of the capacity, and the
/// capacity.
struct LungState {
  double recoil = 1, capacity = 1;
  [[nodiscard]] Sigmoid sigmoid() const {
    return {kHealthyLung.a * capacity, kHealthyLung.b * capacity, kHealthyLung.c * recoil,
            kHealthyLung.d * recoil};
  }
};
/// 0 healthy, 1 severe. Emphysema: recoil falls to 0.4, capacity grows by 25 %: lungs at 30 cmH2O hold 130 %
/// and their compliance more than doubles (Gibson, Pride, Davis and Schroter 1979). Fibrosis: recoil x 1.8,
/// capacity x 0.62.
[[nodiscard]] inline LungState lungState(double emphysema, double fibrosis) {
  return {(1 - 0.60 * emphysema) * (1 + 0.80 * fibrosis), (1 + 0.25 * emphysema) * (1 - 0.38 * fibrosis)};
}

}  // namespace aula::anatomy
