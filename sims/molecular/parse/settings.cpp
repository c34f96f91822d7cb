// SPDX-License-Identifier: Apache-2.0
#include "molecular/parse/settings.h"

#include <limits>

#include "molecular/units.h"

namespace aula::molecular {

NonbondedSettings parseNonbonded(const lab::Node& simulation, bool isPeriodic, bool hasCharges) {
  NonbondedSettings settings;
  settings.electrostatics = !isPeriodic  ? Electrostatics::plain
                            : hasCharges ? Electrostatics::particleMeshEwald
                                         : Electrostatics::reactionField;
  const auto node = simulation.optionalChild("nonbonded");
  if (!node) return settings;
  settings.cutoff = node->quantity("cutoff", "m", lab::kPositive, settings.cutoff * kNanometre) / kNanometre;
  const std::string modifier =
      node->word("modifier", {"potential_shift", "potential_switch", "plain"}, "potential_shift");
  settings.vdwModifier = modifier == "plain"              ? VdwModifier::plain
                         : modifier == "potential_switch" ? VdwModifier::potentialSwitch
                                                          : VdwModifier::potentialShift;
  settings.switchStart =
      node->quantity("switch_start", "m", lab::kPositive, 0.9 * settings.cutoff * kNanometre) / kNanometre;
  if (settings.vdwModifier == VdwModifier::potentialSwitch && settings.switchStart >= settings.cutoff)
    node->errorAt("switch_start", "must be less than the cutoff");
  settings.hasDispersionCorrection = node->boolean("dispersion_correction", isPeriodic);
  if (node->has("electrostatics")) {
    const std::string word = node->word("electrostatics", {"particle_mesh_ewald", "reaction_field", "plain"});
    settings.electrostatics = word == "plain"            ? Electrostatics::plain
                              : word == "reaction_field" ? Electrostatics::reactionField
                                                         : Electrostatics::particleMeshEwald;
    if (isPeriodic && settings.electrostatics == Electrostatics::plain)
      node->errorAt("electrostatics",
                    "\"plain\" sums over all pairs and is for systems without a box; in a periodic box use "
                    "\"particle_mesh_ewald\" or \"reaction_field\"");
    if (!isPeriodic && settings.electrostatics == Electrostatics::particleMeshEwald)
      node->errorAt(
          "electrostatics",
          "\"particle_mesh_ewald\" sums over the images of a periodic box, and this system has none; use "
          "\"plain\"");
  }
  settings.ewaldTolerance = node->quantity("ewald_tolerance", "1", {1e-12, 1e-2}, settings.ewaldTolerance);
  settings.meshOrder = static_cast<int>(node->integer("mesh_order", 4, 5, settings.meshOrder));
  settings.meshSpacing =
      node->quantity("mesh_spacing", "m", lab::kPositive, settings.meshSpacing * kNanometre) / kNanometre;
  settings.reactionFieldPermittivity =
      node->quantity("permittivity", "1", {1, std::numeric_limits<double>::infinity(), false, true},
                     settings.reactionFieldPermittivity);
  if (settings.reactionFieldPermittivity > 1e300) settings.reactionFieldPermittivity = 0;
  settings.hasGeneralisedBorn = node->boolean("generalised_born", false);
  settings.solventPermittivity =
      node->quantity("solvent_permittivity", "1", {1, 1000}, settings.solventPermittivity);
  return settings;
}

DynamicsSettings parseDynamics(const lab::Node& simulation, std::uint64_t seed) {
  DynamicsSettings settings;
  settings.seed = seed;
  const lab::Node node = simulation.child("dynamics");
  settings.timeStep =
      node.quantity("time_step", "s", {1e-18, 1e-14}, settings.timeStep * kPicosecond) / kPicosecond;
  const std::string integrator =
      node.word("integrator", {"leap_frog", "velocity_verlet", "langevin"}, "leap_frog");
  settings.integrator = integrator == "langevin"          ? Integrator::langevinMiddle
                        : integrator == "velocity_verlet" ? Integrator::velocityVerlet
                                                          : Integrator::leapFrog;
  const bool isLangevin = settings.integrator == Integrator::langevinMiddle;
  const std::string thermostat =
      node.word("thermostat", {"velocity_rescale", "none"}, isLangevin ? "none" : "velocity_rescale");
  settings.thermostat = thermostat == "none" ? Thermostat::none : Thermostat::velocityRescale;
  if (isLangevin && settings.thermostat != Thermostat::none)
    node.errorAt("thermostat", "the integrator \"langevin\" is a thermostat itself; leave this out");
  settings.temperature = node.quantity("temperature", "K", {0, 1e5}, settings.temperature);
  settings.temperatureCoupling =
      node.quantity("temperature_coupling", "s", lab::kPositive, settings.temperatureCoupling * kPicosecond) /
      kPicosecond;
  settings.barostat = node.word("barostat", {"none", "stochastic_cell_rescale"}, "none") == "none"
                          ? Barostat::none
                          : Barostat::stochasticCellRescale;
  settings.pressure = node.quantity("pressure", "Pa", {-1e10, 1e12}, settings.pressure * kBar) / kBar;
  settings.pressureCoupling =
      node.quantity("pressure_coupling", "s", lab::kPositive, settings.pressureCoupling * kPicosecond) /
      kPicosecond;
  settings.compressibility =
      node.quantity("compressibility", "1/Pa", lab::kPositive, settings.compressibility / kBar) * kBar;
  const std::string constraints =
      node.word("constraints", {"none", "hydrogen_bonds", "all_bonds"}, "hydrogen_bonds");
  settings.constraints = constraints == "none"        ? Constraints::none
                         : constraints == "all_bonds" ? Constraints::allBonds
                                                      : Constraints::hydrogenBonds;
  settings.hydrogenMass = node.quantity("hydrogen_mass", "kg", lab::kNotNegative, 0.0) / kMassUnit;
  settings.centreOfMassInterval = static_cast<int>(node.integer("centre_of_mass_interval", 0, 1000000, 100));
  return settings;
}

}  // namespace aula::molecular
