// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "molecular/cpu/motion_kernels.h"
#include "molecular/cpu/nonbonded.h"
#include "molecular/model/box.h"

namespace aula::molecular::cpu {

/// What moves. Arrays are flat (x y z of one atom after the other) and filled up with zeros to whole blocks.
struct Particles {
  /// Sums over atoms are made block by block, and the blocks' sums in order: the same bits for every number
  /// of threads.
  static constexpr std::int64_t kBlockAtoms = 1024;

  explicit Particles(const std::vector<double>& masses);

  std::int64_t atoms = 0, blocks = 0;
  std::vector<float> x, rest;  ///< Positions, nm (see addMove).
  std::vector<float> v, next;  ///< Velocities, nm/ps: of now, and those that a step is trying.
  std::vector<float> move;     ///< nm, of the step that is tried.
  std::vector<float> f;        ///< kJ/mol/nm
  std::vector<float> mass, inverseMass;
  std::vector<double> partial;  ///< One a block.

  [[nodiscard]] Vec3 position(std::int64_t atom) const;
  void setPosition(std::int64_t atom, Vec3 position);
  [[nodiscard]] std::span<const Float3> places() const {
    return {reinterpret_cast<const Float3*>(x.data()), static_cast<std::size_t>(atoms)};
  }
  [[nodiscard]] std::span<Float3> forces(std::vector<float>& of) const {
    return {reinterpret_cast<Float3*>(of.data()), static_cast<std::size_t>(atoms)};
  }
  [[nodiscard]] double bytes() const;
};

[[nodiscard]] Cell<float> singleCell(const Box& box);

}  // namespace aula::molecular::cpu
