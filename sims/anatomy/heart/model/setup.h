// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "anatomy/heart/model/solver.h"

/// What every solver settles before it begins.
namespace aula::anatomy::heart {

/// Throws core::Error (input) that says what does not fit, or which value is out of range.
void validate(const Lattice& lattice, const Settings& settings);
/// One factor a node of the lattice, none negative; throws core::Error (input).
void validateConduction(const Lattice& lattice, std::span<const float> factors);
void validateExcitability(double factor);

/// A step of time is diffusion in `stages` applications of the operator, then the cells' reaction (Godunov
/// splitting, first order).
struct Schedule {
  double timeStep = 0;  ///< s
  int stages = 1;       ///< Of diffusion; odd or even as stability asks.
};

/// One stage of diffusion over a step of length dt, L the operator:
///
///     Y_j = mu Y_(j-1) + nu Y_(j-2) + tau dt L Y_(j-1),    Y_0 before, Y_s after
///
/// Runge, Kutta and Legendre's method of first order (Meyer, Balsara and Aslam, J. Comput. Phys. 257, 594
/// (2014), eqs. 6 and 7): s stages are stable to dt = (s^2 + s)/2 times what Euler's method, s = 1, bears,
/// and what they do is the Legendre polynomial P_s(1 + 2 dt L/(s^2 + s)): no mode grows.
struct Stage {
  double mu = 1, nu = 0, tau = 1;
};
[[nodiscard]] Stage stageOf(int stage, int stages);
/// With Settings::timeStep, or the one that is accurate and cheap; `rate` as largestRate() gives it. Throws
/// core::Error (input) where the step is longer than the cells' equations bear.
[[nodiscard]] Schedule chooseSchedule(const Settings& settings, double rate);
/// Fewest stages in which diffusion is stable: the step at most nine tenths of (s^2 + s)/2 times 2 / rate.
[[nodiscard]] int stagesFor(double timeStep, double rate);

/// Longest step of a cell model's own equations and the one taken where none is asked for, s.
[[nodiscard]] double longestStep(CellModel cell);
[[nodiscard]] double usualStep(CellModel cell);
[[nodiscard]] const char* cellName(CellModel cell);

/// Aliev and Panfilov 1996, end of section 2: potential in mV is 100 u - 80, a unit of time 12.9 ms.
inline constexpr double kUnitPotential = 0.1, kUnitRest = -0.08, kUnitTime = 0.0129;

/// core::Error for a potential that is no longer finite.
[[noreturn]] void throwNotFinite(const Lattice& lattice, std::size_t node, std::int64_t step, double time);

}  // namespace aula::anatomy::heart
