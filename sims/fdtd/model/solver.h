// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "compute/device.h"
#include "fdtd/model/grid.h"
#include "fdtd/model/medium.h"
#include "fdtd/model/setup.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd {

/// Maxwell's equations stepped on a device. All implementations take the same Setup and Medium and hold E in V/m and
/// eta0 H in V/m (so that both have one size; divide by kVacuumImpedance for A/m). One thread calls.
class Solver {
 public:
  virtual ~Solver() = default;

  [[nodiscard]] virtual const Grid& grid() const = 0;
  [[nodiscard]] virtual std::int64_t step() const = 0;
  /// Any number of steps at once lets temporal blocking work; the result does not depend on how they are grouped.
  virtual void advance(std::int64_t steps) = 0;

  /// Copies a box of one component, x fastest, E in V/m, eta0 H in V/m. Indices as in Grid; the box lies within its counts.
  virtual void read(int component, const IndexBox& box, std::span<float> out) const = 0;
  virtual void read(int component, const IndexBox& box, std::span<double> out) const = 0;
  /// Sets a box of one component (initial conditions). Tangential E on PEC faces and in conductors is kept at zero.
  virtual void write(int component, const IndexBox& box, std::span<const double> values) = 0;

  /// Changes the time course of a source (an index into Setup::sources) from the present step on; checkpoints keep it.
  virtual void drive(std::size_t source, const Drive& drive) = 0;

  /// Sum over the grid of eps E^2 + mu H^2 as the scheme conserves it is a test's business; this is a cheap guard: true
  /// when every field is finite. Called by advance() of the session now and then.
  [[nodiscard]] virtual bool isFinite() const = 0;

  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;

  [[nodiscard]] virtual double bytes() const = 0;          ///< Memory held.
  [[nodiscard]] virtual std::string description() const = 0; ///< "AVX-512, 2 threads, 8 steps a sweep"
};

/// Options that change speed and never the answer.
struct Tuning {
  int threads = 0;       ///< 0: all.
  int stepsPerSweep = 0; ///< Temporal blocking; 0: chosen by the implementation, 1: off.
  const char* instructionSet = nullptr;  ///< "avx512", "avx2", "baseline"; null: the best here.
};

/// reference/, cpu/ and cuda/ each define one of these; `check` is cuda's host code on compute's check device.
[[nodiscard]] std::unique_ptr<Solver> makeReferenceSolver(const Setup& setup, const Medium& medium);
[[nodiscard]] std::unique_ptr<Solver> makeCpuSolver(const Setup& setup, const Medium& medium, const Tuning& tuning = {});
[[nodiscard]] std::unique_ptr<Solver> makeCheckSolver(const Setup& setup, const Medium& medium);
/// Throws core::Error (input) in a build without CUDA.
[[nodiscard]] std::unique_ptr<Solver> makeCudaSolver(const Setup& setup, const Medium& medium);

/// The one a device choice (already resolved) asks for.
[[nodiscard]] std::unique_ptr<Solver> makeSolver(const Setup& setup, const Medium& medium,
                                                 const compute::DeviceChoice& device);

/// Memory the fields, auxiliary variables and coefficients will take on this kind of device.
[[nodiscard]] double estimateSolverBytes(const Setup& setup, compute::DeviceKind kind);
/// The same of the solvers for CUDA and the check device; never too few.
[[nodiscard]] double estimateDeviceSolverBytes(const Setup& setup);

}  // namespace aula::fdtd
