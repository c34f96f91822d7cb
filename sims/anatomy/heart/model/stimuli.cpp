// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/stimuli.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart {

Stimuli::Stimuli(const Lattice& lattice, const Settings& settings)
    : nodes_(lattice.size()), inverseCapacity_(1 / (settings.surfaceToVolume * settings.capacitance)) {}

void Stimuli::add(Stimulus stimulus, double now) {
  if (!std::isfinite(stimulus.start) || !std::isfinite(stimulus.current) || !(stimulus.duration >= 0) ||
      !std::isfinite(stimulus.duration))
    throw core::inputError("a stimulus of " + std::to_string(stimulus.current) + " A/m^3 from " +
                           std::to_string(stimulus.start) + " s for " + std::to_string(stimulus.duration) +
                           " s; all three must be numbers, the duration not negative");
  std::sort(stimulus.nodes.begin(), stimulus.nodes.end());
  stimulus.nodes.erase(std::unique(stimulus.nodes.begin(), stimulus.nodes.end()), stimulus.nodes.end());
  if (!stimulus.nodes.empty() && stimulus.nodes.back() >= nodes_)
    throw core::inputError("a stimulus of node " + std::to_string(stimulus.nodes.back()) +
                           " of a lattice of " + std::to_string(nodes_) + " nodes, counted from 0");
  ++version_;
  // What has passed already is not made up for.
  if (stimulus.start + stimulus.duration > now) list_.push_back(std::move(stimulus));
}

void Stimuli::forgetOver(double now) {
  const auto isOver = [&](const Stimulus& one) { return one.start + one.duration <= now; };
  if (std::erase_if(list_, isOver) > 0) ++version_;
}

double Stimuli::rise(const Stimulus& stimulus, double time, double timeStep) const {
  const double overlap =
      std::min(time + timeStep, stimulus.start + stimulus.duration) - std::max(time, stimulus.start);
  // A step that a stimulus touches by rounding alone is none of its steps.
  return overlap > 1e-9 * timeStep ? stimulus.current * overlap * inverseCapacity_ : 0.0;
}

bool Stimuli::anyIn(double time, double timeStep) const {
  return std::any_of(list_.begin(), list_.end(),
                     [&](const Stimulus& one) { return rise(one, time, timeStep) != 0; });
}

void Stimuli::save(core::CheckpointWriter& writer) const {
  writer.writeValue("stimuli", static_cast<std::uint64_t>(list_.size()));
  for (std::size_t n = 0; n < list_.size(); ++n) {
    const std::string name = "stimulus/" + std::to_string(n);
    const double numbers[3] = {list_[n].start, list_[n].duration, list_[n].current};
    writer.writeArray(name, std::span<const double>(numbers));
    writer.writeArray(name + "/nodes", std::span<const std::uint32_t>(list_[n].nodes));
  }
}

void Stimuli::load(core::CheckpointReader& reader) {
  list_.assign(reader.readValue<std::uint64_t>("stimuli"), {});
  ++version_;
  for (std::size_t n = 0; n < list_.size(); ++n) {
    const std::string name = "stimulus/" + std::to_string(n);
    double numbers[3];
    reader.readArray(name, std::span<double>(numbers));
    list_[n].start = numbers[0];
    list_[n].duration = numbers[1];
    list_[n].current = numbers[2];
    reader.readVector(name + "/nodes", list_[n].nodes);
  }
}

}  // namespace aula::anatomy::heart
