// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/units/constants.h"
#include "fdtd/parse/parse.h"

namespace aula::fdtd {

namespace {

constexpr std::size_t kMaximumMaterials = 255;  // The medium stores an index in a byte.

/// rad/s from "frequency" (Hz, cycles) or "angular_frequency" (rad/s); the two differ by 2 pi, so each has
/// its own key.
double readAngularFrequency(const lab::Node& node) {
  if (node.has("angular_frequency")) {
    if (node.has("frequency"))
      node.errorAt("frequency", "give either frequency or angular_frequency, not both");
    return node.quantity("angular_frequency", "rad/s", lab::kPositive);
  }
  return 2 * core::kPi * node.quantity("frequency", "Hz", lab::kPositive);
}

Pole parsePole(const lab::Node& node) {
  Pole pole;
  const std::string kind = node.word("kind", {"drude", "lorentz", "debye"});
  if (kind == "drude") {
    pole.kind = Pole::Kind::drude;
    pole.frequency = readAngularFrequency(node);
    pole.damping = node.quantity("damping", "s-1", lab::kNotNegative);
  } else if (kind == "lorentz") {
    pole.kind = Pole::Kind::lorentz;
    pole.strength = node.quantity("strength", "1", lab::kNotNegative);
    pole.frequency = readAngularFrequency(node);
    pole.damping = node.quantity("damping", "s-1", lab::kNotNegative);
  } else {
    pole.kind = Pole::Kind::debye;
    pole.strength = node.quantity("strength", "1", lab::kNotNegative);
    pole.relaxation = node.quantity("relaxation", "s", lab::kPositive);
  }
  return pole;
}

Material parseMaterial(const std::string& name, const lab::Node& node) {
  Material material;
  material.name = name;
  material.isPerfectConductor = node.boolean("perfect_conductor", false);
  if (node.has("refractive_index")) {
    const double index = node.quantity("refractive_index", "1", lab::kPositive);
    material.permittivity = index * index;
    if (node.has("permittivity")) {
      node.errorAt("refractive_index", "give either permittivity or refractive_index, not both");
    }
  } else {
    material.permittivity = node.quantity("permittivity", "1", lab::kPositive, 1.0);
  }
  material.permeability = node.quantity("permeability", "1", lab::kPositive, 1.0);
  material.conductivity = node.quantity("conductivity", "S/m", lab::kNotNegative, 0.0);
  material.magneticConductivity = node.quantity("magnetic_conductivity", "ohm/m", lab::kNotNegative, 0.0);
  for (const lab::Node& pole : node.children("poles")) material.poles.push_back(parsePole(pole));
  if (material.poles.size() > std::size_t(kMaximumPoles)) {
    node.errorAt("poles", "has " + std::to_string(material.poles.size()) + " entries; at most " +
                              std::to_string(kMaximumPoles) + " are allowed");
    material.poles.clear();
  }
  return material;
}

}  // namespace

std::vector<Material> parseMaterials(const lab::Node& node) {
  std::vector<Material> materials{Material{"vacuum", 1, 1, 0, 0, false, {}}};
  const auto members = node.members("materials");
  if (members.size() > kMaximumMaterials) {
    node.errorAt("materials", "has " + std::to_string(members.size()) + " entries; at most " +
                                  std::to_string(kMaximumMaterials) + " are allowed");
    return materials;
  }
  for (const auto& [name, member] : members) {
    materials.push_back(parseMaterial(name, member));
    if (name == "vacuum") member.error("vacuum is built in and cannot be changed; choose another name");
  }

  // The background comes first; vacuum stays available under its name.
  if (node.has("background")) {
    std::vector<std::string> names;
    for (const Material& material : materials) names.push_back(material.name);
    const std::string background = node.word("background", names);
    const auto found = std::find_if(materials.begin(), materials.end(),
                                    [&](const Material& material) { return material.name == background; });
    if (found != materials.end()) std::iter_swap(materials.begin(), found);
    if (materials[0].isPerfectConductor) {
      node.errorAt("background",
                   "\"" + background + "\" is a perfect conductor; no field could exist anywhere");
    }
  }
  return materials;
}

}  // namespace aula::fdtd
