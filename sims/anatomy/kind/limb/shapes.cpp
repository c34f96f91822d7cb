// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/shapes.h"

#include <algorithm>
#include <cmath>

#include "anatomy/upper_limb/bones.h"
#include "scene/geometry/primitives.h"

namespace aula::anatomy::limb {

namespace {

/// Sizes of the triangles, m.
constexpr double kBoneSpacing = 0.0018, kBladeSpacing = 0.0012, kSkinSpacing = 0.0045;
constexpr double kIron = 7870;  ///< kg/m^3
/// Half a handle, its radius, m; a head's length over its radius.
constexpr double kHandle = 0.05, kGrip = 0.013, kShortness = 0.8;

/// Muscles' points at rest, every third of them: enough to tell what is covered.
std::vector<std::vector<Vec3>> sampled(const std::vector<MuscleSurface>& surfaces) {
  std::vector<std::vector<Vec3>> all;
  for (const MuscleSurface& surface : surfaces) {
    all.emplace_back();
    for (std::size_t i = 0; i < surface.positions.size(); i += 3)
      all.back().push_back(scene::toVec3(surface.positions[i]));
  }
  return all;
}

/// m to the nearest of those points but muscle `own`'s, no more than `most`.
double clearance(const std::vector<std::vector<Vec3>>& muscles, Vec3 p, std::size_t own, double most) {
  double least = most * most;
  for (std::size_t m = 0; m < muscles.size(); ++m) {
    if (m == own) continue;
    for (const Vec3 q : muscles[m]) least = std::min(least, dot(p - q, p - q));
  }
  return std::sqrt(least);
}

/// Farther away than this is bare, m.
constexpr double kBare = 0.025;

void findBarePlaces(Shapes& shapes) {
  const std::vector<MuscleSurface> surfaces = shapes.muscles->at({});
  const std::vector<std::vector<Vec3>> points = sampled(surfaces);
  for (const Part& bone : shapes.bones) {
    Vec3 best = bone.anchor;
    double most = clearance(points, best, points.size(), kBare);
    const std::size_t stride = std::max<std::size_t>(1, bone.mesh->positions.size() / 300);
    for (std::size_t i = 0; most < kBare && i < bone.mesh->positions.size(); i += stride) {
      const Vec3 p = scene::toVec3(bone.mesh->positions[i]);
      const double free = clearance(points, p, points.size(), kBare);
      if (free > most) most = free, best = p;
    }
    shapes.bareBones.push_back(best);
  }
  for (std::size_t m = 0; m < surfaces.size(); ++m) {
    const MuscleLayout& layout = shapes.muscles->layout(m);
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < surfaces[m].positions.size(); i += 5) {
      if (layout.tendon[i] > 0.1F) continue;
      // The middle of the belly is preferred to its ends.
      const double u = double(layout.textureCoordinates[i][0]);
      const double free =
          clearance(points, scene::toVec3(surfaces[m].positions[i]), m, kBare) - 0.02 * std::abs(u - 0.5);
      if (free > most) most = free, best = i;
    }
    shapes.bareMuscles.push_back(best);
  }
}

}  // namespace

std::shared_ptr<const Shapes> Shapes::get() {
  static const std::shared_ptr<const Shapes> shapes = [] {
    auto made = std::make_shared<Shapes>();
    // The scapula's blade is thin: coarser triangles would hole it.
    for (const BoneSolid& bone : upperLimbBoneSolids())
      made->bones.push_back(bonePart(bone, bone.id == "scapula" ? kBladeSpacing : kBoneSpacing));
    made->muscles = &upperLimbMuscleShapes();
    made->muscleMaterial = fibreMaterial();
    findBarePlaces(*made);
    return made;
  }();
  return shapes;
}

scene::TriangleMesh dumbBell(double mass, double& radius) {
  // Two heads a little shorter than they are wide; the handle's own mass is left out.
  radius = std::cbrt(0.5 * mass / (kIron * 3.14159265358979 * kShortness));
  scene::TriangleMesh mesh =
      scene::makeCylinder({-kHandle, 0, 0}, {kHandle, 0, 0}, std::min(kGrip, 0.6 * radius), 24);
  for (const double side : {-1.0, 1.0})
    mesh =
        scene::joined(mesh, scene::makeCylinder({side * kHandle, 0, 0},
                                                {side * (kHandle + kShortness * radius), 0, 0}, radius, 48));
  return mesh;
}

const UpperLimbSkin& Shapes::skin() const {
  std::call_once(isSkinMade_,
                 [this] { skin_ = std::make_unique<const UpperLimbSkin>(*muscles, kSkinSpacing); });
  return *skin_;
}

}  // namespace aula::anatomy::limb
