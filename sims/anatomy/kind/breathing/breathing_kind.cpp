// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "anatomy/kind/breathing/instrument.h"
#include "anatomy/kind/breathing/painter.h"
#include "anatomy/kind/breathing/simulation.h"
#include "anatomy/kind/breathing/spec.h"
#include "anatomy/kind/kinds.h"
#include "anatomy/model/atlas.h"

namespace aula::anatomy {

namespace {

using namespace respiration;

/// Branch: arrays of the tree and of the flow; 27,000 terminals have twice as many branches.
constexpr double kBytesABranch = 320, kSurfaces = 60e6;
/// Seconds a branch and step take on one core, roughly.
constexpr double kSecondsABranch = 4e-8;

class BreathingPlan final : public lab::SimulationPlan {
 public:
  explicit BreathingPlan(std::shared_ptr<const BreathingSpec> spec) : spec_(std::move(spec)) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice&) const override {
    lab::Estimate estimate;
    // The usual share gives 54,675 branches; their number goes with one over it.
    const double branches = 54675 * TreeOptions{}.terminalShare / spec_->tree.terminalShare;
    double samples = 0;
    for (const auto& plan : spec_->instruments)
      samples += plan->bytesASample() * double(spec_->steps) / double(plan->interval());
    estimate.parts = {
        {"airways", branches * kBytesABranch}, {"surfaces", kSurfaces}, {"instruments", samples}};
    for (const auto& part : estimate.parts) estimate.bytes += part.bytes;
    estimate.steps = spec_->steps;
    estimate.timeStep = spec_->timeStep;
    estimate.cells = branches;
    estimate.measure = "branches";
    estimate.seconds = branches * double(spec_->steps) * kSecondsABranch + 3;
    estimate.advice = "let instruments sample less often (every), or raise simulation.terminal_share";
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
    static const auto all = Atlas::region("airways")->catalogue(drawnIds());
    return all;
  }

  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice&) const override {
    return std::make_unique<BreathingSimulation>(spec_);
  }

 private:
  std::shared_ptr<const BreathingSpec> spec_;
};

class BreathingKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "breathing"; }
  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<BreathingSpec> spec = readSpec(lab);
    if (spec == nullptr) return nullptr;
    checkLiveKnobs(lab, *spec);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<BreathingPlan>(spec);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeBreathingKind() {
  return std::make_unique<BreathingKind>();
}

}  // namespace aula::anatomy
