// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "anatomy/muscle/limb.h"
#include "anatomy/upper_limb/muscles_field.h"
#include "anatomy/upper_limb/muscles_recipe.h"

namespace aula::anatomy {

/// Where the limb's bodies stand and what bone is near: what muscles lie on.
struct LimbStage {
  LimbStage(const LimbModel& limb, const std::array<DistanceField, kBodies>& bones, const Pose& pose);

  /// Bits of the bodies with bone within `reach` of `p`.
  [[nodiscard]] unsigned near(Vec3 p, double reach) const;
  /// m to the nearest bone of those bodies, at most DistanceField::kReach.
  [[nodiscard]] double boneDistance(Vec3 p, unsigned bodies = 7) const;
  [[nodiscard]] Vec3 boneAway(Vec3 p) const;  ///< Unit, from the nearest bone; null: none near.
  /// A direction of the anatomical position as it stands beside `p`: it turns over from the humerus to the
  /// forearm within a few centimetres of the elbow.
  [[nodiscard]] Vec3 turned(Vec3 direction, Vec3 p) const;

  std::array<scene::Transform, kBodies> places;
  const std::array<DistanceField, kBodies>& bones;

 private:
  Vec3 elbow_, up_, down_;  ///< Unit, from the elbow to the shoulder and to the wrist.
};

/// A spindle-shaped muscle as rings square to a curve, each ring a radius by angle about the curve.
struct MuscleTube {
  static constexpr int kAround = 20;
  static constexpr int kOrigin = 7, kBelly = 22, kInsertion = 9;  ///< Rings of the three parts.
  static constexpr int kRings = kOrigin + kBelly + kInsertion;
  static constexpr int kFirst = kOrigin, kLast = kOrigin + kBelly - 1;  ///< The belly's outermost rings.

  std::array<Vec3, kRings> centre, along, across, outward;
  /// Half axes of the belly for a scale of 1, and of the tendon, m.
  std::array<double, kRings> bellyA{}, bellyB{}, tendonA{}, tendonB{};
  std::array<double, kRings> arc{};  ///< m, of the path, from the origin
  using Ring = std::array<float, kAround>;
  std::array<Ring, kRings> limit{}, radius{};  ///< m
  double scale = 0;                            ///< Of the belly's half axes, m
  /// Half axes of belly and tendon together at a scale, m; what share() goes by is kept by setWhole().
  [[nodiscard]] double wholeA(std::size_t ring, double at) const {
    const double belly = at * bellyA[ring];
    return std::sqrt(belly * belly + tendonA[ring] * tendonA[ring]);
  }
  [[nodiscard]] double wholeB(std::size_t ring, double at) const {
    const double belly = at * bellyB[ring];
    return std::sqrt(belly * belly + tendonB[ring] * tendonB[ring]);
  }
  void setWhole();
  /// Radii stand: they are what distance() goes by.
  void setFinal();
  bool isFinal = false;  ///< Radii stand.

  /// m from the surface, negative inside, roughly (too small rather than too large where it is positive).
  /// `hint`: a ring to begin at, and the one that was found.
  [[nodiscard]] double distance(Vec3 p, int& hint) const;
  /// The unlimited ellipse's share at a point: 0 the curve, 1 its surface.
  [[nodiscard]] double share(Vec3 p, int& hint) const;
  [[nodiscard]] Vec3 point(int ring, int k) const;
  /// m^3, between the belly's outermost rings.
  [[nodiscard]] double bellyVolume() const;

 private:
  struct Local {
    double x = 0, y = 0, part = 0;  ///< In the ring's plane, m; between `hint` and the ring after it.
    bool isBeside = false;          ///< False: before the first or after the last ring.
  };
  [[nodiscard]] Local locate(Vec3 p, int& hint) const;
  std::array<double, kRings> wholeA_{}, wholeB_{}, widest_{};
};

/// Directions of the points of a ring.
struct RingDirection {
  double cosine = 1, sine = 0;
};
[[nodiscard]] const std::array<RingDirection, MuscleTube::kAround>& ringDirections();

/// Lays the curve: along the path, beside what lies deeper. `shortening`: m by which the belly is shorter
/// than the path says, as the tendon gives. `atRest`: the path's length at rest.
void layCurve(MuscleTube& tube, const MuscleRecipe& recipe, double volume, const MusclePath& path,
              double atRest, double stretch, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper);

/// Fills the room that bone and neighbours leave with the muscle's volume.
void fillRoom(MuscleTube& tube, double volume, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper, const std::vector<const MuscleTube*>& beside);

}  // namespace aula::anatomy
