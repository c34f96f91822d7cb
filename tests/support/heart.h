// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "anatomy/heart/model/solver.h"

/// What the tests of the heart's waves share: pieces of tissue, stimuli, what is read off a wave.
namespace aula::test {

namespace heart = anatomy::heart;

/// A box full of tissue with one direction of fibres.
[[nodiscard]] heart::Lattice makeSlab(int nx, int ny, int nz, double spacing,
                                      scene::Float3 fibre = {1, 0, 0});
/// A shell between two ellipsoids, open above, with a hole in its wall and fibres that turn through the wall:
/// what a ventricle asks of a layout, at any size. Layers from inside to outside; a scar conducts less.
[[nodiscard]] heart::Lattice makeShell(int nx, int ny, int nz, double spacing);
/// All nodes of tissue for which the predicate on their indices holds.
[[nodiscard]] std::vector<std::uint32_t> nodesWhere(const heart::Lattice& lattice,
                                                    const std::function<bool(int, int, int)>& predicate);
/// A stimulus that raises the potential by `rise` V within `duration`, were it alone.
[[nodiscard]] heart::Stimulus kick(const heart::Settings& settings, std::vector<std::uint32_t> nodes,
                                   double rise, double start = 0, double duration = 2e-3);
/// Advances until `time` s, rounded to steps.
void advanceTo(heart::Solver& solver, double time);

/// Velocity of a plane front along `direction` (unit) from activation times: least squares over nodes at
/// which `isUsed` holds; m/s.
[[nodiscard]] double frontVelocity(const heart::Lattice& lattice, const std::vector<float>& activation,
                                   core::Vec3 direction, const std::function<bool(int, int, int)>& isUsed);

}  // namespace aula::test
