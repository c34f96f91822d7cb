// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/atlas_simulation.h"

#include <utility>

#include "core/io/checkpoint.h"

namespace aula::anatomy {

AtlasSimulation::AtlasSimulation(std::shared_ptr<const AtlasSpec> spec,
                                 const std::vector<RegionShapes>& regions)
    : first_(std::move(spec)),
      spec_(first_),
      regions_(regions),
      placed_(partsOf(*first_->shapes, *first_->atlas, first_->spacing), first_->atlas, first_->stance) {
  for (const InventoryPlan& plan : first_->inventories) instruments_.push_back(plan.build(placed_.parts()));
}

std::vector<lab::Instrument*> AtlasSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& instrument : instruments_) list.push_back(instrument.get());
  return list;
}

void AtlasSimulation::publish(scene::Frame& frame) const {
  frame.stance = spec_->stance;
  placed_.publish(spec_->scene, frame);
}

bool AtlasSimulation::apply(const lab::Command& command) {
  if (first_->lab == nullptr || !lab::isLiveKnob(*first_->lab, command.name)) return false;
  lab::KnobValues turned = turned_.after(command);
  spec_ = turnedSpec(*first_, turned, regions_);
  turned_.set(std::move(turned));
  return true;
}

void AtlasSimulation::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  if (first_->lab) turned_.save(writer, *first_->lab);
}

void AtlasSimulation::load(core::CheckpointReader& reader) {
  const auto step = reader.readValue<std::int64_t>("step");
  if (first_->lab) {
    lab::TurnedKnobs turned;
    turned.load(reader, *first_->lab);
    spec_ = turned.isEmpty() ? first_ : turnedSpec(*first_, turned.values(), regions_);
    turned_ = std::move(turned);
  }
  step_ = step;
}

}  // namespace aula::anatomy
