// SPDX-License-Identifier: Apache-2.0
#pragma once

/// This folder's units in SI: what stands in a lab file is divided by these, what is shown is multiplied.
namespace aula::molecular {

inline constexpr double kNanometre = 1e-9;              ///< m
inline constexpr double kPicosecond = 1e-12;            ///< s
inline constexpr double kMolarEnergy = 1e3;             ///< J/mol: one kJ/mol
inline constexpr double kBar = 1e5;                     ///< Pa
inline constexpr double kMassUnit = 1.66053906660e-27;  ///< kg
inline constexpr double kSpeed = 1e3;                   ///< m/s: one nm/ps
inline constexpr double kFieldPerNanometre = 1e9;       ///< V/m: one V/nm
inline constexpr double kForce = 1.66053906717e-12;     ///< N: one kJ/mol/nm
inline constexpr double kStiffness = 1.66053906717e-3;  ///< N/m: one kJ/mol/nm^2

}  // namespace aula::molecular
