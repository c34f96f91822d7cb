// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/kind/atlas/atlas_spec.h"
#include "anatomy/kind/atlas/placed_parts.h"
#include "lab/session/simulation.h"
#include "lab/session/turned_knobs.h"

namespace aula::anatomy {

/// Structures that stand still: only time goes on, and knobs turn.
class AtlasSimulation final : public lab::Simulation {
 public:
  /// `regions` outlives the simulation. Makes the shapes, or fetches them from the cache.
  AtlasSimulation(std::shared_ptr<const AtlasSpec> spec, const std::vector<RegionShapes>& regions);

  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return kAtlasTimeStep; }
  void advance(std::int64_t steps) override { step_ += steps; }
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override;
  void publish(scene::Frame& frame) const override;
  bool apply(const lab::Command& command) override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double workPerStep() const override { return double(placed_.parts().size()); }
  [[nodiscard]] std::string speedUnit() const override { return "structures/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override { return spec_->warnings; }

 private:
  std::shared_ptr<const AtlasSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const AtlasSpec> spec_;   ///< As the knobs stand.
  const std::vector<RegionShapes>& regions_;
  PlacedParts placed_;
  std::vector<std::unique_ptr<lab::Instrument>> instruments_;
  lab::TurnedKnobs turned_;
  std::int64_t step_ = 0;
};

}  // namespace aula::anatomy
