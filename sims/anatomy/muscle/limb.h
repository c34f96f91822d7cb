// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scene/mesh/triangle_mesh.h"

/// A limb as mechanics sees it: rigid bodies, joints, muscles that run along them. Read from
/// `assets/anatomy/upper_limb/mechanics.json`, built into the program, each number with its source.
namespace aula::anatomy {

using core::Vec3;

/// What moves as one. In the anatomical position (all angles 0) every body's frame is the region's frame.
enum class Body { trunk, humerus, forearm };  ///< The trunk carries clavicle and scapula and stands still.
inline constexpr int kBodies = 3;
[[nodiscard]] const char* nameOf(Body body);  ///< "trunk", "humerus", "forearm"

/// Angles, rad. The shoulder is posed, not simulated; paths hold for a flexion of -60 to 170 degrees, an
/// abduction of -10 to 120 and a rotation of -60 to 60.
struct Pose {
  double elbowFlexion = 0;       ///< 0 straight, about 2.27 (130 degrees) fully bent.
  double shoulderFlexion = 0;    ///< Forwards.
  double shoulderAbduction = 0;  ///< Away from the trunk.
  double shoulderRotation = 0;   ///< Inwards, about the humerus.
};

/// A point of a muscle's path, fixed to a body; taken only while the elbow's angle is in `from`..`to`.
struct PathPoint {
  Body body = Body::trunk;
  Vec3 place;                  ///< m, in the region's frame in the anatomical position.
  double from = -10, to = 10;  ///< rad
};

/// A smooth body that a path lies over and never enters.
struct WrapSurface {
  enum class Kind { cylinder, ellipsoid };
  Kind kind = Kind::cylinder;
  Body body = Body::humerus;
  Vec3 centre,
      axis{1, 0, 0};  ///< A cylinder's axis, unit; an ellipsoid is an ellipsoid of revolution or ball.
  double radius = 0, length = 0;
  /// The side a path must pass on, a direction from the centre; for a muscle that never crosses to the other.
  Vec3 side;
};

/// Hill-type muscle (Thelen 2003), SI.
struct MuscleSpec {
  std::string id;            ///< The atlas' id: "biceps_brachii_caput_longum".
  double maximumForce = 0;   ///< N, isometric
  double optimalLength = 0;  ///< m, of the fibre
  double slackLength = 0;    ///< m, of the tendon
  double pennation = 0;      ///< rad, at the optimal length
  double volume = 0;         ///< m^3, of the belly, for its shape
  std::vector<PathPoint> path;
  std::vector<std::size_t> wraps;  ///< Into LimbModel::surfaces.
  /// One for each of `wraps`: the path's point after which it lies. At most one between two points.
  std::vector<std::size_t> wrapAfter;
  bool isElbow = true;  ///< Crosses the elbow and takes part in its motion.
  /// Of a helper: the id of the muscle whose excitation it shares.
  std::string follows;
};

struct RigidBody {
  double mass = 0;                  ///< kg
  Vec3 centre;                      ///< m, in the anatomical position
  std::array<double, 9> inertia{};  ///< About the centre, kg m^2, row by row
};

/// What the elbow does by itself: torque = below - above - (damping + stopDamping (below + above)) *
/// velocity, where below = scale exp((least - angle) / range) and above = scale exp((angle - most) / range),
/// with the flexion limits as least and most. The stops lose energy as Hunt and Crossley's contact does
/// (1975, J Appl Mech 42, 440).
struct PassiveJoint {
  double scale = 0;        ///< N m, at a limit
  double range = 1;        ///< rad, in which it grows by a factor e
  double damping = 0;      ///< N m s/rad
  double stopDamping = 0;  ///< s/rad
};

struct LimbModel {
  std::array<RigidBody, kBodies> bodies;
  Vec3 elbowCentre, elbowAxis;      ///< m; unit, such that flexion is a positive turn.
  Vec3 wristCentre, handCentre;     ///< m; where a weight is held.
  double flexionLimit[2] = {0, 0};  ///< rad
  PassiveJoint passive;
  std::vector<WrapSurface> surfaces;
  std::vector<MuscleSpec> muscles;
  /// Muscles that mechanics needs and the atlas does not have: the anconeus, which goes on where the medial
  /// head of the triceps ends.
  std::vector<MuscleSpec> helpers;

  /// Null when there is none.
  [[nodiscard]] const MuscleSpec* find(const std::string& id) const;
};

/// The right arm. Parsed once; any thread.
[[nodiscard]] const LimbModel& upperLimb();

/// From a file's text; `name` stands for the file in messages. Throws core::Error (input) that names the
/// place.
[[nodiscard]] LimbModel parseLimb(const std::string& json, const std::string& name);

/// Where bodies stand: lab = transform * anatomical position. The humerus turns about the origin: first about
/// its length (rotation), then sidewards (abduction), then forwards (flexion), about the region's axes.
[[nodiscard]] std::array<scene::Transform, kBodies> placesOf(const LimbModel& limb, const Pose& pose);

/// The turn by `angle` about a unit axis through a point.
[[nodiscard]] scene::Transform turned(Vec3 axis, double angle, Vec3 about);
/// First `inner`, then `outer`.
[[nodiscard]] scene::Transform chained(const scene::Transform& outer, const scene::Transform& inner);

/// A muscle's way from origin to insertion.
struct MusclePath {
  std::vector<Vec3> points;  ///< m, in the lab's frame; arcs over surfaces as many short pieces.
  double length = 0;         ///< m, exact, not that of the pieces
  double momentArm = 0;  ///< m, about the elbow: minus the derivative of the length by its angle; flexors > 0
};
[[nodiscard]] MusclePath pathOf(const LimbModel& limb, const MuscleSpec& muscle, const Pose& pose);

/// The same without points to draw.
struct PathMeasure {
  double length = 0, momentArm = 0;  ///< m
};
[[nodiscard]] PathMeasure measurePath(const LimbModel& limb, const MuscleSpec& muscle, const Pose& pose);

}  // namespace aula::anatomy
