// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "anatomy/kind/heart/instruments.h"
#include "anatomy/kind/heart/painter.h"
#include "anatomy/kind/heart/simulation.h"
#include "anatomy/kind/heart/spec.h"
#include "anatomy/kind/kinds.h"
#include "anatomy/model/atlas.h"

namespace aula::anatomy {

namespace {

using namespace heart;

/// Muscle of both ventricles, m^3, and bytes a node of its lattice and a node of the solver roughly.
constexpr double kMuscle = 163e-6, kBox = 1.8e-3, kBytesANode = 500, kBytesABox = 40;

/// Nodes a second that each kind of device steps, for the estimate of a run's length.
double roughSpeed(const compute::DeviceChoice& device, CellModel cell) {
  const double slower = cell == CellModel::alievPanfilov ? 1 : 15;
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return 3e6 / slower;
    case compute::DeviceKind::check:
      return 5e6 / slower;
    case compute::DeviceKind::cuda:
      return 5e9 / slower;
    default:
      return 1.5e8 * std::max(1, device.threads) / slower;
  }
}

class HeartPlan final : public lab::SimulationPlan {
 public:
  explicit HeartPlan(std::shared_ptr<const HeartSpec> spec) : spec_(std::move(spec)) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice& device) const override {
    lab::Estimate estimate;
    const double cube = spec_->spacing * spec_->spacing * spec_->spacing;
    const double nodes = kMuscle / cube;
    double instruments = 0;
    for (const InstrumentSpec& one : spec_->instruments) instruments += bytesOf(one, spec_->steps);
    estimate.parts = {{"nodes", nodes * kBytesANode + kBox / cube * kBytesABox},
                      {"instruments", instruments}};
    estimate.bytes = estimate.parts[0].bytes + instruments;
    estimate.steps = spec_->steps;
    estimate.timeStep = spec_->timeStep();
    estimate.cells = nodes;
    estimate.measure = "nodes";
    estimate.seconds = nodes * double(spec_->steps) / roughSpeed(device, spec_->settings.cell);
    estimate.advice = "raise simulation.spacing";
    return estimate;
  }

  [[nodiscard]] std::vector<lab::InstrumentOutline> instruments() const override {
    std::vector<lab::InstrumentOutline> outlines;
    for (const InstrumentSpec& one : spec_->instruments) {
      lab::InstrumentOutline outline{one.name, {}};
      for (const lab::Dataset& shape : shapesOf(one)) {
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

  [[nodiscard]] std::shared_ptr<const lab::Catalogue> catalogue() const override {
    return Atlas::region("heart")->catalogue(drawnIds(spec_->scene));
  }

  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice& device) const override {
    return std::make_unique<HeartSimulation>(spec_, device);
  }

 private:
  std::shared_ptr<const HeartSpec> spec_;
};

class HeartKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "heart"; }

  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<HeartSpec> spec = readSpec(lab);
    if (spec == nullptr) return nullptr;
    checkLiveKnobs(lab, *spec);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<HeartPlan>(spec);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeHeartKind() {
  return std::make_unique<HeartKind>();
}

}  // namespace aula::anatomy
