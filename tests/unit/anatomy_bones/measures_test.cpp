// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "anatomy/model/atlas.h"
#include "anatomy/upper_limb/landmarks.h"
#include "scene/mesh/measure.h"
#include "shared_bones.h"

namespace aula::anatomy {
namespace {

/// Shapes follow the measurements to a millimetre and a half (chosen: the accuracy of a calliper on a cleaned
/// bone); meshes add less than a tenth of a millimetre.
constexpr double kCalliper = 0.0015;

double measure(const char* id, const char* what) {
  return Atlas::region("upper_limb")->measure(id, what);
}

/// How far a bone's mesh reaches along a direction, and where it begins; points for which `where` holds.
struct Reach {
  double from = 1e9, to = -1e9;
  Vec3 first, last;
  [[nodiscard]] double length() const { return to - from; }
};
Reach reach(const char* id, Vec3 way, const std::function<bool(Vec3)>& where = {}) {
  way = normalised(way);
  Reach r;
  for (const auto& p : bone(id).mesh->positions) {
    const Vec3 v = scene::toVec3(p);
    if (where && !where(v)) continue;
    const double along = dot(way, v);
    if (along < r.from) r.from = along, r.first = v;
    if (along > r.to) r.to = along, r.last = v;
  }
  return r;
}

/// Length along the bone's own axis, that of its points' largest spread (power iteration).
double longest(const char* id) {
  const auto& points = bone(id).mesh->positions;
  Vec3 mean;
  for (const auto& p : points) mean = mean + scene::toVec3(p) / double(points.size());
  Vec3 way{0.2, 0.1, 1};
  for (int i = 0; i < 30; ++i) {
    Vec3 next;
    for (const auto& p : points) {
      const Vec3 q = scene::toVec3(p) - mean;
      next = next + dot(q, way) * q;
    }
    way = normalised(next);
  }
  return reach(id, way).length();
}

TEST(Measures, LengthsOfTheLongBones) {
  EXPECT_NEAR(longest("humerus"), measure("humerus", "length"), 2 * kCalliper);
  EXPECT_NEAR(longest("radius"), measure("radius", "length"), 2 * kCalliper);
  EXPECT_NEAR(longest("ulna"), measure("ulna", "length"), 2 * kCalliper);
  EXPECT_NEAR(longest("clavicle"), measure("clavicle", "length"), 2 * kCalliper);
}

TEST(Measures, LengthsOfTheHandsBones) {
  for (const BoneSolid& one : upperLimbBoneSolids()) {
    const std::string& id = one.id;
    if (id.find("metacarpal") == std::string::npos && id.find("phalanx") == std::string::npos) continue;
    // Bases are hollowed and heads rounded.
    EXPECT_NEAR(longest(id.c_str()), measure(id.c_str(), "length"), kCalliper) << id;
  }
}

TEST(Measures, Humerus) {
  const Vec3 axis = landmark::kElbowAxis;
  EXPECT_NEAR(reach("humerus", axis, [](Vec3 p) { return p.z < -0.26; }).length(),
              measure("humerus", "epicondylar_width"), kCalliper);
  // The head's medial point is a ball's.
  EXPECT_NEAR(-reach("humerus", {-0.62, -0.33, 0.71}).to, -measure("humerus", "head_radius"), 0.0002);
  // Capitulum and groove: the distance from the elbow's axis, below, where nothing else is.
  const auto radiusAt = [&](double along) {
    double least = 1;
    const Vec3 centre = landmark::kElbowCentre + along * normalised(axis);
    for (double r = 0.005; r < 0.02; r += 0.00005)
      if (boneSolid("humerus").solid.distance(centre - Vec3{0, -0.3 * r, 0.954 * r}) > 0) {
        least = r;
        break;
      }
    return least;
  };
  EXPECT_NEAR(radiusAt(0.013), measure("humerus", "capitulum_radius"), 0.0005);
  EXPECT_NEAR(radiusAt(-0.0065), measure("humerus", "trochlear_groove_radius"), 0.0005);
}

TEST(Measures, Scapula) {
  // From the inferior angle, the lowest point, to the superior one, the highest of the medial third.
  const Vec3 below = reach("scapula", {0, 0, 1}).first,
             above = reach("scapula", {0, 0, 1}, [](Vec3 p) { return p.x < -0.075; }).last;
  EXPECT_NEAR(length(above - below), measure("scapula", "length"), 2 * kCalliper);
  // These within one standard deviation of the published mean.
  EXPECT_NEAR(length(landmark::kScapularSpineRoot - landmark::kAcromion), measure("scapula", "spine_length"),
              0.012);
}

TEST(Measures, RadiusHead) {
  const Vec3 axis = landmark::kElbowAxis;
  EXPECT_NEAR(reach("radius", axis, [](Vec3 p) { return p.z > -0.312; }).length(),
              measure("radius", "head_diameter"), kCalliper);
}

TEST(Measures, VolumesAreThoseOfBones) {
  // A man's dry humerus, filled, displaces about 100 to 200 mL, his radius and ulna 30 to 70 each (chosen: a
  // shaft of 2 cm and ends of 4 to 6 cm across over 32 cm; half as thick for the forearm).
  const auto millilitres = [](const char* id) { return 1e6 * scene::enclosedVolume(*bone(id).mesh); };
  EXPECT_GT(millilitres("humerus"), 100);
  EXPECT_LT(millilitres("humerus"), 220);
  for (const char* id : {"radius", "ulna"}) {
    EXPECT_GT(millilitres(id), 30);
    EXPECT_LT(millilitres(id), 75);
  }
}

}  // namespace
}  // namespace aula::anatomy
