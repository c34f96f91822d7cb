// SPDX-License-Identifier: Apache-2.0
#include "molecular/spec.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "molecular/parse/external.h"
#include "molecular/parse/settings.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

/// Numbers and words one after the other, so that equal text means equal settings.
class Text {
 public:
  Text& operator<<(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%a ", value);
    whole_ += text;
    return *this;
  }
  [[nodiscard]] const std::string& whole() const { return whole_; }

 private:
  std::string whole_;
};

/// What an engine takes once and for all; temperature, pressure, field, pulls and regions may change.
std::string frozenText(const SimulationSpec& spec) {
  const NonbondedSettings& n = spec.settings.nonbonded;
  const DynamicsSettings& d = spec.settings.dynamics;
  Text text;
  text << n.cutoff << double(n.vdwModifier) << n.switchStart << n.hasDispersionCorrection
       << double(n.electrostatics) << n.ewaldTolerance << n.meshOrder << n.meshSpacing
       << n.reactionFieldPermittivity << n.bufferTolerance << n.hasGeneralisedBorn << n.solventPermittivity
       << d.timeStep << double(d.integrator) << double(d.thermostat) << d.temperatureCoupling
       << double(d.barostat) << d.pressureCoupling << d.compressibility << double(d.constraints)
       << d.hydrogenMass << d.centreOfMassInterval << double(d.seed) << double(spec.pulls.size())
       << spec.equilibration.minimises << spec.equilibration.duration << spec.finalTemperature;
  for (const PullSpec& pull : spec.pulls) text << pull.hasTarget << double(pull.pull.atoms.size());
  // Where nothing holds the temperature it is only that of the beginning.
  if (d.thermostat == Thermostat::none && d.integrator != Integrator::langevinMiddle) text << d.temperature;
  if (d.barostat == Barostat::none) text << d.pressure;
  return text.whole();
}

}  // namespace

std::shared_ptr<SimulationSpec> readSpec(const lab::Lab& lab, const SimulationSpec* known) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<SimulationSpec>();
  spec->recipe = parseSystem(section, lab.file().parent_path());
  spec->absence = spec->recipe.absence;
  if (known != nullptr && known->recipe == spec->recipe) {
    spec->system = known->system;
  } else if (spec->absence.empty() && !section.isDoubtful("system") && !section.isDoubtful("seed")) {
    try {
      spec->system = std::make_shared<const System>(buildSystem(spec->recipe));
    } catch (const core::Error& error) {
      if (error.fault() != core::Fault::input) throw;
      section.errorAt("system", error.what());
    }
  }
  const System* system = spec->system.get();
  // Without a system nothing can be said of who is in it.
  if (system == nullptr && spec->absence.empty()) return nullptr;

  const bool hasCharges =
      system == nullptr || std::any_of(system->topology.charges.begin(), system->topology.charges.end(),
                                       [](double charge) { return charge != 0; });
  const bool isPeriodic = system == nullptr || system->state.box.isPeriodic();
  spec->settings.nonbonded = parseNonbonded(section, isPeriodic, hasCharges);
  if (system != nullptr && isPeriodic &&
      spec->settings.nonbonded.cutoff > system->state.box.longestCutoff() * (1 + 1e-9)) {
    char text[200];
    std::snprintf(text, sizeof text,
                  "is %.4g nm, more than half the box's width: atoms would meet two images of a neighbour; "
                  "at most %.4g "
                  "nm fits this box",
                  spec->settings.nonbonded.cutoff, system->state.box.longestCutoff());
    if (const auto nonbonded = section.optionalChild("nonbonded"))
      nonbonded->errorAt("cutoff", text);
    else
      section.errorAt("nonbonded", std::string("leaves cutoff out; the usual one ") + text);
  }
  spec->settings.dynamics = parseDynamics(section, spec->recipe.seed);
  const lab::Node dynamics = section.child("dynamics");
  spec->initialTemperature =
      dynamics.quantity("initial_temperature", "K", {0, 1e5}, spec->settings.dynamics.temperature);
  spec->finalTemperature = dynamics.quantity("final_temperature", "K", {0, 1e5}, 0.0);
  if (const auto node = section.optionalChild("equilibration")) {
    spec->equilibration.minimises = node->boolean("minimise", true);
    spec->equilibration.duration = node->quantity("duration", "s", lab::kNotNegative, 0.0) / kPicosecond;
  }
  parseExternal(section, system, *spec);

  const lab::RunSettings& run = lab.run();
  const double steps =
      run.steps > 0 ? double(run.steps) : std::ceil(run.duration / kPicosecond / spec->timeStep() - 1e-6);
  if (!(steps <= 1e12))
    section.error(
        "the run would take more than 1e12 steps; shorten run.duration or lengthen "
        "simulation.dynamics.time_step");
  spec->steps = static_cast<std::int64_t>(std::clamp(steps, 1.0, 1e12));
  spec->instruments = parseInstruments(
      lab.instruments(), {system, spec->settings, spec->steps, static_cast<int>(spec->pulls.size())});
  spec->scene = parseScene(lab.scene(), system);
  spec->frozen = frozenText(*spec);
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

}  // namespace aula::molecular
