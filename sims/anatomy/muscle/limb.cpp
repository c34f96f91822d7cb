// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/limb.h"

#include <cmath>
#include <string>

#include "anatomy/model/assets.h"

namespace aula::anatomy {

const char* nameOf(Body body) {
  switch (body) {
    case Body::trunk:
      return "trunk";
    case Body::humerus:
      return "humerus";
    case Body::forearm:
      break;
  }
  return "forearm";
}

const MuscleSpec* LimbModel::find(const std::string& id) const {
  for (const MuscleSpec& muscle : muscles)
    if (muscle.id == id) return &muscle;
  return nullptr;
}

const LimbModel& upperLimb() {
  static const LimbModel limb =
      parseLimb(std::string(asset("upper_limb/mechanics.json")), "upper_limb/mechanics.json");
  return limb;
}

scene::Transform turned(Vec3 axis, double angle, Vec3 about) {
  // Rodrigues' formula.
  const double c = std::cos(angle), s = std::sin(angle);
  const auto turn = [&](Vec3 v) { return c * v + s * cross(axis, v) + (1 - c) * dot(axis, v) * axis; };
  scene::Transform place{turn({1, 0, 0}), turn({0, 1, 0}), turn({0, 0, 1}), {}};
  place.translation = about - place.vector(about);
  return place;
}

scene::Transform chained(const scene::Transform& outer, const scene::Transform& inner) {
  return {outer.vector(inner.x), outer.vector(inner.y), outer.vector(inner.z),
          outer.point(inner.translation)};
}

std::array<scene::Transform, kBodies> placesOf(const LimbModel& limb, const Pose& pose) {
  const scene::Transform rotation = turned({0, 0, 1}, pose.shoulderRotation, {});
  const scene::Transform abduction = turned({0, -1, 0}, pose.shoulderAbduction, {});
  const scene::Transform flexion = turned({1, 0, 0}, pose.shoulderFlexion, {});
  const scene::Transform humerus = chained(flexion, chained(abduction, rotation));
  return {scene::Transform{}, humerus,
          chained(humerus, turned(limb.elbowAxis, pose.elbowFlexion, limb.elbowCentre))};
}

}  // namespace aula::anatomy
