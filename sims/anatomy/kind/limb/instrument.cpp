// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/instrument.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "anatomy/kind/limb/spec.h"
#include "core/io/checkpoint.h"
#include "core/text.h"

namespace aula::anatomy::limb {

lab::Dataset timeSeries(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {{"time", "s", {}}}, {}};
}

void Recorder::sample() {
  times_.push_back(source_.time());
  take(columns_);
}

std::vector<lab::Dataset> Recorder::data() const {
  std::vector<lab::Dataset> sets = shapes();
  std::size_t width = 0;
  for (const lab::Dataset& set : sets)
    if (!set.axes.empty() && set.axes[0].name == "time") ++width;
  for (std::size_t column = 0; column < width; ++column) {
    sets[column].axes[0].values = times_;
    sets[column].values.reserve(times_.size());
    for (std::size_t row = 0; row < times_.size(); ++row)
      sets[column].values.push_back(columns_[row * width + column]);
  }
  return sets;
}

void Recorder::save(core::CheckpointWriter& writer) const {
  writer.writeArray("times", std::span<const double>(times_));
  writer.writeArray("columns", std::span<const double>(columns_));
}

void Recorder::load(core::CheckpointReader& reader) {
  reader.readVector("times", times_);
  reader.readVector("columns", columns_);
}

InstrumentPlan::InstrumentPlan(std::string name, const lab::Node& node, const InstrumentContext& context,
                               double usual)
    : name_(std::move(name)) {
  const double every = node.quantity("every", "s", lab::kPositive, usual);
  interval_ = std::max<std::int64_t>(1, std::llround(std::min(1e12, every / context.timeStep)));
  samples_ = context.steps / interval_ + 1;
  sign(name_ + " " + std::to_string(interval_));
}

double InstrumentPlan::bytes() const {
  return 8.0 * double(samples_) * double(shapes().size() + 1);
}

std::size_t readMuscle(const lab::Node& node) {
  const std::string word = node.text("muscle");
  if (node.isDoubtful("muscle")) return 0;
  const std::vector<std::size_t> called = musclesCalled(word);
  if (called.size() == 1 && upperLimb().muscles[called[0]].isElbow) return called[0];
  std::vector<std::string> ids;
  for (const MuscleSpec& muscle : upperLimb().muscles)
    if (muscle.isElbow) ids.push_back(muscle.id);
  if (called.size() == 1) {
    node.errorAt("muscle",
                 core::quoted(word) + " does not cross the elbow; give one of " + core::listed(ids));
    return 0;
  }
  if (!called.empty()) {
    std::vector<std::string> heads;
    for (const std::size_t place : called) heads.push_back(upperLimb().muscles[place].id);
    node.errorAt("muscle", core::quoted(word) + " is several; give one of " + core::listed(heads));
    return 0;
  }
  const auto nearest = core::nearestWord(word, ids);
  node.errorAt("muscle", core::quoted(word) + " is no muscle of this arm" +
                             (nearest ? "; did you mean " + core::quoted(*nearest) + "?"
                                      : "; give one of " + core::listed(ids)));
  return 0;
}

std::vector<PlanPointer> parseInstruments(const std::vector<std::pair<std::string, lab::Node>>& instruments,
                                          const InstrumentContext& context) {
  struct Kind {
    const char* word;
    PlanPointer (*parse)(const std::string&, const lab::Node&, const InstrumentContext&);
  };
  static constexpr Kind kKinds[] = {{"joint", parseJoint},
                                    {"muscle", parseMuscle},
                                    {"muscle_energy", parseEnergy},
                                    {"moment_arm", parseMomentArm},
                                    {"torque_curve", parseTorqueCurve},
                                    {"length_tension", parseLengthTension},
                                    {"force_velocity", parseForceVelocity}};
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) words.emplace_back(kind.word);
  std::vector<PlanPointer> plans;
  for (const auto& [name, node] : instruments) {
    const std::string word = node.word("kind", words);
    for (const Kind& kind : kKinds)
      if (word == kind.word) plans.push_back(kind.parse(name, node, context));
  }
  return plans;
}

}  // namespace aula::anatomy::limb
