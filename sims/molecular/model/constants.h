// SPDX-License-Identifier: Apache-2.0
#pragma once

/// In nm, ps, u, e, kJ/mol, K (CODATA 2018 where exact by definition).
namespace aula::molecular {

inline constexpr double kBoltzmann = 8.31446261815324e-3;  ///< kJ/mol/K (N_A k, exact)
/// 1 / (4 pi eps0) in kJ/mol nm/e^2, the figure GROMACS uses (138.935458), so that energies compare digit by
/// digit.
inline constexpr double kCoulomb = 138.935458;
inline constexpr double kBarPerUnit = 16.6053906660;  ///< kJ/mol/nm^3 in bar
inline constexpr double kFieldUnit = 96.48533212;     ///< 1 V/nm in kJ/mol/nm/e
inline constexpr double kPiconewton = 0.602214076;    ///< 1 pN in kJ/mol/nm

}  // namespace aula::molecular
