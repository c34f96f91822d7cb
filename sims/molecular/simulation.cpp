// SPDX-License-Identifier: Apache-2.0
#include "molecular/simulation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"
#include "lab/session/hand.h"
#include "molecular/live/change.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

/// A heating's temperature and travelling pulls are set anew at multiples of this many steps, whatever chunks
/// a run is cut into.
constexpr std::int64_t kSteeringInterval = 20;
/// A system is brought to rest down to this force, kJ/mol/nm, in at most so many steps.
constexpr double kRestForce = 1000;
constexpr std::int64_t kRestSteps = 500;
constexpr int kAtomsAThread = 1000;

}  // namespace

MolecularSimulation::MolecularSimulation(std::shared_ptr<const SimulationSpec> spec,
                                         const compute::DeviceChoice& device)
    : first_(std::move(spec)), spec_(first_) {
  if (!spec_->system) throw core::inputError(spec_->absence);
  compute::DeviceChoice chosen = device;
  // Threads that meet after every few microseconds wait more than they work; the bits are the same for any
  // number.
  if (device.kind == compute::DeviceKind::cpu)
    chosen.threads =
        std::clamp(spec_->system->topology.atomCount() / kAtomsAThread, 1, std::max(1, device.threads));
  engine_ = makeEngine(*spec_->system, spec_->settings, chosen);
  const Equilibration& before = spec_->equilibration;
  if (before.minimises) (void)engine_->minimise(kRestForce, kRestSteps);
  if (spec_->system->state.velocities.empty() && spec_->initialTemperature > 0)
    engine_->drawVelocities(spec_->initialTemperature, spec_->recipe.seed);
  const auto steps = static_cast<std::int64_t>(std::llround(before.duration / spec_->timeStep()));
  if (steps > 0) engine_->advance(steps);
  firstStep_ = engine_->step();

  moment_ = std::make_unique<Moment>(*engine_, firstStep_);
  hands_.begin(*spec_, *moment_);
  for (const auto& plan : first_->instruments) recorders_.push_back(plan->build(*moment_));
  painter_ = std::make_unique<Painter>(engine_->topology(), spec_->scene);
  setExternal();
  steer();
}

double MolecularSimulation::timeStep() const {
  return spec_->timeStep() * kPicosecond;
}

void MolecularSimulation::setExternal() {
  external_ = hands_.at(step(), spec_->timeStep());
  engine_->setExternal(external_);
  moment_->setPulls(external_.pulls);
  moment_->forget();
}

void MolecularSimulation::steer() {
  if (spec_->finalTemperature > 0) {
    const double share = std::clamp(double(step()) / double(spec_->steps), 0.0, 1.0);
    const double from = spec_->settings.dynamics.temperature;
    engine_->setTemperature(from + share * (spec_->finalTemperature - from));
  }
  if (hands_.isMoving()) setExternal();
}

void MolecularSimulation::advance(std::int64_t steps) {
  const bool isSteered = spec_->finalTemperature > 0 || hands_.isMoving();
  const std::int64_t end = step() + steps;
  while (step() < end) {
    if (isSteered && step() % kSteeringInterval == 0) steer();
    const std::int64_t next = isSteered ? (step() / kSteeringInterval + 1) * kSteeringInterval : end;
    engine_->advance(std::min(end, next) - step());
  }
}

void MolecularSimulation::checkState() const {
  const State state = engine_->state();
  for (std::size_t n = 0; n < state.positions.size(); ++n) {
    const Vec3 p = state.positions[n];
    const Vec3 v = state.velocities.empty() ? Vec3{} : state.velocities[n];
    if (std::isfinite(p.x + p.y + p.z + v.x + v.y + v.z)) continue;
    const Topology& topology = engine_->topology();
    const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[n])];
    char text[400];
    std::snprintf(
        text, sizeof text,
        "atom %zu (%s of %s %d) is nowhere at step %lld (t = %.4g ps): the time step of %.3g fs is too long "
        "for these forces, or atoms overlapped at the beginning. Lower simulation.dynamics.time_step, or let "
        "simulation.equilibration minimise first",
        n + 1, topology.names[n].c_str(), residue.name.c_str(), residue.number,
        static_cast<long long>(step()), double(step()) * spec_->timeStep(), spec_->timeStep() * 1e3);
    throw core::Error(text);
  }
}

std::vector<lab::Instrument*> MolecularSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& recorder : recorders_) list.push_back(recorder.get());
  return list;
}

void MolecularSimulation::publish(scene::Frame& frame) const {
  painter_->publish(frame, *moment_, external_.pulls,
                    external_.pulls.empty() ? std::vector<Vec3>{} : engine_->pullForces());
}

void MolecularSimulation::follow(std::shared_ptr<const SimulationSpec> spec) {
  spec_ = std::move(spec);
  const DynamicsSettings& dynamics = spec_->settings.dynamics;
  if (spec_->finalTemperature <= 0) engine_->setTemperature(dynamics.temperature);
  if (dynamics.barostat != Barostat::none) engine_->setPressure(dynamics.pressure);
  hands_.follow(*spec_);
  painter_->setScene(spec_->scene);
  setExternal();
}

bool MolecularSimulation::apply(const lab::Command& command) {
  if (lab::hand::isHand(command.name)) {
    if (!hands_.apply(command.name, command.value, *moment_, *painter_)) return false;
    setExternal();
    return true;
  }
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
  for (const auto& recorder : recorders_) recorder->restart(step());
  return true;
}

void MolecularSimulation::save(core::CheckpointWriter& writer) const {
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
  // An archive that writes changes nothing.
  Archive archive(writer);
  const_cast<Hands&>(hands_).archive(archive);
  engine_->save(writer);
}

void MolecularSimulation::load(core::CheckpointReader& reader) {
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
  Archive archive(reader);
  hands_.archive(archive);
  engine_->load(reader);
  // Both are functions of the step and of what was just read.
  setExternal();
  steer();
}

double MolecularSimulation::workPerStep() const {
  return spec_->timeStep() * 1e-3 * 86400;
}

std::vector<std::string> MolecularSimulation::warnings() const {
  std::vector<std::string> warnings;
  if (const std::int64_t count = engine_->recoveries(); count > 0)
    warnings.push_back(
        std::to_string(count) +
        " steps came out beyond reason and were mended (velocities cooled, the step repeated shorter): "
        "what is measured around them is not of one ensemble");
  return warnings;
}

}  // namespace aula::molecular
