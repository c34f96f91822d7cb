// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

namespace {

/// Colours that the material's is multiplied by: cartilage inside the zone, softly bordered.
void tint(scene::TriangleMesh& mesh, const BoneSolid& bone) {
  const scene::Material plain = boneMaterial(), smooth = cartilageMaterial();
  const scene::Colour ratio{smooth.baseColour.red / plain.baseColour.red,
                            smooth.baseColour.green / plain.baseColour.green,
                            smooth.baseColour.blue / plain.baseColour.blue};
  constexpr double kBorder = 0.0008;
  mesh.colours.resize(mesh.positions.size());
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(mesh.positions.size()); ++i) {
    double share = 0;
    if (bone.cartilage) {
      const double d = bone.cartilage->distance(scene::toVec3(mesh.positions[std::size_t(i)]));
      share = std::clamp(0.5 - d / kBorder, 0.0, 1.0);
    }
    const auto mix = [&](float to) { return float(1 + share * (double(to) - 1)); };
    mesh.colours[std::size_t(i)] = {mix(ratio.red), mix(ratio.green), mix(ratio.blue)};
  }
}

core::Vec3 nearestPoint(const scene::TriangleMesh& mesh, core::Vec3 to) {
  double least = std::numeric_limits<double>::infinity();
  core::Vec3 best;
  for (const auto& p : mesh.positions) {
    const core::Vec3 v = scene::toVec3(p);
    if (length(v - to) < least) {
      least = length(v - to);
      best = v;
    }
  }
  return best;
}

}  // namespace

const std::vector<BoneSolid>& upperLimbBoneSolids() {
  static const std::vector<BoneSolid> bones = [] {
    std::vector<BoneSolid> all{makeClavicle(), makeScapula(), makeHumerus(),
                               makeRadius(),   makeUlna(),    makeCarpals()};
    for (BoneSolid& bone : makeFingers()) all.push_back(std::move(bone));
    return all;
  }();
  return bones;
}

Part bonePart(const BoneSolid& bone, double spacing) {
  auto mesh = std::make_shared<scene::TriangleMesh>(polygonise(bone.solid, {spacing}));
  tint(*mesh, bone);
  Part part;
  part.id = bone.id;
  part.body = bone.body;
  part.anchor = nearestPoint(*mesh, bone.anchor);
  part.mesh = std::move(mesh);
  part.material = boneMaterial();
  part.labelPriority = bone.labelPriority;
  return part;
}

std::vector<Part> upperLimbBones(double spacing) {
  std::vector<Part> parts;
  for (const BoneSolid& bone : upperLimbBoneSolids()) parts.push_back(bonePart(bone, spacing));
  return parts;
}

}  // namespace aula::anatomy
