// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compute/device.h"
#include "core/vec3.h"
#include "scene/float3.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

/// Electrical waves in the heart's muscle: the monodomain equation on a lattice of cubes. See
/// heart/README.md.
namespace aula::anatomy::heart {

using core::Vec3;

enum class CellModel {
  alievPanfilov,       ///< Aliev and Panfilov 1996, two variables, scaled to mV and ms
  tenTusscherPanfilov  ///< ten Tusscher and Panfilov 2006, nineteen variables; Rush and Larsen 1978
};
/// ten Tusscher and Panfilov's three kinds of cell; the others take no notice.
enum class Layer : std::uint8_t { endocardial, middle, epicardial };

/// A cube of tissue a node, x fastest.
struct Lattice {
  int nx = 1, ny = 1, nz = 1;
  double spacing = 0.001;              ///< m
  Vec3 origin;                         ///< Of node (0, 0, 0), m
  std::vector<std::uint8_t> isTissue;  ///< nx*ny*nz
  std::vector<scene::Float3> fibres;   ///< Unit, one a node of the lattice; only those of tissue count
  std::vector<Layer> layers;           ///< One a node, or empty: all epicardial
  std::vector<float> conduction;       ///< One a node, times the conductivities (0: a block); or empty: all 1
  /// One a node, times the length of the action potential (Aliev and Panfilov: their epsilon is divided by
  /// it; ten Tusscher's cells have their layers instead); or empty: all 1. Gives the T wave its direction.
  std::vector<float> durations;

  [[nodiscard]] std::size_t size() const { return std::size_t(nx) * std::size_t(ny) * std::size_t(nz); }
  [[nodiscard]] std::size_t index(int i, int j, int k) const {
    return std::size_t(i) + std::size_t(nx) * (std::size_t(j) + std::size_t(ny) * std::size_t(k));
  }
  [[nodiscard]] std::size_t tissueCount() const;
};

struct Settings {
  CellModel cell = CellModel::alievPanfilov;
  double along = 0.1334, across = 0.0176;  ///< Monodomain conductivities, S/m (Niederer et al. 2011)
  double surfaceToVolume = 1.4e5;          ///< 1/m
  double capacitance = 0.01;               ///< F/m^2
  double timeStep = 0;                     ///< s; 0: chosen from stability and accuracy.
  double excitability = 1;                 ///< Times the cell's parameter of that name; 1: healthy.
};

/// Current into the tissue for a while: a touch, a Purkinje ending, an electrode, a shock.
struct Stimulus {
  double start = 0, duration = 0;    ///< s
  double current = 0;                ///< A/m^3, positive depolarises
  std::vector<std::uint32_t> nodes;  ///< Of the lattice; rising; those without tissue do nothing.
};

/// One solver. Not thread-safe. Throws core::Error when a potential is no longer finite, with step and place.
class Solver {
 public:
  virtual ~Solver() = default;
  virtual void advance(std::int64_t steps) = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;
  [[nodiscard]] virtual double timeStep() const = 0;  ///< s, as it was chosen
  /// Adds one that begins now or later; those that are over are forgotten.
  virtual void stimulate(Stimulus stimulus) = 0;
  /// Replaces Lattice::conduction: a branch or a scar that blocks from now on.
  virtual void setConduction(std::span<const float> factors) = 0;
  virtual void setExcitability(double factor) = 0;
  /// V, one a node of the lattice; where there is no tissue the resting potential. Made on demand.
  [[nodiscard]] virtual std::vector<float> potentials() const = 0;
  /// The same at some nodes of the lattice that have tissue, in their order: for who looks often.
  virtual void potentialsAt(std::span<const std::uint32_t> nodes, std::span<float> values) const {
    const std::vector<float> all = potentials();
    for (std::size_t i = 0; i < nodes.size(); ++i) values[i] = all[nodes[i]];
  }
  [[nodiscard]] virtual std::vector<float> recovery()
      const = 0;  ///< Aliev and Panfilov's v, ten Tusscher's Ca; SI
  /// s, when each node last rose through `kActivation`; negative: never.
  [[nodiscard]] virtual std::vector<float> activationTimes() const = 0;
  static constexpr double kActivation = 0;  ///< V (Niederer et al. 2011)
  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;
};

/// The one the device choice asks for, of those this build has. Throws core::Error (input): a time step that
/// is not stable, arrays that do not fit.
[[nodiscard]] std::unique_ptr<Solver> makeSolver(const Lattice& lattice, const Settings& settings,
                                                 const compute::DeviceChoice& device);

/// Resting potential of a cell model, V.
[[nodiscard]] double restingPotential(CellModel cell);

}  // namespace aula::anatomy::heart
