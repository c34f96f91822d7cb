// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/breathing/spec.h"

#include <algorithm>
#include <cmath>

#include "anatomy/kind/breathing/instrument.h"
#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::anatomy::respiration {

namespace {

constexpr std::size_t kMaximumLiveKnobs = 16;
constexpr double kMostSteps = 1e9;

BreathingPattern readPattern(const lab::Node& section) {
  BreathingPattern pattern;
  const auto node = section.optionalChild("pattern");
  if (!node) return pattern;
  pattern.period = 1 / node->quantity("rate", "1/s", {1.0 / 60, 2}, 1 / pattern.period);
  pattern.inspiratoryShare = node->quantity("inspiratory_share", "1", {0.1, 0.9}, pattern.inspiratoryShare);
  pattern.effort = node->quantity("effort", "Pa", {0, 60 * kWaterCentimetre}, pattern.effort);
  if (const auto forced = node->optionalChild("forced")) {
    pattern.isForced = true;
    pattern.forcedStart = forced->quantity("start", "s", lab::kNotNegative, pattern.forcedStart);
    pattern.forcedInspiration = forced->quantity("inspiration", "s", {0.5, 30}, pattern.forcedInspiration);
    pattern.forcedExpiration = forced->quantity("expiration", "s", {0.5, 60}, pattern.forcedExpiration);
    pattern.forcedEvery = forced->quantity("every", "s", lab::kNotNegative, 0.0);
    if (!forced->isDoubtful("every") && pattern.forcedEvery > 0 &&
        pattern.forcedEvery < pattern.forcedInspiration + pattern.forcedExpiration)
      forced->errorAt("every",
                      "is " + core::formatQuantity(pattern.forcedEvery, "s") +
                          ", shorter than one forced breath of " +
                          core::formatQuantity(pattern.forcedInspiration + pattern.forcedExpiration, "s"));
  }
  return pattern;
}

void readNarrowing(const lab::Node& section, BreathingSettings& settings) {
  for (const lab::Node& node : section.children("narrowing")) {
    const std::vector<double> range = node.quantities("generations", "1", {0, 30});
    const double width = node.quantity("diameter", "1", {0.05, 2});
    if (node.isDoubtful("generations")) continue;
    if (range.size() != 2 || range[0] > range[1] || range[0] != std::floor(range[0]) ||
        range[1] != std::floor(range[1])) {
      node.errorAt("generations",
                   "give the first and the last generation, two whole numbers, for example [3, 16]");
      continue;
    }
    for (std::size_t z = 0; z < settings.narrowing.size(); ++z)
      if (double(z) >= range[0] && (double(z) <= range[1])) settings.narrowing[z] *= width;
  }
}

void readBronchi(const lab::Node& section, BreathingSettings& settings) {
  const auto node = section.optionalChild("bronchi");
  if (!node) return;
  std::vector<std::string> known;
  for (int i = 0; i < kNamedBranches; ++i) known.emplace_back(idOf(static_cast<NamedBranch>(i)));
  for (const std::string& id : node->keys()) {
    const double opening = node->quantity(id, "1", {0, 1});
    if (const auto branch = findNamedBranch(id)) {
      settings.opening[static_cast<std::size_t>(*branch)] = opening;
    } else {
      const auto nearest = core::nearestWord(id, known);
      node->errorAt(id, "is no bronchus that can be narrowed; " +
                            (nearest ? "did you mean \"" + *nearest + "\"?"
                                     : "there are " + core::listed(known, "and")));
    }
  }
}

SceneSpec readScene(const lab::Node& node) {
  SceneSpec scene;
  const std::string colour =
      node.word("colour_by", {"lobe", "generation", "ventilation", "flow", "resistance"}, "lobe");
  scene.colouring = colour == "generation"    ? Colouring::generation
                    : colour == "ventilation" ? Colouring::ventilation
                    : colour == "flow"        ? Colouring::flow
                    : colour == "resistance"  ? Colouring::resistance
                                              : Colouring::lobe;
  // A knob may set it, so a quantity: the nearest whole number counts.
  scene.generations =
      static_cast<int>(std::lround(node.quantity("generations", "1", {2, 24}, scene.generations)));
  scene.lobeOpacity = node.quantity("lobe_opacity", "1", {0, 1}, scene.lobeOpacity);
  scene.hasDiaphragm = node.boolean("diaphragm", true);
  scene.hasPleura = node.boolean("pleura", false);
  scene.hasLabels = node.boolean("labels", true);
  return scene;
}

}  // namespace

