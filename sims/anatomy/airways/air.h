// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"

/// Air in pipes. SI throughout.
namespace aula::anatomy {

inline constexpr double kWaterCentimetre = 98.0665;  ///< Pa: 1 cmH2O
inline constexpr double kLitre = 1e-3;               ///< m^3
/// Saturated air at 37 degrees (Pedley, Schroter and Sudlow 1970 take 1.14 kg/m^3 and 1.9e-5 Pa s).
inline constexpr double kAirDensity = 1.14;      ///< kg/m^3
inline constexpr double kAirViscosity = 1.9e-5;  ///< Pa s

/// Poiseuille's resistance of a pipe, Pa s/m^3: 128 mu l / (pi d^4).
[[nodiscard]] inline double poiseuille(double diameter, double length) {
  const double square = diameter * diameter;
  return 128 * kAirViscosity * length / (core::kPi * square * square);
}

/// How much more a branch of the tree takes than Poiseuille's flow, because the profile is new after each
/// fork (Pedley, Schroter and Sudlow, Respir. Physiol. 9, 371, 1970, equation 8):
///   Z = C / (4 sqrt 2) sqrt(Re d / l), C = 1.85, at least 1;   Re d / l = 4 rho q / (pi mu l).
/// It does not depend on the diameter: only on the flow and the length.
[[nodiscard]] inline double pedleySquare(double flow, double length) {
  constexpr double kC = 1.85;
  return kC * kC / 32 * 4 * kAirDensity * std::abs(flow) / (core::kPi * kAirViscosity * length);
}
[[nodiscard]] inline double pedley(double flow, double length) {
  return std::sqrt(std::max(1.0, pedleySquare(flow, length)));
}

/// Mouth, pharynx and larynx: K1 q + K2 q |q|, of the size that Ferris, Mead and Opie (J. Appl. Physiol. 19,
/// 653, 1964) found for breathing through the mouth: 0.3 cmH2O s/L and 0.3 cmH2O s^2/L^2.
inline constexpr double kMouthLinear = 0.3 * kWaterCentimetre / kLitre;
inline constexpr double kMouthQuadratic = 0.3 * kWaterCentimetre / (kLitre * kLitre);

}  // namespace aula::anatomy
