// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "anatomy/muscle/limb.h"
#include "anatomy/muscle/wrap.h"

namespace aula::anatomy {
namespace {

WrapSurface placed(const WrapSurface& surface, const scene::Transform& place) {
  WrapSurface moved = surface;
  moved.centre = place.point(surface.centre);
  moved.axis = place.vector(surface.axis);
  moved.side = place.vector(surface.side);
  return moved;
}

/// Follows the string from origin to insertion. The moment arm comes from statics: a string under unit
/// tension pulls at every point it is fixed to with the difference of its directions there, and a smooth
/// surface takes the forces at both ends of the arc that lies on it, since that arc is in balance. The moment
/// of what the forearm gets, about the elbow's axis, is by virtual work minus the derivative of the length by
/// the angle.
class Walk {
 public:
  Walk(const LimbModel& limb, const MuscleSpec& muscle, const Pose& pose, ArcPoints drawn)
      : limb_(limb), muscle_(muscle), pose_(pose), drawn_(drawn), places_(placesOf(limb, pose)) {
    axis_ = places_[static_cast<int>(Body::humerus)].vector(limb.elbowAxis);
    elbow_ = places_[static_cast<int>(Body::humerus)].point(limb.elbowCentre);
  }

  [[nodiscard]] MusclePath run() {
    std::size_t last = muscle_.path.size();
    for (std::size_t n = 0; n < muscle_.path.size(); ++n) {
      if (!isTaken(muscle_.path[n])) continue;
      if (last == muscle_.path.size()) {
        point(at(muscle_.path[n]));
      } else {
        span(last, n);
      }
      last = n;
    }
    return std::move(way_);
  }

 private:
  [[nodiscard]] bool isTaken(const PathPoint& p) const {
    return pose_.elbowFlexion >= p.from && pose_.elbowFlexion <= p.to;
  }
  [[nodiscard]] Vec3 at(const PathPoint& p) const { return places_[static_cast<int>(p.body)].point(p.place); }
  void point(Vec3 p) {
    if (drawn_ == ArcPoints::drawn) way_.points.push_back(p);
  }
  void push(Body body, Vec3 place, Vec3 force) {
    if (body == Body::forearm) way_.momentArm += dot(axis_, cross(place - elbow_, force));
  }

  /// From one taken point to the next, over the surface between them where it is in the way.
  void span(std::size_t first, std::size_t second) {
    const PathPoint &start = muscle_.path[first], &end = muscle_.path[second];
    const Vec3 a = at(start), b = at(end);
    for (std::size_t w = 0; w < muscle_.wraps.size(); ++w) {
      if (muscle_.wrapAfter[w] < first || muscle_.wrapAfter[w] >= second) continue;
      const WrapSurface& surface = limb_.surfaces[muscle_.wraps[w]];
      const Wrapped over = wrapOver(placed(surface, places_[static_cast<int>(surface.body)]), a, b, drawn_);
      if (!over.touches) break;
      way_.length += core::length(over.enter - a) + over.arc + core::length(b - over.leave);
      push(start.body, a, over.before);
      push(surface.body, over.enter, -over.before);
      push(surface.body, over.leave, over.after);
      push(end.body, b, -over.after);
      for (const Vec3& p : over.points) point(p);
      point(b);
      return;
    }
    const Vec3 way = b - a;
    const double straight = core::length(way);
    way_.length += straight;
    push(start.body, a, way / straight);
    push(end.body, b, -way / straight);
    point(b);
  }

  const LimbModel& limb_;
  const MuscleSpec& muscle_;
  const Pose& pose_;
  ArcPoints drawn_;
  std::array<scene::Transform, kBodies> places_;
  Vec3 axis_, elbow_;
  MusclePath way_;
};

}  // namespace

MusclePath pathOf(const LimbModel& limb, const MuscleSpec& muscle, const Pose& pose) {
  return Walk(limb, muscle, pose, ArcPoints::drawn).run();
}

PathMeasure measurePath(const LimbModel& limb, const MuscleSpec& muscle, const Pose& pose) {
  const MusclePath way = Walk(limb, muscle, pose, ArcPoints::none).run();
  return {way.length, way.momentArm};
}

}  // namespace aula::anatomy