std::shared_ptr<BreathingSpec> readSpec(const lab::Lab& lab) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<BreathingSpec>();
  spec->timeStep = section.quantity("time_step", "s", {1e-4, 0.1}, spec->timeStep);
  spec->tree.terminalShare = section.quantity("terminal_share", "1", {1e-5, 0.01}, spec->tree.terminalShare);
  BreathingSettings& settings = spec->settings;
  settings.pattern = readPattern(section);
  settings.emphysema = section.quantity("emphysema", "1", {0, 1}, 0.0);
  settings.fibrosis = section.quantity("fibrosis", "1", {0, 1}, 0.0);
  readNarrowing(section, settings);
  readBronchi(section, settings);
  settings.pleuralGradient = section.quantity("pleural_gradient", "Pa/m", {0, 1e4}, settings.pleuralGradient);
  const std::string posture =
      section.word("posture", {"upright", "supine", "prone", "on_right_side", "on_left_side"}, "upright");
  settings.down = posture == "supine"          ? Vec3{0, -1, 0}
                  : posture == "prone"         ? Vec3{0, 1, 0}
                  : posture == "on_right_side" ? Vec3{1, 0, 0}
                  : posture == "on_left_side"  ? Vec3{-1, 0, 0}
                                               : Vec3{0, 0, -1};
  const lab::RunSettings& run = lab.run();
  const double steps = run.steps > 0 ? double(run.steps) : std::ceil(run.duration / spec->timeStep - 1e-6);
  if (!(steps <= kMostSteps))
    section.error(
        "the run would take more than 1e9 steps; shorten run.duration or lengthen simulation.time_step");
  spec->steps = static_cast<std::int64_t>(std::clamp(steps, 1.0, kMostSteps));
  spec->instruments = parseInstruments(lab.instruments(), spec->timeStep);
  spec->scene = readScene(lab.scene());
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

std::vector<std::string> refusedChanges(const BreathingSpec& before, const BreathingSpec& after) {
  std::vector<std::string> refused;
  if (before.timeStep != after.timeStep) refused.emplace_back("the time step (simulation.time_step)");
  if (before.tree.terminalShare != after.tree.terminalShare)
    refused.emplace_back("the tree (simulation.terminal_share)");
  for (std::size_t i = 0; i < before.instruments.size() && i < after.instruments.size(); ++i)
    if (before.instruments[i]->interval() != after.instruments[i]->interval())
      refused.push_back("how often instruments." + before.instruments[i]->name() + " samples");
  return refused;
}

std::shared_ptr<const BreathingSpec> readTurned(const BreathingSpec& first, const lab::KnobValues& turned) {
  const std::shared_ptr<const lab::Lab> fresh = first.lab->withKnobs(turned);
  std::shared_ptr<BreathingSpec> spec;
  if (!fresh->diagnostics().hasErrors()) spec = readSpec(*fresh);
  fresh->diagnostics().throwIfErrors();
  return spec;
}

void checkLiveKnobs(const lab::Lab& lab, BreathingSpec& spec) {
  std::size_t count = 0;
  for (const lab::Knob& knob : lab.knobs()) {
    if (!knob.isLive) continue;
    const std::string place = "knobs." + knob.name + ".live";
    if (++count > kMaximumLiveKnobs) {
      lab.diagnostics().error(place, "at most " + std::to_string(kMaximumLiveKnobs) +
                                         " knobs of a simulation of kind breathing can be live");
      return;
    }
    if (!spec.lab) spec.lab = lab.withKnobs({});
    std::vector<std::string> refused;
    for (const double end : {knob.lower, knob.upper}) {
      try {
        for (const std::string& what : refusedChanges(spec, *readTurned(spec, {{knob.name, end}})))
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
      lab.diagnostics().error(place,
                              "the knob changes " + core::listed(refused, "and") +
                                  ", which cannot change while the simulation runs; leave \"live\" out");
  }
}

}  // namespace aula::anatomy::respiration
