// SPDX-License-Identifier: Apache-2.0
#include "molecular/parse/external.h"

#include "molecular/instrument/instrument.h"
#include "molecular/units.h"

namespace aula::molecular {

void parseExternal(const lab::Node& simulation, const System* system, SimulationSpec& spec) {
  spec.field = simulation.vector("field", "V/m", lab::kAnyValue, {0, 0, 0}) / kFieldPerNanometre;
  for (const lab::Node& node : simulation.children("pulls")) {
    PullSpec one;
    one.pull.atoms = readSelection(node, "selection", system, "none").atoms;
    if (!node.has("selection")) node.errorAt("selection", "is missing; say which atoms are pulled");
    one.hasTarget = node.has("to");
    if (one.hasTarget) one.pull.target = node.vector("to", "m") / kNanometre;
    one.pull.stiffness =
        node.quantity("stiffness", "N/m", lab::kPositive, one.pull.stiffness * kStiffness) / kStiffness;
    one.pull.largestForce =
        node.quantity("largest_force", "N", lab::kPositive, one.pull.largestForce * kForce) / kForce;
    one.velocity = node.vector("velocity", "m/s", lab::kAnyValue, {0, 0, 0}) / kSpeed;
    spec.pulls.push_back(std::move(one));
  }
  for (const lab::Node& node : simulation.children("heat_regions")) {
    HeatRegion region;
    region.centre = node.vector("centre", "m") / kNanometre;
    region.radius = node.quantity("radius", "m", lab::kPositive) / kNanometre;
    region.temperature = node.quantity("temperature", "K", {0, 1e5});
    region.coupling =
        node.quantity("coupling", "s", lab::kPositive, region.coupling * kPicosecond) / kPicosecond;
    spec.regions.push_back(region);
  }
}

}  // namespace aula::molecular
