// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>

#include "anatomy/tissue/cpu/fields.h"
#include "anatomy/tissue/model/layout.h"
#include "anatomy/tissue/model/solver.h"

namespace aula::anatomy::tissue::cpu {

/// An array of plain numbers, zero at first, on 64 bytes.
template <class T>
class Array {
 public:
  explicit Array(std::size_t size = 0)
      : size_(size),
        data_(static_cast<T*>(std::aligned_alloc(64, (size * sizeof(T) + 127) / 64 * 64)), std::free) {
    std::memset(data_.get(), 0, size * sizeof(T));
  }
  [[nodiscard]] T* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  T& operator[](std::size_t n) { return data_.get()[n]; }
  const T& operator[](std::size_t n) const { return data_.get()[n]; }
  [[nodiscard]] std::span<T> span() { return {data_.get(), size_}; }
  [[nodiscard]] std::span<const T> span() const { return {data_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<T, void (*)(void*)> data_;
};

/// Threads that pass over tetrahedra and points in turns; sums are of fixed chunks in a fixed order, so that
/// any number of threads gives the same bits.
class CpuSolver final : public Solver {
 public:
  CpuSolver(const Body& body, const Settings& settings, int threads, const char* instructionSet);

  void advance(std::int64_t steps) override;
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void hold(std::span<const Vec3> places) override;
  void guide(std::span<const Vec3> places) override;
  void activate(std::span<const double> activations) override;
  [[nodiscard]] std::vector<Vec3> positions() const override;
  [[nodiscard]] std::vector<Vec3> velocities() const override;
  void place(std::span<const Vec3> positions, std::span<const Vec3> velocities) override;
  [[nodiscard]] Totals totals() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;

 private:
  class Team;

  void makeConstants();
  void makePoints();
  void makeWorkspace();
  void writeActivations();
  void beginStep();
  void endStep();
  void minimise(const Team& team);
  /// From move and change to place, dilations, pressures and forces.
  void evaluate(const Team& team, const float* along, float reach) const;
  /// Fills change; says whether the curvature was positive throughout.
  bool solve(const Team& team, double forcing, int& used) const;

  Body body_;
  Settings settings_;
  Layout layout_;
  const Kernels& kernels_;
  int threads_;
  Fields fields_;

  // The body.
  Array<std::int32_t> corners_, slots_;
  Array<float> constants_, pointsLambda_, diagonal_, inertia_, stiffness_, damping_, isFree_;
  // The state.
  std::int64_t step_ = 0;
  Array<float> start_, velocities_, fall_, targets_, guides_;
  std::vector<double> activations_;
  double residual_ = 0, residualScale_ = 0;
  // The step's workspace.
  Array<float> aim_, strains_, startDilations_, move_, place_, dilations_, cornerForces_, cornerBlocks_,
      cornerAreas_, tangent_, dampingStress_, rows_, inverses_, forces_, pressures_, change_, left_,
      direction_, image_;
  Array<double> sums_;
};

}  // namespace aula::anatomy::tissue::cpu
