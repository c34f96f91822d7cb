// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "anatomy/kind/heart/spec.h"
#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::anatomy::heart {

namespace {

/// Conductivities for Aliev and Panfilov's cells, whose upstroke is some ten times slower than a ventricle's: they
/// make waves 0.6 m/s fast along fibres and 0.3 m/s across (Taggart et al. 2000 and others: 0.5 to 0.7, 0.2 to 0.3),
/// and fronts 5 mm wide, which a lattice of 1 mm carries.
constexpr double kLiveAlong = 3.2, kLiveAcross = 0.8;
constexpr double kLiveStep = 4e-4, kBatchStep = 2e-5;
constexpr int kMaximumStimuli = 32, kMaximumLiveKnobs = 16;

std::string signed_(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%a ", value);
  return text;
}

bool isFinite(Vec3 v) {
  return std::isfinite(v.x + v.y + v.z);
}

StimulusSpec parseStimulus(const std::string& name, const lab::Node& node) {
  StimulusSpec one;
  one.name = name;
  const std::string where = node.word("where", {"ball", "half", "everywhere"});
  one.where = where == "half"         ? StimulusSpec::Where::half
              : where == "everywhere" ? StimulusSpec::Where::everywhere
                                      : StimulusSpec::Where::ball;
  if (one.where != StimulusSpec::Where::everywhere) one.at = node.vector("at", "m", {-0.3, 0.3});
  if (one.where == StimulusSpec::Where::ball) one.radius = node.quantity("radius", "m", {0.5e-3, 0.1}, 0.005);
  if (one.where == StimulusSpec::Where::half) {
    one.normal = node.vector("normal", "1");
    if (isFinite(one.normal) && core::length(one.normal) < 1e-9)
      node.errorAt("normal", "is [0, 0, 0]; give the direction into the half that is stimulated");
    else
      one.normal = core::normalised(one.normal);
  }
  one.strength = node.quantity("strength", "V/s", {-5000, 5000}, 100.0);
  one.duration = node.quantity("duration", "s", {1e-5, 0.1}, 0.002);
  one.isTimed = node.has("start");
  if (one.isTimed) one.start = node.quantity("start", "s", lab::kNotNegative);
  one.count = static_cast<int>(node.integer("count", 1, 1000, 1));
  if (one.count > 1) {
    if (!one.isTimed) node.errorAt("count", "needs \"start\": say when the first of them comes");
    one.interval = node.quantity("interval", "s", {0.001, 100});
  } else if (node.has("interval")) {
    node.errorAt("interval", "needs a \"count\" above 1");
  }
  one.trigger = node.quantity("trigger", "1", lab::kAnyValue, 0.0);
  if (!one.isTimed && !node.has("trigger"))
    node.error("never comes: give \"start\", or a \"trigger\" for a knob to set it off");
  return one;
}

InstrumentSpec parseInstrument(const std::string& name, const lab::Node& node, double timeStep) {
  InstrumentSpec one;
  one.name = name;
  const std::string kind = node.word("kind", {"ecg", "qrs", "activation", "potential", "rate"});
  one.kind = kind == "qrs"          ? InstrumentKind::qrs
             : kind == "activation" ? InstrumentKind::activation
             : kind == "potential"  ? InstrumentKind::potential
             : kind == "rate"       ? InstrumentKind::rate
                                    : InstrumentKind::ecg;
  const double usual = 0.002;
  const double every = node.quantity("every", "s", {1e-5, 1}, usual);
  one.interval = std::max<std::int64_t>(1, std::llround(every / timeStep));
  if (one.kind == InstrumentKind::potential || one.kind == InstrumentKind::rate)
    one.at = node.vector("at", "m", {-0.3, 0.3});
  if (one.kind == InstrumentKind::qrs) one.threshold = node.quantity("threshold", "1", {0.005, 0.5}, 0.05);
  one.signature = kind + " " + signed_(double(one.interval)) + signed_(one.at.x) + signed_(one.at.y) +
                  signed_(one.at.z) + signed_(one.threshold);
  return one;
}

SceneSpec parseScene(const lab::Node& node) {
  SceneSpec scene;
  scene.hasVessels = node.boolean("vessels", true);
  scene.hasConduction = node.boolean("conduction", true);
  scene.hasElectrodes = node.boolean("electrodes", false);
  scene.hasLabels = node.boolean("labels", true);
  scene.hasInnerLabels = node.boolean("inner_labels", false);
  scene.detail = node.quantity("detail", "m", {0.8e-3, 4e-3}, scene.detail);
  return scene;
}

}  // namespace

