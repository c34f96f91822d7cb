// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/heart/simulation.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "anatomy/kind/heart/instruments.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"
#include "lab/session/hand.h"

namespace aula::anatomy::heart {

namespace {

/// An ending of the tree excites the muscle within this of it, m (or a little more than one spacing).
constexpr double kJunctionRadius = 0.0030;
/// V/s and s: takes muscle at rest to its peak, and no further than a shock may.
constexpr double kJunctionStrength = 100, kJunctionDuration = 0.003;
constexpr double kTouchStrength = 100, kTouchDuration = 0.003, kShockDuration = 0.005;
/// Endings that are reached within this are excited together, s.
constexpr double kJunctionResolution = 0.001;

}  // namespace

HeartSimulation::HeartSimulation(std::shared_ptr<const HeartSpec> spec, const compute::DeviceChoice& device)
    : first_(std::move(spec)), spec_(first_), body_(bodyOf(first_->spacing)) {
  Lattice lattice = body_->muscle.lattice;
  for (float& duration : lattice.durations) duration *= static_cast<float>(spec_->duration);
  solver_ = makeSolver(lattice, spec_->settings, device);
  moment_ = std::make_unique<Moment>(*body_, *solver_);
  for (const InstrumentSpec& one : spec_->instruments) instruments_.push_back(makeInstrument(one, *moment_));
  nextBeat_ = stepOf(spec_->firstBeat);
  arrivals_ = body_->tree.arrivals(spec_->blocked);
}

std::int64_t HeartSimulation::stepOf(double time) const {
  return static_cast<std::int64_t>(std::llround(time / solver_->timeStep()));
}

bool HeartSimulation::isDue(const StimulusSpec& stimulus, std::int64_t step) const {
  if (!stimulus.isTimed) return false;
  for (int i = 0; i < stimulus.count; ++i)
    if (stepOf(stimulus.start + i * stimulus.interval) == step) return true;
  return false;
}

void HeartSimulation::stimulate(const StimulusSpec& stimulus) {
  Stimulus current;
  current.start = moment_->time();
  current.duration = stimulus.duration;
  current.current = stimulus.strength * spec_->settings.surfaceToVolume * spec_->settings.capacitance;
  for (const std::uint32_t node : body_->muscle.domain.nodes) {
    const Vec3 away = body_->muscle.positionOf(node) - stimulus.at;
    const bool isIn =
        stimulus.where == StimulusSpec::Where::everywhere ||
        (stimulus.where == StimulusSpec::Where::half && dot(away, stimulus.normal) > 0) ||
        (stimulus.where == StimulusSpec::Where::ball && dot(away, away) <= stimulus.radius * stimulus.radius);
    if (isIn) current.nodes.push_back(node);
  }
  if (!current.nodes.empty()) solver_->stimulate(std::move(current));
}

void HeartSimulation::beat() {
  moment_->beats.push_back(solver_->step());
  beatBlocked_ = spec_->blocked;
  arrivals_ = body_->tree.arrivals(beatBlocked_);
  if (entriesBlocked_ != beatBlocked_) {
    const double radius = std::max(kJunctionRadius, 1.1 * spec_->spacing);
    entries_ = entries(body_->tree, body_->muscle, beatBlocked_, radius, kJunctionResolution);
    entriesBlocked_ = beatBlocked_;
  }
  for (const Entry& entry : entries_) {
    Stimulus current;
    current.start = moment_->time() + entry.time;
    current.duration = kJunctionDuration;
    current.current = kJunctionStrength * spec_->settings.surfaceToVolume * spec_->settings.capacitance;
    current.nodes = entry.nodes;
    solver_->stimulate(std::move(current));
  }
}

void HeartSimulation::fire() {
  const std::int64_t now = solver_->step();
  if (firedThrough_ >= now) return;
  firedThrough_ = now;
  if (spec_->rate > 0 && now >= nextBeat_) {
    beat();
    nextBeat_ = now + std::max<std::int64_t>(1, stepOf(1 / spec_->rate));
  }
  for (const StimulusSpec& stimulus : spec_->stimuli)
    if (isDue(stimulus, now)) stimulate(stimulus);
}

std::int64_t HeartSimulation::nextEvent(std::int64_t limit) const {
  const std::int64_t now = solver_->step();
  std::int64_t next = limit;
  if (spec_->rate > 0 && nextBeat_ > now) next = std::min(next, nextBeat_);
  for (const StimulusSpec& stimulus : spec_->stimuli)
    for (int i = 0; stimulus.isTimed && i < stimulus.count; ++i)
      if (const std::int64_t at = stepOf(stimulus.start + i * stimulus.interval); at > now)
        next = std::min(next, at);
  return next;
}

void HeartSimulation::advance(std::int64_t steps) {
  const std::int64_t end = solver_->step() + steps;
  while (solver_->step() < end) {
    fire();
    solver_->advance(nextEvent(end) - solver_->step());
  }
}

std::vector<lab::Instrument*> HeartSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& one : instruments_) list.push_back(one.get());
  return list;
}

