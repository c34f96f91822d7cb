// SPDX-License-Identifier: Apache-2.0
#include "lab/session/turned_knobs.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/error.h"
#include "core/io/checkpoint.h"

namespace aula::lab {

KnobValues TurnedKnobs::after(const Command& command) const {
  KnobValues turned = values_;
  std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
  turned.emplace_back(command.name, command.value);
  return turned;
}

void TurnedKnobs::save(core::CheckpointWriter& writer, const Lab& lab) const {
  std::vector<std::uint64_t> places;
  std::vector<double> values;
  for (const auto& [name, value] : values_) {
    const auto found = std::find_if(lab.knobs().begin(), lab.knobs().end(),
                                    [&wanted = name](const Knob& knob) { return knob.name == wanted; });
    places.push_back(std::uint64_t(found - lab.knobs().begin()));
    values.push_back(value);
  }
  writer.writeArray("turned.knobs", std::span<const std::uint64_t>(places));
  writer.writeArray("turned.values", std::span<const double>(values));
}

void TurnedKnobs::load(core::CheckpointReader& reader, const Lab& lab) {
  std::vector<std::uint64_t> places;
  std::vector<double> values;
  reader.readVector("turned.knobs", places);
  reader.readVector("turned.values", values);
  KnobValues turned;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] >= lab.knobs().size() || i >= values.size())
      throw core::Error("The checkpoint turns a knob that the lab does not have.");
    turned.emplace_back(lab.knobs()[std::size_t(places[i])].name, values[i]);
  }
  values_ = std::move(turned);
}

bool isLiveKnob(const Lab& lab, const std::string& name) {
  return std::any_of(lab.knobs().begin(), lab.knobs().end(),
                     [&](const Knob& knob) { return knob.name == name && knob.isLive; });
}

}  // namespace aula::lab
