// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/breathing/instrument.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy::respiration {

// An archive that writes changes nothing.
void Recorder::save(core::CheckpointWriter& writer) const {
  Archive to(writer);
  const_cast<Recorder&>(*this).archive(to);
}

void Recorder::load(core::CheckpointReader& reader) {
  Archive from(reader);
  archive(from);
}

InstrumentPlan::InstrumentPlan(std::string name, const lab::Node& node, double timeStep, double usualEvery)
    : name_(std::move(name)) {
  const double every = node.quantity("every", "s", lab::kPositive, usualEvery);
  interval_ = std::max<std::int64_t>(1, std::llround(std::min(1e9, every / timeStep)));
}

std::vector<PlanPointer> parseInstruments(const std::vector<std::pair<std::string, lab::Node>>& instruments,
                                          double timeStep) {
  struct Kind {
    const char* word;
    PlanPointer (*parse)(const std::string&, const lab::Node&, double);
  };
  static constexpr Kind kKinds[] = {{"spirometer", parseSpirometer},
                                    {"spirometry", parseSpirometry},
                                    {"ventilation", parseVentilation},
                                    {"airways", parseAirways}};
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) words.emplace_back(kind.word);
  std::vector<PlanPointer> plans;
  for (const auto& [name, node] : instruments) {
    const std::string word = node.word("kind", words);
    for (const Kind& kind : kKinds)
      if (word == kind.word) plans.push_back(kind.parse(name, node, timeStep));
  }
  return plans;
}

lab::Dataset timeSeries(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {{"time", "s", {}}}, {}};
}

lab::Dataset single(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {}, {}};
}

}  // namespace aula::anatomy::respiration
