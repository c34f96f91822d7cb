// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

/// Airways that narrow when the pressure around them is greater than within, and the greatest flow that can
/// be blown out through them.
namespace aula::anatomy {

/// Lambert, Wilson, Hyatt and Rodarte, J. Appl. Physiol. 52, 44 (1982), equations 1 and 2, table 1:
///   P <= 0: A / Am = a0 (1 - P / P1)^-n1,              P1 = a0 n1 / a0'
///   P >= 0: A / Am = 1 - (1 - a0) (1 - P / P2)^-n2,    P2 = n2 (a0 - 1) / a0'
/// P: transmural pressure, Pa.
struct TubeLaw {
  double a0 = 0, slope = 0, n1 = 0, n2 = 0;  ///< slope: a0' in 1/Pa
  double maximalArea = 0;                    ///< m^2, of all airways of the generation together
  double length = 0, diameter = 0;           ///< m, of one as Weibel drew it (1963)

  [[nodiscard]] double area(double pressure) const;     ///< A / Am
  [[nodiscard]] double slopeAt(double pressure) const;  ///< d(A / Am) / dP
  /// Integral of (A / Am)^2 from 0 to `pressure`.
  [[nodiscard]] double squareIntegral(double pressure) const;
};

inline constexpr int kTubeGenerations = 17;
/// Generation 0 is the trachea; beyond the last one holds.
[[nodiscard]] const TubeLaw& tubeLaw(int generation);

/// Diameters of a generation's airways relative to healthy ones.
using Narrowing = std::array<double, kTubeGenerations>;

/// The greatest flow (m^3/s) that 2^z airways in generation z can carry out of the lungs at an elastic recoil
/// (Pa): losses by Reynolds (1982), 1.5 + 0.0035 Re times Poiseuille's, and convective acceleration leave no
/// solution beyond it. It is the wave speed's flow at a choke point or, late in expiration, the viscous limit
/// of the small airways (Wilson, Rodarte and Butler 1986). The momentum equation of a generation,
///   A^2 dP - rho V^2 dA / A = -8 pi mu n (1.5 + 0.0035 Re) V dx,
/// is integrated exactly with Re as it is where the air enters. 0 where recoil is 0 or less.
[[nodiscard]] double greatestFlow(double recoil, const Narrowing& narrowing);
/// Whether `flow` can pass; `choke`, unless null: the generation that stops it.
[[nodiscard]] bool canPass(double flow, double recoil, const Narrowing& narrowing, int* choke = nullptr);

}  // namespace aula::anatomy
