// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/atlas_kind.h"

#include <utility>

#include "anatomy/kind/atlas/atlas_simulation.h"
#include "anatomy/kind/atlas/atlas_spec.h"
#include "anatomy/kind/kinds.h"

namespace aula::anatomy {

namespace {

/// A surface has about as many points as squares of the spacing, 100 bytes each with its triangles; a
/// structure some 0.02 m2.
constexpr double kSurface = 0.02, kBytesAPoint = 100;
/// Points of the lattice within a spacing of surfaces, a second and thread.
constexpr double kPointsASecond = 2e5;

class AtlasPlan final : public lab::SimulationPlan {
 public:
  AtlasPlan(std::shared_ptr<const AtlasSpec> spec, const std::vector<RegionShapes>& regions)
      : spec_(std::move(spec)), regions_(regions) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice&) const override {
    lab::Estimate estimate;
    for (const lab::Structure& structure : spec_->catalogue->all())
      estimate.cells += structure.isDrawn ? 1 : 0;
    estimate.measure = "structures";
    const double points = estimate.cells * kSurface / (spec_->spacing * spec_->spacing);
    estimate.bytes = points * kBytesAPoint;
    estimate.parts = {{"surfaces", estimate.bytes}};
    estimate.steps = spec_->steps;
    estimate.timeStep = kAtlasTimeStep;
    estimate.seconds = points / kPointsASecond;
    estimate.advice = "enlarge simulation.spacing";
    return estimate;
  }
  [[nodiscard]] std::vector<lab::InstrumentOutline> instruments() const override {
    std::vector<lab::InstrumentOutline> outlines;
    for (const InventoryPlan& plan : spec_->inventories) outlines.push_back(plan.outline());
    return outlines;
  }
  [[nodiscard]] std::shared_ptr<const lab::Catalogue> catalogue() const override { return spec_->catalogue; }
  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice&) const override {
    return std::make_unique<AtlasSimulation>(spec_, regions_);
  }

 private:
  std::shared_ptr<const AtlasSpec> spec_;
  const std::vector<RegionShapes>& regions_;
};

class AtlasKind final : public lab::SimulationKind {
 public:
  explicit AtlasKind(const std::vector<RegionShapes>& regions) : regions_(regions) {}
  [[nodiscard]] std::string name() const override { return "atlas"; }
  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::shared_ptr<AtlasSpec> spec = readAtlasSpec(lab, regions_);
    if (spec == nullptr) return nullptr;
    checkLiveAtlasKnobs(lab, *spec, regions_);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<AtlasPlan>(spec, regions_);
  }

 private:
  const std::vector<RegionShapes>& regions_;
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeAtlasKind(const std::vector<RegionShapes>& regions) {
  return std::make_unique<AtlasKind>(regions);
}

std::unique_ptr<lab::SimulationKind> makeAtlasKind() {
  return makeAtlasKind(builtInShapes());
}

}  // namespace aula::anatomy
