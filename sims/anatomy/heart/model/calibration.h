// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/solver.h"

/// How fast waves are on a lattice, and conductivities that make them as fast as is wanted. A lattice coarser
/// than the front is thick slows it, or stops it (README, "Velocity by spacing"). Nothing here is done
/// unasked.
namespace aula::anatomy::heart {

/// m/s of a plane wave along an axis of the lattice, measured on a cable of the same cells, scheme and time
/// step (0: the step that a solver with these settings would choose); 0 where the wave dies. Costs about a
/// hundredth of a second for Aliev and Panfilov's cells, a second for ten Tusscher and Panfilov's. For ten
/// Tusscher's the kind of cell is the epicardial one.
[[nodiscard]] double cableVelocity(const Settings& settings, double conductivity, double spacing);

/// The limit of cableVelocity for fine lattices and short steps, extrapolated.
[[nodiscard]] double continuumVelocity(const Settings& settings, double conductivity);

/// Settings whose waves have these velocities (m/s) on a lattice of this spacing: `along` and `across` are
/// replaced, and timeStep by the step that they ask for. Throws core::Error (input) where none does, since
/// the lattice is too coarse for so slow a wave.
[[nodiscard]] Settings calibratedConductivity(const Settings& settings, double spacing, double velocityAlong,
                                              double velocityAcross);
/// The same with the velocities that these settings' conductivities would give on a fine lattice.
[[nodiscard]] Settings calibratedConductivity(const Settings& settings, double spacing);

}  // namespace aula::anatomy::heart
