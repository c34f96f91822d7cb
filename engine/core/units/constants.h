// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Physical constants in SI, CODATA 2018 (Tiesinga, Mohr, Newell, Taylor, Rev. Mod. Phys. 93, 025010, 2021).
namespace aula::core {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kSpeedOfLight = 299792458.0;                    ///< m/s, exact
inline constexpr double kVacuumPermeability = 1.25663706212e-6;         ///< N/A^2
inline constexpr double kVacuumPermittivity = 1.0 / (kVacuumPermeability * kSpeedOfLight * kSpeedOfLight);  ///< F/m
inline constexpr double kVacuumImpedance = kVacuumPermeability * kSpeedOfLight;                             ///< ohm
inline constexpr double kElementaryCharge = 1.602176634e-19;            ///< C, exact
inline constexpr double kBoltzmann = 1.380649e-23;                      ///< J/K, exact
inline constexpr double kAvogadro = 6.02214076e23;                      ///< 1/mol, exact
inline constexpr double kPlanck = 6.62607015e-34;                       ///< J s, exact

}  // namespace aula::core
