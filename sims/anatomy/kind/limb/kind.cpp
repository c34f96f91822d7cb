// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/kinds.h"
#include "anatomy/kind/limb/change.h"
#include "anatomy/kind/limb/painter.h"
#include "anatomy/kind/limb/simulation.h"
#include "anatomy/model/atlas.h"
#include "lab/session/catalogue.h"

namespace aula::anatomy {

namespace limb {

namespace {

/// The arm itself, its tables of lengths and what it is drawn with take about as much in every lab.
constexpr double kBytes = 6e7;
/// Steps a second on one core, for the estimate of a run's length.
constexpr double kRoughSpeed = 2e4;

class LimbPlan final : public lab::SimulationPlan {
 public:
  explicit LimbPlan(std::shared_ptr<const LimbSpec> spec) : spec_(std::move(spec)) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice& /*device*/) const override {
    lab::Estimate estimate;
    double instruments = 0;
    for (const auto& plan : spec_->instruments) instruments += plan->bytes();
    estimate.parts = {{"shapes", kBytes}, {"instruments", instruments}};
    estimate.bytes = kBytes + instruments;
    estimate.steps = spec_->steps;
    estimate.timeStep = spec_->timeStep;
    estimate.cells = double(upperLimb().muscles.size());
    estimate.measure = "muscles";
    estimate.seconds = double(spec_->steps) / kRoughSpeed;
    estimate.advice = "let instruments sample less often (every)";
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

  [[nodiscard]] std::shared_ptr<const lab::Catalogue> catalogue() const override {
    return Atlas::region("upper_limb")->catalogue(drawnStructures());
  }

  /// An arm of some fifteen muscles is the same plain arithmetic whatever device is asked for.
  [[nodiscard]] std::unique_ptr<lab::Simulation> build(
      const compute::DeviceChoice& /*device*/) const override {
    return std::make_unique<LimbSimulation>(spec_);
  }

 private:
  std::shared_ptr<const LimbSpec> spec_;
};

class LimbKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "limb"; }

  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<LimbSpec> spec = readSpec(lab);
    if (spec == nullptr) return nullptr;
    checkLiveKnobs(lab, *spec);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<LimbPlan>(spec);
  }
};

}  // namespace

}  // namespace limb

std::unique_ptr<lab::SimulationKind> makeLimbKind() {
  return std::make_unique<limb::LimbKind>();
}

}  // namespace aula::anatomy
