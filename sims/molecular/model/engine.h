// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compute/device.h"
#include "molecular/model/box.h"
#include "molecular/model/settings.h"
#include "molecular/model/topology.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::molecular {

/// Where a system stands.
struct State {
  std::vector<Vec3> positions;   ///< nm; molecules may lie across the cell's faces, atoms anywhere.
  std::vector<Vec3> velocities;  ///< nm/ps; empty: at rest.
  Box box;
};

/// What there is to compute: both together.
struct System {
  std::string title;
  Topology topology;
  State state;
};

enum class Term {
  bond,
  angle,
  properDihedral,
  improperDihedral,
  ryckaertBellemans,
  lennardJones14,
  coulomb14,
  lennardJones,
  dispersionCorrection,
  coulombReal,  ///< Within the cut-off; with Ewald the self, excluded-pair and background energies too.
  coulombReciprocal,
  generalisedBorn,
  positionRestraint,
  external  ///< Pulls and fields.
};
inline constexpr int kTermCount = static_cast<int>(Term::external) + 1;
[[nodiscard]] const char* termName(Term term);  ///< "Lennard-Jones, 1-4"

using Matrix3 = std::array<Vec3, 3>;  ///< Rows.

struct Energies {
  std::array<double, kTermCount> terms{};  ///< kJ/mol
  double kinetic = 0;      ///< kJ/mol; for leap-frog the mean of the half steps to both sides.
  double conserved = 0;    ///< Potential and kinetic less what thermostat and barostat brought in, kJ/mol.
  double temperature = 0;  ///< K, by the degrees of freedom left
  Matrix3 virial{};        ///< -1/2 sum of r (x) f, kJ/mol; constraints included.
  Matrix3 pressure{};      ///< bar
  [[nodiscard]] double operator[](Term term) const { return terms[static_cast<std::size_t>(term)]; }
  [[nodiscard]] double& operator[](Term term) { return terms[static_cast<std::size_t>(term)]; }
  [[nodiscard]] double potential() const;
  [[nodiscard]] double scalarPressure() const { return (pressure[0].x + pressure[1].y + pressure[2].z) / 3; }
};

/// A spring from a point to the centre of mass of some atoms: V = k/2 d^2, the force never above
/// `largestForce` (beyond it constant, V linear).
struct Pull {
  std::vector<int> atoms;
  Vec3 target;                 ///< nm
  double stiffness = 1000;     ///< kJ/mol/nm^2
  double largestForce = 6022;  ///< kJ/mol/nm; 1 pN is 0.602214 of them
};
/// Atoms inside a ball are brought to a temperature by Langevin friction.
struct HeatRegion {
  Vec3 centre;
  double radius = 1;         ///< nm
  double temperature = 300;  ///< K
  double coupling = 0.1;     ///< ps, the inverse friction
};
/// What hands and knobs do to a running system.
struct External {
  std::vector<Pull> pulls;
  std::vector<HeatRegion> regions;
  Vec3 electricField;  ///< V/nm; on the charges, uniform
};

/// Where the time of the steps so far went.
struct PhaseTime {
  std::string name;    ///< "bonded"
  double seconds = 0;  ///< Wall time, as the calling thread saw it.
};

/// A system moving on a device. All implementations take the same System and Settings. One thread calls.
/// After any call of the same sequence the same device, thread count and seed give the same bits; cpu gives
/// the same bits for every number of threads.
class Engine {
 public:
  virtual ~Engine() = default;
  [[nodiscard]] virtual const Topology& topology() const = 0;
  [[nodiscard]] virtual const Settings& settings() const = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;
  /// Throws core::Error naming step and atom when soft recovery has failed too (see recoveries()).
  virtual void advance(std::int64_t steps) = 0;

  [[nodiscard]] virtual State state() const = 0;
  /// Positions alone, in single precision, into the caller's array: for drawing. Whole molecules are not
  /// promised.
  virtual void positions(std::span<float> xyz) const = 0;
  virtual void setState(const State& state) = 0;  ///< Same number of atoms.

  /// Of the present step, computed when asked for.
  [[nodiscard]] virtual Energies energies() = 0;
  [[nodiscard]] virtual std::vector<Vec3> forces() = 0;  ///< kJ/mol/nm

  /// From the present step on.
  virtual void setExternal(const External& external) = 0;
  [[nodiscard]] virtual std::vector<Vec3> pullForces()
      const = 0;  ///< One a pull, at the present step, kJ/mol/nm.
  virtual void setTemperature(double kelvin) = 0;
  virtual void setPressure(double bar) = 0;
  /// Downhill until the largest force is below `force` (kJ/mol/nm) or `steps` are done; velocities are kept.
  /// Returns the largest force.
  virtual double minimise(double force, std::int64_t steps) = 0;
  /// Velocities from the Maxwell-Boltzmann distribution, free of constrained directions and of drift.
  virtual void drawVelocities(double kelvin, std::uint64_t seed) = 0;
  /// Times that a step came out beyond reason (an overlap dragged together by hand) and was mended:
  /// velocities cooled, the step repeated shorter.
  [[nodiscard]] virtual std::int64_t recoveries() const = 0;

  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;
  [[nodiscard]] virtual double bytes() const = 0;
  [[nodiscard]] virtual std::string description() const = 0;  ///< "AVX-512 4x8 clusters, 2 threads"
  /// Empty where nobody measures. Since the engine was made or loaded.
  [[nodiscard]] virtual std::vector<PhaseTime> phaseTimes() const { return {}; }
};

/// Options that change speed and never the answer beyond rounding.
struct Tuning {
  int threads = 0;                       ///< 0: all.
  const char* instructionSet = nullptr;  ///< "avx512", "avx2", "baseline"; null: the best here.
};

/// reference/, cpu/ and cuda/ each define theirs; `check` is cuda's host code on compute's check device.
[[nodiscard]] std::unique_ptr<Engine> makeReferenceEngine(const System& system, const Settings& settings);
[[nodiscard]] std::unique_ptr<Engine> makeCpuEngine(const System& system, const Settings& settings,
                                                    const Tuning& tuning = {});
[[nodiscard]] std::unique_ptr<Engine> makeCheckEngine(const System& system, const Settings& settings);
/// Throws core::Error (input) in a build without CUDA.
[[nodiscard]] std::unique_ptr<Engine> makeCudaEngine(const System& system, const Settings& settings);
/// The one a device choice (already resolved) asks for.
[[nodiscard]] std::unique_ptr<Engine> makeEngine(const System& system, const Settings& settings,
                                                 const compute::DeviceChoice& device);

}  // namespace aula::molecular
