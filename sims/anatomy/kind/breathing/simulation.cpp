// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/breathing/simulation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"

namespace aula::anatomy::respiration {

namespace {

std::shared_ptr<const BronchialTree> treeFor(const TreeOptions& options) {
  if (options.terminalShare == TreeOptions{}.terminalShare) return usualTree();
  return std::make_shared<const BronchialTree>(growTree(options));
}

}  // namespace

BreathingSimulation::BreathingSimulation(std::shared_ptr<const BreathingSpec> spec)
    : first_(std::move(spec)),
      spec_(first_),
      breathing_(std::make_unique<Breathing>(treeFor(first_->tree), first_->settings)),
      inspiring_(breathing_->tree().size()),
      inspired_(breathing_->tree().size()) {
  for (const auto& plan : first_->instruments) recorders_.push_back(plan->build(*breathing_));
}

void BreathingSimulation::advance(std::int64_t steps) {
  for (std::int64_t i = 0; i < steps; ++i) {
    const bool wasOut = breathing_->flow() <= 0;
    breathing_->advance(spec_->timeStep);
    ++step_;
    if (wasOut && breathing_->flow() > 0) {
      std::swap(inspiring_, inspired_);
      std::fill(inspiring_.begin(), inspiring_.end(), 0.0);
    }
    const std::vector<double>& flows = breathing_->branchFlows();
    for (std::size_t b = 0; b < flows.size(); ++b) inspiring_[b] += spec_->timeStep * std::max(0.0, flows[b]);
  }
}

void BreathingSimulation::checkState() const {
  if (std::isfinite(breathing_->flow()) && std::isfinite(breathing_->volume()) &&
      std::isfinite(breathing_->alveolarPressure()))
    return;
  char text[200];
  std::snprintf(
      text, sizeof text,
      "flow or volume of the lungs is not a number at step %lld (t = %.4g s): lower simulation.time_step "
      "(%.4g s)",
      static_cast<long long>(step_), breathing_->time(), spec_->timeStep);
  throw core::Error(text);
}

std::vector<lab::Instrument*> BreathingSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& recorder : recorders_) list.push_back(recorder.get());
  return list;
}

void BreathingSimulation::publish(scene::Frame& frame) const {
  // A breath that has only begun tells less than the last one.
  const double mine = inspiring_.empty() ? 0 : inspiring_[0], last = inspired_.empty() ? 0 : inspired_[0];
  painter_.publish(frame, *breathing_, spec_->scene, mine > 0.5 * last ? inspiring_ : inspired_);
}

void BreathingSimulation::follow(std::shared_ptr<const BreathingSpec> spec) {
  spec_ = std::move(spec);
  breathing_->setSettings(spec_->settings);
}

bool BreathingSimulation::apply(const lab::Command& command) {
  if (first_->lab == nullptr) return false;
  const auto& knobs = first_->lab->knobs();
  if (std::none_of(knobs.begin(), knobs.end(),
                   [&](const lab::Knob& knob) { return knob.name == command.name && knob.isLive; }))
    return false;
  lab::KnobValues turned = turned_;
  std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
  turned.emplace_back(command.name, command.value);
  // Everything that may be wrong is found out before anything is touched.
  auto next = readTurned(*first_, turned);
  const std::vector<std::string> refused = refusedChanges(*spec_, *next);
  if (!refused.empty())
    throw core::inputError("it changes " + core::listed(refused, "and") +
                           ", which cannot change while the simulation runs");
  turned_ = std::move(turned);
  follow(std::move(next));
  for (const auto& recorder : recorders_) recorder->restart();
  return true;
}

void BreathingSimulation::save(core::CheckpointWriter& writer) const {
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
  const Breathing::State state = breathing_->state();
  writer.writeValue("step", step_);
  const double numbers[] = {state.time,
                            state.flow,
                            state.muscle,
                            state.pleural,
                            state.lungEnergyAtFirst,
                            state.isLimited ? 1.0 : 0.0};
  writer.writeArray("numbers", std::span<const double>(numbers));
  writer.writeValue("work", state.work);
  writer.writeArray("acini", std::span<const double>(state.acini));
  writer.writeArray("flows", std::span<const double>(state.flows));
  writer.writeArray("inspiring", std::span<const double>(inspiring_));
  writer.writeArray("inspired", std::span<const double>(inspired_));
}

void BreathingSimulation::load(core::CheckpointReader& reader) {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  reader.readVector("turned.knobs", indices);
  reader.readVector("turned.values", values);
  lab::KnobValues turned;
  for (std::size_t i = 0; i < indices.size(); ++i)
    turned.emplace_back(first_->lab->knobs().at(indices[i]).name, values.at(i));
  if (turned != turned_) {
    auto spec = turned.empty() ? first_ : readTurned(*first_, turned);
    turned_ = std::move(turned);
    follow(std::move(spec));
  }
  Breathing::State state;
  step_ = reader.readValue<std::int64_t>("step");
  double numbers[6];
  reader.readArray("numbers", std::span<double>(numbers));
  state.time = numbers[0];
  state.flow = numbers[1];
  state.muscle = numbers[2];
  state.pleural = numbers[3];
  state.lungEnergyAtFirst = numbers[4];
  state.isLimited = numbers[5] > 0;
  state.work = reader.readValue<WorkOfBreathing>("work");
  reader.readVector("acini", state.acini);
  reader.readVector("flows", state.flows);
  reader.readVector("inspiring", inspiring_);
  reader.readVector("inspired", inspired_);
  breathing_->setState(state);
}

double BreathingSimulation::workPerStep() const {
  return double(breathing_->tree().size()) * 1e-6;
}

}  // namespace aula::anatomy::respiration
