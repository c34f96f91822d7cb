// SPDX-License-Identifier: Apache-2.0
#include "molecular/molecular.h"

#include <algorithm>

#include "molecular/live/change.h"
#include "molecular/simulation.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

/// Bytes an atom that engine, topology and lists take roughly: some 250 neighbours and a few dozen numbers.
constexpr double kBytesAnAtom = 3000;

/// Pairs of atoms a second that each kind of device manages roughly, for the estimate of a run's length.
double roughSpeed(const compute::DeviceChoice& device) {
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return 2e7;
    case compute::DeviceKind::check:
      return 1e7;
    case compute::DeviceKind::cuda:
      return 5e10;
    default:
      return 4e8 * std::max(1, device.threads);
  }
}

class MolecularPlan final : public lab::SimulationPlan {
 public:
  explicit MolecularPlan(std::shared_ptr<const SimulationSpec> spec) : spec_(std::move(spec)) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice& device) const override {
    lab::Estimate estimate;
    const double atoms = spec_->system ? double(spec_->system->topology.atomCount()) : 0;
    double instruments = 0;
    for (const auto& plan : spec_->instruments) instruments += plan->bytes();
    estimate.parts = {{"atoms", atoms * kBytesAnAtom}, {"instruments", instruments}};
    estimate.bytes = atoms * kBytesAnAtom + instruments;
    estimate.steps = spec_->steps;
    estimate.timeStep = spec_->timeStep() * kPicosecond;
    estimate.cells = atoms;
    estimate.measure = "atoms";
    double pairs = atoms * atoms / 2;
    if (spec_->system && spec_->system->state.box.isPeriodic()) {
      const double r = spec_->settings.nonbonded.cutoff;
      pairs = atoms * atoms / spec_->system->state.box.volume() * 2.1 * r * r * r;
    }
    const double steps = double(spec_->steps) + spec_->equilibration.duration / spec_->timeStep();
    estimate.seconds = (pairs + 50 * atoms) * steps / roughSpeed(device);
    estimate.advice = instruments > atoms * kBytesAnAtom
                          ? "let instruments sample less often (every), or fewer atoms"
                          : "simulate fewer atoms";
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
    return std::make_unique<MolecularSimulation>(spec_, device);
  }

 private:
  std::shared_ptr<const SimulationSpec> spec_;
};

class MolecularKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "molecular"; }

  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<SimulationSpec> spec = readSpec(lab);
    if (spec == nullptr) return nullptr;
    if (spec->system) checkLiveKnobs(lab, *spec);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<MolecularPlan>(spec);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeMolecularKind() {
  return std::make_unique<MolecularKind>();
}

}  // namespace aula::molecular
