// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/shapes.h"

#include <cmath>

#include "anatomy/upper_limb/bones.h"
#include "scene/geometry/primitives.h"

namespace aula::anatomy::limb {

namespace {

/// Sizes of the triangles, m.
constexpr double kBoneSpacing = 0.0016, kSkinSpacing = 0.0045;
constexpr double kIron = 7870;  ///< kg/m^3

/// A handle as wide as a palm with two discs of iron that weigh 1 kg.
std::shared_ptr<const scene::TriangleMesh> makeDumbBell() {
  constexpr double kHandle = 0.055, kThickness = 0.018;
  const double radius = std::sqrt(0.5 / (kIron * 3.14159265358979 * kThickness));
  scene::TriangleMesh mesh = scene::makeCylinder({-kHandle, 0, 0}, {kHandle, 0, 0}, 0.012, 24);
  for (const double side : {-1.0, 1.0})
    mesh = scene::joined(
        mesh, scene::makeCylinder({side * kHandle, 0, 0}, {side * (kHandle + kThickness), 0, 0}, radius, 48));
  return std::make_shared<const scene::TriangleMesh>(std::move(mesh));
}

}  // namespace

std::shared_ptr<const Shapes> Shapes::get() {
  static const std::shared_ptr<const Shapes> shapes = [] {
    auto made = std::make_shared<Shapes>();
    made->bones = upperLimbBones(kBoneSpacing);
    made->muscles = &upperLimbMuscleShapes();
    made->muscleMaterial = fibreMaterial();
    made->weight = makeDumbBell();
    return made;
  }();
  return shapes;
}

const UpperLimbSkin& Shapes::skin() const {
  std::call_once(isSkinMade_,
                 [this] { skin_ = std::make_unique<const UpperLimbSkin>(*muscles, kSkinSpacing); });
  return *skin_;
}

}  // namespace aula::anatomy::limb