void HeartSimulation::publish(scene::Frame& frame) const {
  // Surfaces are made when somebody looks.
  auto& self = const_cast<HeartSimulation&>(*this);
  if (!painter_) self.painter_ = std::make_unique<Painter>(*body_, spec_->scene);
  const double since =
      moment_->beats.empty() ? -1 : moment_->time() - double(moment_->beats.back()) * solver_->timeStep();
  painter_->publish(frame, *moment_, arrivals_, since);
}

void HeartSimulation::follow(std::shared_ptr<const HeartSpec> spec) {
  const double before = spec_->rate;
  spec_ = std::move(spec);
  solver_->setExcitability(spec_->settings.excitability);
  if (painter_) painter_->setScene(spec_->scene);
  if (spec_->rate == before || spec_->rate <= 0) return;
  // The new interval counts from the last beat; what would be in the past comes at once.
  const std::int64_t period = std::max<std::int64_t>(1, stepOf(1 / spec_->rate));
  const std::int64_t now = solver_->step();
  const std::int64_t usual =
      moment_->beats.empty() ? stepOf(spec_->firstBeat) : moment_->beats.back() + period;
  nextBeat_ = std::max(firedThrough_ >= now ? now + 1 : now, usual);
}

bool HeartSimulation::applyHand(const std::string& name, double value) {
  if (!std::isfinite(value)) throw core::inputError(name + " takes a finite value");
  if (name == kTouchX) {
    touch_.x = value;
  } else if (name == kTouchY) {
    touch_.y = value;
  } else if (name == kTouchZ) {
    touch_.z = value;
  } else if (name == kTouch) {
    if (!(value >= 0.5e-3 && value <= 0.1))
      throw core::inputError("touch.go takes a radius from 0.5 mm to 100 mm");
    StimulusSpec touch;
    touch.at = touch_, touch.radius = value, touch.strength = kTouchStrength, touch.duration = kTouchDuration;
    // What is touched from outside is the muscle nearest to it.
    if (const std::int64_t node = body_->muscle.nearest(touch_, 0.03); node >= 0)
      touch.at = body_->muscle.positionOf(std::size_t(node));
    else
      throw core::inputError("touch.go: there is no muscle within 30 mm of the place touched");
    stimulate(touch);
  } else if (name == kShock) {
    if (!(std::abs(value) <= 5000))
      throw core::inputError("shock.go takes a strength from -5000 to 5000 V/s");
    StimulusSpec shock;
    shock.where = StimulusSpec::Where::everywhere, shock.strength = value, shock.duration = kShockDuration;
    stimulate(shock);
  } else {
    return false;
  }
  return true;
}

