// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fdtd/instrument/instrument.h"
#include "fdtd/model/medium.h"
#include "fdtd/model/setup.h"
#include "fdtd/model/solver.h"
#include "lab/session/simulation.h"

namespace aula::fdtd {

/// What a picture shows, from the section "scene".
struct SceneSpec {
  std::vector<std::string> views;  ///< Instruments to draw.
  std::string picture;             ///< What the run's last picture shows instead; empty: the same.
  std::vector<std::string> marks;  ///< Instruments on lines that are drawn dashed where a picture holds them.
  bool hasOutlines = true;         ///< Of objects.
  bool hasBoundary = true;  ///< The inner edge of the absorbing layers, where the picture reaches into them.
};

/// A lab file's Maxwell simulation, checked; shared by the plan and what is built of it.
struct SimulationSpec {
  Setup setup;
  std::optional<Setup> reference;
  std::vector<std::unique_ptr<InstrumentPlan>> instruments;
  SceneSpec scene;
  std::int64_t steps = 0;  ///< Of the run the lab file asks for.
};

/// One solver, or two in step where instruments compare with a run without some objects.
class FdtdSimulation final : public lab::Simulation {
 public:
  FdtdSimulation(std::shared_ptr<const SimulationSpec> spec, const compute::DeviceChoice& device);

  [[nodiscard]] std::int64_t step() const override { return solver_->step(); }
  [[nodiscard]] double timeStep() const override { return spec_->setup.grid.dt; }
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
  std::shared_ptr<const SimulationSpec> spec_;
  std::unique_ptr<Solver> solver_, reference_;
  std::vector<std::unique_ptr<lab::Instrument>> instruments_;
  std::vector<const ViewSource*> views_;
  const ViewSource* picture_ = nullptr;  ///< Drawn at the end instead of the views.
  std::vector<scene::LinesView> lines_;  ///< Outlines and edges; they do not move.
};

}  // namespace aula::fdtd
