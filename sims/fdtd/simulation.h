// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "fdtd/live/change.h"
#include "fdtd/model/solver.h"
#include "fdtd/spec.h"
#include "lab/session/simulation.h"

namespace aula::fdtd {

/// One solver, or two in step where instruments compare with a run without some objects.
class FdtdSimulation final : public lab::Simulation {
 public:
  FdtdSimulation(std::shared_ptr<const SimulationSpec> spec, const compute::DeviceChoice& device);

  [[nodiscard]] std::int64_t step() const override { return run_.solver->step(); }
  [[nodiscard]] double timeStep() const override { return spec_->setup.grid.dt; }
  [[nodiscard]] std::int64_t plannedSteps() const override { return spec_->steps; }
  void advance(std::int64_t steps) override;
  void checkState() const override;
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override;
  void publish(scene::Frame& frame) const override;
  bool apply(const lab::Command& command) override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double workPerStep() const override;
  [[nodiscard]] std::string speedUnit() const override { return "Mcell/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  /// A solver and what it was built from.
  struct Run {
    Setup built;  ///< Its objects and materials are the present ones, its sources the first ones.
    std::unique_ptr<Solver> solver;
  };

  void build(Run& run, const Setup& setup) const;
  /// A new solver for other objects and materials. With `keepsFields` it goes on from the old one's state.
  void rebuild(Run& run, const Setup& setup, bool keepsFields) const;
  /// Sees to it that `spec` is the present one: instruments, views and lines.
  void take(std::shared_ptr<const SimulationSpec> spec, bool keepsRecords);

  std::shared_ptr<const SimulationSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const SimulationSpec> spec_;   ///< As the knobs stand.
  compute::DeviceChoice device_;
  lab::KnobValues turned_;
  std::int64_t changeStep_ = -1;  ///< Of the last command; -1: none yet.
  Run run_, reference_;
  std::vector<std::unique_ptr<lab::Instrument>> instruments_;
  std::vector<const ViewSource*> views_;
  const ViewSource* picture_ = nullptr;  ///< Drawn at the end instead of the views.
  std::vector<scene::LinesView> lines_;  ///< Outlines and edges.
  std::vector<scene::View> solids_;      ///< Bodies, sources and rulers of a space.
};

}  // namespace aula::fdtd
