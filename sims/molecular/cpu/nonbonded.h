// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>

#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

struct Float3 {
  float x, y, z;
};

/// Sums of one evaluation.
struct NonbondedEnergies {
  double lennardJones = 0, coulombReal = 0, coulombReciprocal = 0, dispersionCorrection = 0,
         generalisedBorn = 0;
  Matrix3 virial{};  ///< kJ/mol, as in Energies
};

/// Seconds spent since the start, of the calling thread: where the time goes.
struct NonbondedTimes {
  double place = 0;      ///< Positions into clusters.
  double search = 0;     ///< Sorting and outer lists.
  double prune = 0;      ///< Inner lists.
  double pairs = 0;      ///< Pair kernels.
  double spread = 0;     ///< Charges onto the mesh,
  double transform = 0;  ///< Fourier transforms and the solution between them,
  double gather = 0;     ///< and forces from it, with the sum of the chunks' forces.
  std::int64_t evaluations = 0, searches = 0, prunes = 0;
  double clusterPairs = 0;  ///< Of the inner lists, summed over evaluations; 16 pairs of atoms each.
};

/// Everything between atoms that are not bonded: pair list, pair kernels, mesh, exclusions, corrections. Not
/// the 1-4 pairs. Results have the same bits for every number of threads. One thread calls.
class Nonbonded {
 public:
  virtual ~Nonbonded() = default;
  /// Adds the forces (kJ/mol/nm) to `forces`. Searches pairs by itself when `step` says that the list's life
  /// is over, when an atom has moved further than the buffer allows, or when invalidate() was called. Atoms
  /// may lie outside the box.
  virtual void addForces(std::int64_t step, const Box& box, std::span<const Float3> positions,
                         std::span<Float3> forces) = 0;
  /// The same with energies and virial.
  virtual NonbondedEnergies addForcesAndEnergies(std::int64_t step, const Box& box,
                                                 std::span<const Float3> positions,
                                                 std::span<Float3> forces) = 0;
  /// Positions or box have jumped.
  virtual void invalidate() = 0;
  /// What a checkpoint needs so that later steps have the same bits: steps at which lists were made, and for
  /// which positions.
  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;
  [[nodiscard]] virtual const NonbondedTimes& times() const = 0;
  [[nodiscard]] virtual double bytes() const = 0;
  [[nodiscard]] virtual std::string description() const = 0;
};

/// `temperature` (K) and time step size the buffer.
[[nodiscard]] std::unique_ptr<Nonbonded> makeNonbonded(const Topology& topology, const Settings& settings,
                                                       const Box& box, const Tuning& tuning);

}  // namespace aula::molecular::cpu
