// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

namespace {

/// How hollow the surface is at each point, 1/m: the mean of n·(q − p)/|q − p|² over its neighbours q, which
/// is half the mean curvature (of a groove, positive); smoothed over a few neighbourhoods.
std::vector<double> hollowness(const scene::TriangleMesh& mesh) {
  const std::size_t n = mesh.positions.size();
  std::vector<double> sum(n), count(n);
  const auto everyEdge = [&](const auto& visit) {
    for (std::size_t t = 0; t < mesh.triangles.size(); t += 3)
      for (std::size_t i = 0; i < 3; ++i) visit(mesh.triangles[t + i], mesh.triangles[t + (i + 1) % 3]);
  };
  everyEdge([&](std::uint32_t a, std::uint32_t b) {
    const core::Vec3 way = scene::toVec3(mesh.positions[b]) - scene::toVec3(mesh.positions[a]);
    // Short edges tell little more than their rounding.
    const double square = std::max(dot(way, way), 1e-8);
    sum[a] += dot(scene::toVec3(mesh.normals[a]), way) / square;
    sum[b] -= dot(scene::toVec3(mesh.normals[b]), way) / square;
    count[a] += 1, count[b] += 1;
  });
  for (std::size_t i = 0; i < n; ++i) sum[i] /= std::max(count[i], 1.0);
  for (int round = 0; round < 4; ++round) {
    std::vector<double> next = sum;
    std::vector<double> weight(n, 1);
    everyEdge([&](std::uint32_t a, std::uint32_t b) {
      next[a] += sum[b], next[b] += sum[a];
      weight[a] += 1, weight[b] += 1;
    });
    for (std::size_t i = 0; i < n; ++i) sum[i] = next[i] / weight[i];
  }
  return sum;
}

/// Colours that the material's is multiplied by: cartilage inside the zone, softly bordered; bone darker and
/// browner in its hollows, paler on its edges, as age and handling leave it (by eye).
void tint(scene::TriangleMesh& mesh, const BoneSolid& bone) {
  const scene::Material plain = boneMaterial(), smooth = cartilageMaterial();
  const scene::Colour ratio{smooth.baseColour.red / plain.baseColour.red,
                            smooth.baseColour.green / plain.baseColour.green,
                            smooth.baseColour.blue / plain.baseColour.blue};
  constexpr double kBorder = 0.0008;  // m
  constexpr double kDeep = 90;        // 1/m, half the mean curvature of a groove of 2.8 mm radius
  const std::vector<double> hollow = hollowness(mesh);
  mesh.colours.resize(mesh.positions.size());
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(mesh.positions.size()); ++i) {
    double share = 0;
    if (bone.cartilage) {
      const double d = bone.cartilage->distance(scene::toVec3(mesh.positions[std::size_t(i)]));
      share = std::clamp(0.5 - d / kBorder, 0.0, 1.0);
    }
    const double depth = std::clamp(hollow[std::size_t(i)] / kDeep, -0.5, 1.0) * (1 - 0.7 * share);
    const auto mix = [&](float to, double darkening) {
      return float((1 + share * (double(to) - 1)) * (1 - darkening * depth));
    };
    mesh.colours[std::size_t(i)] = {mix(ratio.red, 0.26), mix(ratio.green, 0.34), mix(ratio.blue, 0.44)};
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
