// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compute/device.h"
#include "core/vec3.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

/// Soft tissue by tetrahedral finite elements: stable Neo-Hookean (Smith, de Goes and Kim 2018) with fibres
/// that pull. See tissue/README.md for the equations.
namespace aula::anatomy::tissue {

using core::Vec3;

struct Matter {
  double shear = 0;           ///< Lamé's mu of small strains, Pa
  double bulk = 0;            ///< Lamé's lambda of small strains, Pa; 100 shear is nearly incompressible
  double density = 0;         ///< kg/m^3
  double damping = 0;         ///< Rayleigh's, of stiffness, s
  double fibreStress = 0;     ///< Largest active stress along the fibre, Pa (Cauchy, at optimal stretch)
  double fibreStiffness = 0;  ///< Of the passive fibre in tension, Pa
};

/// What is solved: fixed once built.
struct Body {
  std::vector<Vec3> positions;                           ///< m, at rest
  std::vector<std::array<std::uint32_t, 4>> tetrahedra;  ///< Of positive volume
  std::vector<std::uint16_t> matters;                    ///< One a tetrahedron, into `matter`
  std::vector<Matter> matter;
  std::vector<Vec3> fibres;           ///< One a tetrahedron, unit; a null vector: no fibre.
  std::vector<std::uint16_t> groups;  ///< One a tetrahedron: which activation drives it.
  int groupCount = 0;
  std::vector<std::uint32_t> held;  ///< Points whose place is given (bone, tendon); rising.
  /// Points drawn by a spring to a place that may move: a muscle kept on its path.
  std::vector<std::uint32_t> guided;
  std::vector<double> guideStiffness;  ///< N/m, one a guided point
};

struct Settings {
  double timeStep = 1.0 / 60;  ///< s
  int iterations = 40;         ///< Products with the stiffness a step at most
  double tolerance = 0;        ///< Of the largest force left over its scale; 0: always all the iterations.
  Vec3 gravity{0, 0, -9.81};   ///< m/s^2
};

/// Numbers about a state.
struct Totals {
  double elasticEnergy = 0, kineticEnergy = 0;  ///< J
  double volume = 0;                            ///< m^3
  double residual = 0;                          ///< N, largest force left at a free point after the last step
  double residualScale = 0;  ///< N, largest sum of the sizes of the forces that meet at a free point then
};

/// One solver: implicit Euler steps. Not thread-safe. Throws core::Error when a step is not finite.
class Solver {
 public:
  virtual ~Solver() = default;
  virtual void advance(std::int64_t steps) = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;
  /// Where held points are from now on, in the order of Body::held, m; they get there evenly over a step.
  virtual void hold(std::span<const Vec3> places) = 0;
  virtual void guide(std::span<const Vec3> places) = 0;
  /// 0 to 1, one a group.
  virtual void activate(std::span<const double> activations) = 0;
  [[nodiscard]] virtual std::vector<Vec3> positions() const = 0;
  [[nodiscard]] virtual std::vector<Vec3> velocities() const = 0;
  virtual void place(std::span<const Vec3> positions, std::span<const Vec3> velocities) = 0;
  [[nodiscard]] virtual Totals totals() const = 0;
  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;
};

/// The one the device choice asks for, of those this build has.
[[nodiscard]] std::unique_ptr<Solver> makeSolver(const Body& body, const Settings& settings,
                                                 const compute::DeviceChoice& device);

/// Plain double-precision loops: the oracle.
[[nodiscard]] std::unique_ptr<Solver> makeReferenceSolver(const Body& body, const Settings& settings);
/// Threads and vectors, single precision; the same bits for any number of threads. `instructionSet`:
/// "baseline", "avx2" or "avx512"; null: the best of this machine.
[[nodiscard]] std::unique_ptr<Solver> makeCpuSolver(const Body& body, const Settings& settings, int threads,
                                                    const char* instructionSet = nullptr);
[[nodiscard]] std::unique_ptr<Solver> makeCudaSolver(const Body& body, const Settings& settings);
/// The code of CUDA on host memory that faults when touched on the wrong side.
[[nodiscard]] std::unique_ptr<Solver> makeCheckSolver(const Body& body, const Settings& settings);

}  // namespace aula::anatomy::tissue
