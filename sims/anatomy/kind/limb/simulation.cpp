// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/simulation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "anatomy/kind/limb/change.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"

namespace aula::anatomy::limb {

namespace {

/// Thelen's curves are fits to fibres within this share of their optimal length; passive ones tear beyond.
constexpr double kShortestFibre = 0.35, kLongestFibre = 1.7;

LimbSettings settingsOf(const LimbSpec& spec) {
  LimbSettings settings;
  settings.step = spec.timeStep;
  return settings;
}

bool isShoulderSame(const Pose& a, const Pose& b) {
  return a.shoulderFlexion == b.shoulderFlexion && a.shoulderAbduction == b.shoulderAbduction &&
         a.shoulderRotation == b.shoulderRotation;
}

}  // namespace

LimbSimulation::LimbSimulation(std::shared_ptr<const LimbSpec> spec)
    : first_(std::move(spec)), spec_(first_), dynamics_(upperLimb(), settingsOf(*first_)) {
  strained_.assign(dynamics_.muscles().size(), 0);
  begin();
  for (const auto& plan : first_->instruments) recorders_.push_back(plan->build(*this));
}

void LimbSimulation::begin() {
  dynamics_.poseShoulder(spec_->pose);
  dynamics_.load(spec_->weight);
  dynamics_.place(spec_->pose.elbowFlexion);
  if (spec_->mode == Mode::isometric) dynamics_.clamp();
  if (spec_->mode == Mode::isokinetic) dynamics_.drive(spec_->velocity);
  excite();
}

void LimbSimulation::excite() {
  const std::vector<MuscleSpec>& muscles = upperLimb().muscles;
  for (std::size_t i = 0; i < muscles.size(); ++i)
    if (muscles[i].isElbow) dynamics_.excite(dynamics_.indexOf(muscles[i].id), spec_->excitations[i]);
}

void LimbSimulation::advance(std::int64_t steps) {
  const std::vector<std::string>& ids = dynamics_.muscles();
  for (std::int64_t i = 0; i < steps; ++i) {
    dynamics_.step();
    ++step_;
    // Whatever chunks a run is cut into, the same moments are looked at.
    if (step_ % 50 != 0) continue;
    for (std::size_t m = 0; m < ids.size(); ++m) {
      const double share = dynamics_.muscle(m).moment.fibreLength / upperLimb().find(ids[m])->optimalLength;
      if (share < kShortestFibre || share > kLongestFibre) strained_[m] = 1;
    }
  }
}

void LimbSimulation::checkState() const {
  if (std::isfinite(dynamics_.angle() + dynamics_.velocity())) return;
  char text[160];
  std::snprintf(
      text, sizeof text,
      "the elbow's angle is no longer a number at step %lld (t = %.4g s); shorten simulation.time_step",
      static_cast<long long>(step_), time());
  throw core::Error(text);
}

std::vector<lab::Instrument*> LimbSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& recorder : recorders_) list.push_back(recorder.get());
  return list;
}

void LimbSimulation::publish(scene::Frame& frame) const {
  painter_.publish(frame, dynamics_, spec_->scene);
}

void LimbSimulation::follow(std::shared_ptr<const LimbSpec> spec) {
  const std::shared_ptr<const LimbSpec> before = std::exchange(spec_, std::move(spec));
  if (!isShoulderSame(before->pose, spec_->pose)) dynamics_.poseShoulder(spec_->pose);
  if (before->weight != spec_->weight) dynamics_.load(spec_->weight);
  if (spec_->mode != Mode::free && before->pose.elbowFlexion != spec_->pose.elbowFlexion) {
    dynamics_.place(spec_->pose.elbowFlexion);
    if (spec_->mode == Mode::isometric) dynamics_.clamp();
    if (spec_->mode == Mode::isokinetic) dynamics_.drive(spec_->velocity);
  } else if (spec_->mode == Mode::isokinetic && before->velocity != spec_->velocity) {
    dynamics_.drive(spec_->velocity);
  }
  excite();
}

bool LimbSimulation::apply(const lab::Command& command) {
  if (first_->lab == nullptr) return false;
  const auto& knobs = first_->lab->knobs();
  const bool isLive = std::any_of(knobs.begin(), knobs.end(), [&](const lab::Knob& knob) {
    return knob.name == command.name && knob.isLive;
  });
  if (!isLive) return false;
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
  return true;
}

void LimbSimulation::save(core::CheckpointWriter& writer) const {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  for (const auto& [name, value] : turned_) {
    std::uint64_t index = 0;
    while (first_->lab->knobs()[index].name != name) ++index;
    indices.push_back(index);
    values.push_back(value);
  }
  const std::vector<double> state = dynamics_.state();
  writer.writeArray("turned.knobs", std::span<const std::uint64_t>(indices));
  writer.writeArray("turned.values", std::span<const double>(values));
  writer.writeValue("step", step_);
  writer.writeArray("arm", std::span<const double>(state));
  writer.writeArray("strained", std::span<const std::uint8_t>(strained_));
}

void LimbSimulation::load(core::CheckpointReader& reader) {
  std::vector<std::uint64_t> indices;
  std::vector<double> values, state;
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
  step_ = reader.readValue<std::int64_t>("step");
  reader.readVector("arm", state);
  reader.readVector("strained", strained_);
  dynamics_.restore(state);
}

std::vector<std::string> LimbSimulation::warnings() const {
  std::vector<std::string> strained;
  for (std::size_t m = 0; m < strained_.size(); ++m)
    if (strained_[m] != 0) strained.push_back(dynamics_.muscles()[m]);
  if (strained.empty()) return {};
  return {
      "fibres of " + core::listed(strained, "and") +
      " were shorter than 0.35 or longer than 1.7 of their optimal length, where the model's curves are not "
      "measured"};
}

}  // namespace aula::anatomy::limb