bool HeartSimulation::apply(const lab::Command& command) {
  if (lab::hand::isHand(command.name)) return applyHand(command.name, command.value);
  if (first_->lab == nullptr) return false;
  const auto& knobs = first_->lab->knobs();
  const bool isLive = std::any_of(knobs.begin(), knobs.end(), [&](const lab::Knob& knob) {
    return knob.name == command.name && knob.isLive;
  });
  if (!isLive) return false;
  lab::KnobValues turned = turned_;
  std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
  turned.emplace_back(command.name, command.value);
  auto next = readTurned(*first_, turned);
  const std::vector<std::string> refused = refusedChanges(*spec_, *next);
  if (!refused.empty())
    throw core::inputError("it changes " + core::listed(refused, "and") +
                           ", which cannot change while the simulation runs");
  const auto before = spec_;
  turned_ = std::move(turned);
  follow(std::move(next));
  // Switches that were turned on.
  for (std::size_t i = 0; i < spec_->stimuli.size(); ++i)
    if (before->stimuli[i].trigger < 0.5 && spec_->stimuli[i].trigger >= 0.5) stimulate(spec_->stimuli[i]);
  return true;
}

void HeartSimulation::save(core::CheckpointWriter& writer) const {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  for (const auto& [name, value] : turned_) {
    std::uint64_t index = 0;
    while (first_->lab->knobs()[index].name != name) ++index;
    indices.push_back(index);
    values.push_back(value);
  }
  writer.writeArray("heart.knobs", std::span<const std::uint64_t>(indices));
  writer.writeArray("heart.values", std::span<const double>(values));
  writer.writeArray("heart.beats", std::span<const std::int64_t>(moment_->beats));
  writer.writeValue("heart.next_beat", nextBeat_);
  writer.writeValue("heart.fired_through", firedThrough_);
  writer.writeValue("heart.beat_blocked", beatBlocked_);
  writer.writeValue("heart.touch", touch_);
  solver_->save(writer);
}

void HeartSimulation::load(core::CheckpointReader& reader) {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  reader.readVector("heart.knobs", indices);
  reader.readVector("heart.values", values);
  lab::KnobValues turned;
  for (std::size_t i = 0; i < indices.size(); ++i)
    turned.emplace_back(first_->lab->knobs().at(indices[i]).name, values.at(i));
  if (turned != turned_) {
    auto spec = turned.empty() ? first_ : readTurned(*first_, turned);
    turned_ = std::move(turned);
    follow(std::move(spec));
  }
  reader.readVector("heart.beats", moment_->beats);
  nextBeat_ = reader.readValue<std::int64_t>("heart.next_beat");
  firedThrough_ = reader.readValue<std::int64_t>("heart.fired_through");
  beatBlocked_ = reader.readValue<unsigned>("heart.beat_blocked");
  touch_ = reader.readValue<Vec3>("heart.touch");
  solver_->load(reader);
  moment_->forget();
  arrivals_ = body_->tree.arrivals(moment_->beats.empty() ? spec_->blocked : beatBlocked_);
}

double HeartSimulation::workPerStep() const {
  return 1e-6 * double(body_->muscle.domain.nodes.size());
}

std::vector<std::string> HeartSimulation::warnings() const {
  std::vector<std::string> warnings;
  const Settings& settings = spec_->settings;
  // A front that falls between two nodes does not go on, or goes too slowly (Niederer et al. 2011).
  if (settings.cell == CellModel::tenTusscherPanfilov && spec_->spacing > 0.5e-3)
    warnings.push_back("ten Tusscher and Panfilov's waves are some 0.5 mm wide; on a lattice of " +
                       std::to_string(spec_->spacing * 1e3).substr(0, 4) +
                       " mm they are too slow or stop (simulation.spacing)");
  if (settings.cell == CellModel::alievPanfilov && spec_->spacing > 1.6e-3)
    warnings.push_back("on a lattice of " + std::to_string(spec_->spacing * 1e3).substr(0, 4) +
                       " mm waves across fibres are too slow (simulation.spacing)");
  return warnings;
}

}  // namespace aula::anatomy::heart
