// SPDX-License-Identifier: Apache-2.0
#include "molecular/instrument/instrument.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "molecular/units.h"

namespace aula::molecular {

void Moment::refresh() {
  if (step_ == engine_.step()) return;
  state_.reset();
  energies_.reset();
  positions_.reset();
  step_ = engine_.step();
}

const State& Moment::state() {
  refresh();
  if (!state_) state_ = engine_.state();
  return *state_;
}

const Energies& Moment::energies() {
  refresh();
  if (!energies_) energies_ = engine_.energies();
  return *energies_;
}

const std::vector<Vec3>& Moment::wholePositions() {
  refresh();
  if (!positions_) {
    positions_ = state().positions;
    whole_.apply(*positions_, state().box);
  }
  return *positions_;
}

// An archive that writes changes nothing.
void Recorder::save(core::CheckpointWriter& writer) const {
  Archive to(writer);
  auto& self = const_cast<Recorder&>(*this);
  to.value("start", self.start_);
  self.archive(to);
}

void Recorder::load(core::CheckpointReader& reader) {
  Archive from(reader);
  from.value("start", start_);
  archive(from);
}

void InstrumentPlan::sign(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%a ", value);
  signature_ += text;
}

void InstrumentPlan::sign(const std::string& text) {
  signature_ += text + '\n';
}

void InstrumentPlan::readTimes(const std::string& name, const lab::Node& node,
                               const InstrumentContext& context, double usual) {
  name_ = name;
  steps_ = context.steps;
  timeStep_ = context.settings.dynamics.timeStep;
  const double every = node.quantity("every", "s", lab::kPositive, usual * kPicosecond) / kPicosecond;
  interval_ = std::max<std::int64_t>(1, std::llround(std::min(1e12, every / timeStep_)));
  start_ = std::llround(
      std::min(1e15, node.quantity("start", "s", lab::kNotNegative, 0.0) / kPicosecond / timeStep_));
  sign(name);
  sign(double(interval_));
  sign(double(start_));
}

SelectedAtoms readSelection(const lab::Node& node, const std::string& key, const System* system,
                            const std::string& fallback) {
  SelectedAtoms selected;
  selected.text = node.text(key, fallback);
  if (node.isDoubtful(key)) return selected;
  try {
    const Selection selection = Selection::parse(selected.text);
    if (system == nullptr) return selected;
    selected.atoms = selection.evaluate(system->topology, system->state);
    if (selected.atoms.empty())
      node.errorAt(key, "no atom of this system is meant by \"" + selected.text + "\"");
  } catch (const core::Error& error) {
    node.errorAt(key, "\"" + selected.text + "\", " + error.what());
  }
  return selected;
}

lab::Dataset timeSeries(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {{"time", "s", {}}}, {}};
}

lab::Dataset single(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {}, {}};
}

std::vector<std::unique_ptr<InstrumentPlan>> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const InstrumentContext& context) {
  struct Kind {
    const char* word;
    PlanPointer (*parse)(const std::string&, const lab::Node&, const InstrumentContext&);
  };
  static constexpr Kind kKinds[] = {{"thermodynamics", parseThermodynamics},
                                    {"speeds", parseSpeeds},
                                    {"radial_distribution", parseRadialDistribution},
                                    {"displacement", parseDisplacement},
                                    {"velocity_correlation", parseVelocityCorrelation},
                                    {"hydrogen_bonds", parseHydrogenBonds},
                                    {"shape", parseShape},
                                    {"ramachandran", parseRamachandran},
                                    {"secondary_structure", parseSecondaryStructure},
                                    {"geometry", parseGeometry},
                                    {"pull", parsePull},
                                    {"trajectory", parseTrajectory}};
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) words.emplace_back(kind.word);
  std::vector<std::unique_ptr<InstrumentPlan>> plans;
  for (const auto& [name, node] : instruments) {
    const std::string word = node.word("kind", words);
    for (const Kind& kind : kKinds)
      if (word == kind.word)
        if (PlanPointer plan = kind.parse(name, node, context)) plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace aula::molecular
