// SPDX-License-Identifier: Apache-2.0
#include "fdtd/fdtd.h"

#include <algorithm>

#include "fdtd/live/change.h"
#include "fdtd/simulation.h"
#include "lab/lab.h"

namespace aula::fdtd {

namespace {

/// Cells a second that each kind of device manages roughly, for the estimate of a run's length.
double roughSpeed(const compute::DeviceChoice& device, const Grid& grid) {
  const double threads = std::max(1, device.threads);
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return grid.dimensions == Dimensions::three ? 1.5e7 : 4e7;
    case compute::DeviceKind::check:
      return 1e7;
    case compute::DeviceKind::cuda:
      return 5e9;
    default:
      return 3e8 * threads;
  }
}

class FdtdPlan final : public lab::SimulationPlan {
 public:
  explicit FdtdPlan(std::shared_ptr<const SimulationSpec> spec) : spec_(std::move(spec)) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice& device) const override {
    const Grid& grid = spec_->setup.grid;
    const double runs = spec_->reference ? 2 : 1;
    lab::Estimate estimate;
    const double fields = runs * estimateSolverBytes(spec_->setup, device.kind);
    // Given back once the solver has taken what it needs of it.
    const double materials = estimateMediumBytes(spec_->setup);
    double instruments = 0;
    for (const auto& plan : spec_->instruments) instruments += plan->bytes();
    estimate.parts = {{"fields", fields}, {"materials", materials}, {"instruments", instruments}};
    estimate.bytes = fields + materials + instruments;
    if (spec_->canMoveObjects) {
      // A solver is built anew around its fields, which wait in memory meanwhile.
      estimate.parts.push_back({"fields while objects move", fields});
      estimate.bytes += fields;
    }
    estimate.steps = spec_->steps;
    estimate.timeStep = grid.dt;
    estimate.cells = double(grid.cellCount()) * runs;
    estimate.seconds = estimate.cells * double(spec_->steps) / roughSpeed(device, grid);
    estimate.advice = instruments > fields ? "look at fewer points or frequencies, or keep fewer snapshots"
                                           : "enlarge simulation.grid.cell or shrink simulation.grid.size";
    return estimate;
  }

  [[nodiscard]] std::vector<lab::InstrumentOutline> instruments() const override {
    std::vector<lab::InstrumentOutline> outlines;
    for (const auto& plan : spec_->instruments) {
      lab::InstrumentOutline outline{plan->name(), {}};
      for (const lab::Dataset& shape : plan->shapes()) {
        lab::DatasetOutline dataset{shape.name, shape.unit, {}, {}};
        for (const lab::Axis& axis : shape.axes) {
          dataset.axes.push_back(axis.name);
          dataset.axisUnits.push_back(axis.unit);
        }
        outline.datasets.push_back(std::move(dataset));
      }
      outlines.push_back(std::move(outline));
    }
    return outlines;
  }

  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice& device) const override {
    return std::make_unique<FdtdSimulation>(spec_, device);
  }

 private:
  std::shared_ptr<const SimulationSpec> spec_;
};

class FdtdKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "fdtd"; }

  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<SimulationSpec> spec = readSpec(lab);
    if (spec == nullptr) return nullptr;
    checkLiveKnobs(lab, *spec);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<FdtdPlan>(spec);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeFdtdKind() {
  return std::make_unique<FdtdKind>();
}

}  // namespace aula::fdtd
