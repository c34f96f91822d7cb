// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/change.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::anatomy::limb {

namespace {
/// Each is checked by reading the lab twice.
constexpr int kMaximumLiveKnobs = 24;
}  // namespace

std::vector<std::string> refusedChanges(const LimbSpec& before, const LimbSpec& after) {
  std::vector<std::string> refused;
  if (before.timeStep != after.timeStep) refused.emplace_back("the time step (simulation.time_step)");
  if (before.mode == Mode::free && before.pose.elbowFlexion != after.pose.elbowFlexion)
    refused.emplace_back(
        "where the elbow begins (simulation.pose.elbow_flexion), which only mode \"isometric\" or "
        "\"isokinetic\" holds");
  for (std::size_t i = 0; i < before.instruments.size() && i < after.instruments.size(); ++i)
    if (before.instruments[i]->signature() != after.instruments[i]->signature())
      refused.push_back("what instruments." + before.instruments[i]->name() + " records");
  return refused;
}

std::shared_ptr<const LimbSpec> readTurned(const LimbSpec& first, const lab::KnobValues& turned) {
  const std::shared_ptr<const lab::Lab> fresh = first.lab->withKnobs(turned);
  std::shared_ptr<LimbSpec> spec;
  if (!fresh->diagnostics().hasErrors()) spec = readSpec(*fresh);
  fresh->diagnostics().throwIfErrors();
  return spec;
}

void checkLiveKnobs(const lab::Lab& lab, LimbSpec& spec) {
  int count = 0;
  for (const lab::Knob& knob : lab.knobs()) {
    if (!knob.isLive) continue;
    const std::string place = "knobs." + knob.name + ".live";
    if (++count > kMaximumLiveKnobs) {
      lab.diagnostics().error(place, "at most " + std::to_string(kMaximumLiveKnobs) +
                                         " knobs of a simulation of kind limb can be live");
      return;
    }
    if (!spec.lab) spec.lab = lab.withKnobs({});
    std::vector<std::string> refused;
    for (const double end : {knob.lower, knob.upper}) {
      try {
        const auto turned = readTurned(spec, {{knob.name, end}});
        for (const std::string& what : refusedChanges(spec, *turned))
          if (std::find(refused.begin(), refused.end(), what) == refused.end()) refused.push_back(what);
      } catch (const core::Error& error) {
        if (error.fault() != core::Fault::input) throw;
        lab.diagnostics().error(place, "the lab does not hold over the knob's whole range; at " +
                                           core::formatIn(end, knob.unit) + ":\n    " + error.what());
        refused.clear();
        break;
      }
    }
    if (!refused.empty())
      lab.diagnostics().error(
          place, "the knob changes " + core::listed(refused, "and") +
                     ", which cannot change while the simulation runs; leave \"live\" out, or make "
                     "it depend on other knobs only");
  }
}

}  // namespace aula::anatomy::limb
