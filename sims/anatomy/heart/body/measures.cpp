// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/measures.h"

#include "anatomy/model/atlas.h"

namespace aula::anatomy::heart {

const Measures& measures() {
  static const Measures shipped = [] {
    const auto atlas = Atlas::region("heart");
    const auto get = [&](const char* id, const char* what) { return atlas->measure(id, what); };
    Measures m{};
    m.leftRadius = get("left_ventricle", "cavity_radius");
    m.leftLength = get("left_ventricle", "cavity_length");
    m.leftBase = get("left_ventricle", "base_height");
    m.leftWall = get("left_ventricle", "wall");
    m.rightWall = get("right_ventricle", "wall");
    m.rightDepth = get("right_ventricle", "semi_depth");
    m.rightWidth = get("right_ventricle", "semi_width");
    m.rightLength = get("right_ventricle", "semi_length");
    m.outflowRadius = get("right_ventricle", "outflow_radius");
    m.leftAtrium = get("left_atrium", "radius");
    m.rightAtrium = get("right_atrium", "radius");
    m.aorta = get("ascending_aorta", "radius");
    m.pulmonaryTrunk = get("pulmonary_trunk", "radius");
    m.superiorCava = get("superior_vena_cava", "radius");
    m.inferiorCava = get("inferior_vena_cava", "radius");
    m.pulmonaryVeins = get("pulmonary_veins", "radius");
    m.mitral = get("mitral_valve", "radius");
    m.tricuspid = get("tricuspid_valve", "radius");
    m.aortic = get("aortic_valve", "radius");
    return m;
  }();
  return shipped;
}

const Axes& axes() {
  static const Axes shipped = [] {
    Axes axes;
    // The apex points left, front and down, each about as much (Foster et al. 2005 measured the long axis in
    // both planes with magnetic resonance; persons differ by some ten degrees).
    axes.basal = core::normalised({0.62, -0.56, 0.55});
    // The septum faces right and front.
    const Vec3 towards{0.60, 0.80, 0.16};
    axes.septal = core::normalised(towards - dot(towards, axes.basal) * axes.basal);
    axes.upper = cross(axes.basal, axes.septal);
    axes.centre = -measures().leftBase * axes.basal;
    return axes;
  }();
  return shipped;
}

}  // namespace aula::anatomy::heart
