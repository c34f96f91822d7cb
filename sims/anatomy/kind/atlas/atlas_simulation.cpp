// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/atlas_simulation.h"

#include <algorithm>
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
  if (first_->lab == nullptr) return false;
  const auto& knobs = first_->lab->knobs();
  const bool isLive = std::any_of(knobs.begin(), knobs.end(), [&](const lab::Knob& knob) {
    return knob.name == command.name && knob.isLive;
  });
  if (!isLive) return false;
  lab::KnobValues turned = turned_;
  std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
  turned.emplace_back(command.name, command.value);
  spec_ = turnedSpec(*first_, turned, regions_);
  turned_ = std::move(turned);
  return true;
}

void AtlasSimulation::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  for (const auto& [name, value] : turned_) {
    std::uint64_t index = 0;
    while (first_->lab->knobs()[index].name != name) ++index;
    indices.push_back(index);
    values.push_back(value);
  }
  writer.writeArray("turned.knobs", std::span<const std::uint64_t>(indices));
  writer.writeArray("turned.values", std::span<const double>(values));
}

void AtlasSimulation::load(core::CheckpointReader& reader) {
  const auto step = reader.readValue<std::int64_t>("step");
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  reader.readVector("turned.knobs", indices);
  reader.readVector("turned.values", values);
  lab::KnobValues turned;
  for (std::size_t i = 0; i < indices.size(); ++i)
    turned.emplace_back(first_->lab->knobs().at(indices[i]).name, values.at(i));
  spec_ = turned.empty() ? first_ : turnedSpec(*first_, turned, regions_);
  turned_ = std::move(turned);
  step_ = step;
}

}  // namespace aula::anatomy