std::shared_ptr<HeartSpec> readSpec(const lab::Lab& lab) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<HeartSpec>();
  Settings& settings = spec->settings;
  const bool isLive =
      section.word("cell", {"aliev_panfilov", "ten_tusscher_panfilov"}, "aliev_panfilov") == "aliev_panfilov";
  settings.cell = isLive ? CellModel::alievPanfilov : CellModel::tenTusscherPanfilov;
  spec->spacing = section.quantity("spacing", "m", {0.2e-3, 3e-3}, 0.001);
  settings.timeStep = section.quantity("time_step", "s", {1e-6, 1e-3}, isLive ? kLiveStep : kBatchStep);
  settings.excitability = section.quantity("excitability", "1", {0.05, 4}, 1.0);
  if (isLive) settings.along = kLiveAlong, settings.across = kLiveAcross;
  if (const auto node = section.optionalChild("conductivity")) {
    settings.along = node->quantity("along", "S/m", {1e-4, 50}, settings.along);
    settings.across = node->quantity("across", "S/m", {1e-4, 50}, settings.across);
    if (settings.across > settings.along * (1 + 1e-9))
      node->errorAt("across", "is more than along fibres; currents go more easily along them");
  }
  spec->duration = section.quantity("action_potential", "1", {0.3, 3}, 1.0);
  if (!isLive && spec->duration != 1)
    section.errorAt("action_potential", "stretches Aliev and Panfilov's cells only; ten Tusscher and Panfilov's have their own");
  spec->rate = section.quantity("rate", "Hz", {0, 10}, 0.0);
  spec->firstBeat = section.quantity("first_beat", "s", lab::kNotNegative, 0.0);
  if (const auto node = section.optionalChild("blocks"))
    for (int trunk = 0; trunk < kTrunks; ++trunk)
      // A number, so that a knob may turn it: from one half on it blocks.
      if (node->quantity(nameOf(static_cast<Trunk>(trunk)), "1", {0, 1}, 0.0) >= 0.5)
        spec->blocked |= 1U << trunk;
  for (const auto& [name, node] : section.members("stimuli")) {
    spec->stimuli.push_back(parseStimulus(name, node));
    if (spec->stimuli.size() == kMaximumStimuli + 1)
      node.error("is one too many; at most " + std::to_string(kMaximumStimuli) + " stimuli are possible");
  }

  const lab::RunSettings& run = lab.run();
  const double steps = run.steps > 0 ? double(run.steps) : std::ceil(run.duration / settings.timeStep - 1e-6);
  if (!(steps <= 1e9))
    section.error(
        "the run would take more than 1e9 steps; shorten run.duration or lengthen simulation.time_step");
  spec->steps = static_cast<std::int64_t>(std::clamp(steps, 1.0, 1e9));
  for (const auto& [name, node] : lab.instruments())
    spec->instruments.push_back(parseInstrument(name, node, settings.timeStep));
  spec->scene = parseScene(lab.scene());
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

std::vector<std::string> refusedChanges(const HeartSpec& before, const HeartSpec& after) {
  std::vector<std::string> refused;
  const Settings &a = before.settings, &b = after.settings;
  if (a.cell != b.cell) refused.emplace_back("the cells (simulation.cell)");
  if (before.duration != after.duration)
    refused.emplace_back("the length of action potentials (simulation.action_potential)");
  if (before.spacing != after.spacing) refused.emplace_back("the lattice (simulation.spacing)");
  if (a.timeStep != b.timeStep) refused.emplace_back("the time step (simulation.time_step)");
  if (a.along != b.along || a.across != b.across)
    refused.emplace_back("the conductivities (simulation.conductivity)");
  if (before.firstBeat != after.firstBeat) refused.emplace_back("the first beat (simulation.first_beat)");
  if (before.stimuli.size() != after.stimuli.size()) refused.emplace_back("the number of stimuli");
  if (before.scene.detail != after.scene.detail) refused.emplace_back("the surfaces (scene.detail)");
  for (std::size_t i = 0; i < before.instruments.size() && i < after.instruments.size(); ++i)
    if (before.instruments[i].signature != after.instruments[i].signature)
      refused.push_back("what instruments." + before.instruments[i].name + " records");
  return refused;
}

std::shared_ptr<const HeartSpec> readTurned(const HeartSpec& first, const lab::KnobValues& turned) {
  const std::shared_ptr<const lab::Lab> fresh = first.lab->withKnobs(turned);
  std::shared_ptr<HeartSpec> spec;
  if (!fresh->diagnostics().hasErrors()) spec = readSpec(*fresh);
  fresh->diagnostics().throwIfErrors();
  return spec;
}

void checkLiveKnobs(const lab::Lab& lab, HeartSpec& spec) {
  int count = 0;
  for (const lab::Knob& knob : lab.knobs()) {
    if (!knob.isLive) continue;
    const std::string place = "knobs." + knob.name + ".live";
    if (++count > kMaximumLiveKnobs) {
      lab.diagnostics().error(place, "at most " + std::to_string(kMaximumLiveKnobs) +
                                         " knobs of a simulation of kind heart can be live");
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
                                  ", which cannot change while the simulation runs; leave \"live\" out, "
                                  "or make it depend on other knobs only");
  }
}

}  // namespace aula::anatomy::heart
