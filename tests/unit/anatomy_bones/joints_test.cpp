// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "anatomy/upper_limb/landmarks.h"
#include "shared_bones.h"

namespace aula::anatomy {
namespace {

/// Bones may come no nearer than this: half the thinnest cartilage pair of the hand (m).
constexpr double kClear = 0.0003;
/// Joints must close to this, m; each joint's two cartilages with what lies between.
constexpr double kGap = 0.004;

/// Rodrigues' rotation about an axis through a point.
Vec3 turned(Vec3 p, Vec3 centre, Vec3 axis, double angle) {
  axis = normalised(axis);
  const Vec3 q = p - centre;
  return centre + std::cos(angle) * q + std::sin(angle) * cross(axis, q) +
         (1 - std::cos(angle)) * dot(axis, q) * axis;
}

/// The smallest distance from one bone's mesh, after `move`, to another bone. What a triangle bulges out
/// between its corners is far below the limits: spacing squared over eight radii.
template <class Move>
double between(const std::string& moving, const std::string& still, const Move& move) {
  const Solid& solid = boneSolid(still).solid;
  const scene::Bounds near = solid.bounds().grown(0.01);
  double least = 1;
  for (const auto& p : bone(moving).mesh->positions) {
    const Vec3 q = move(scene::toVec3(p));
    bool isNear = true;
    for (int axis = 0; axis < 3; ++axis)
      isNear = isNear && q[axis] > near.lower[axis] && q[axis] < near.upper[axis];
    if (isNear) least = std::min(least, solid.distance(q));
  }
  return least;
}
double between(const std::string& a, const std::string& b) {
  return between(a, b, [](Vec3 p) { return p; });
}

void expectJoint(const std::string& a, const std::string& b) {
  const double gap = between(a, b);
  EXPECT_GT(gap, kClear) << a << " and " << b;
  EXPECT_LT(gap, kGap) << a << " and " << b;
}

TEST(Joints, CloseInTheAnatomicalPosition) {
  expectJoint("humerus", "scapula");
  expectJoint("clavicle", "scapula");
  expectJoint("ulna", "humerus");
  expectJoint("radius", "humerus");
  expectJoint("radius", "ulna");
  expectJoint("carpals", "radius");
  for (int i = 1; i <= 5; ++i) {
    const std::string n = std::to_string(i);
    expectJoint("metacarpal_" + n, "carpals");
    expectJoint("proximal_phalanx_" + n, "metacarpal_" + n);
    if (i == 1) {
      expectJoint("distal_phalanx_1", "proximal_phalanx_1");
      continue;
    }
    expectJoint("middle_phalanx_" + n, "proximal_phalanx_" + n);
    expectJoint("distal_phalanx_" + n, "middle_phalanx_" + n);
  }
}

TEST(Joints, NoTwoBonesMeetAnywhere) {
  const auto& all = upperLimbBoneSolids();
  for (const BoneSolid& a : all)
    for (const BoneSolid& b : all) {
      if (a.id == b.id) continue;
      EXPECT_GT(between(a.id, b.id), 0.0) << a.id << " in " << b.id;
    }
}

TEST(Joints, ElbowBendsTo130DegreesWithoutBonesMeeting) {
  for (int degrees = 0; degrees <= 130; degrees += 10) {
    const double angle = degrees * std::numbers::pi / 180;
    for (const char* id : {"ulna", "radius"}) {
      const double gap = between(id, "humerus", [&](Vec3 p) {
        return turned(p, landmark::kElbowCentre, landmark::kElbowAxis, angle);
      });
      EXPECT_GT(gap, kClear) << id << " at " << degrees << " degrees";
      EXPECT_LT(gap, kGap) << id << " at " << degrees << " degrees";
    }
  }
}

TEST(Joints, ShoulderTurnsAboutTheHeadsCentre) {
  // To the front by 60 degrees, to the side by 50, and turned 40 inwards: within what the joint does without
  // the scapula.
  const Vec3 centre{0, 0, 0};
  struct Turn {
    Vec3 axis;
    double degrees;
  };
  for (const Turn& turn : {Turn{{1, 0, 0}, 60}, Turn{{1, 0, 0}, 30}, Turn{{0, -1, 0}, 50},
                           Turn{{0, -1, 0}, 25}, Turn{{0, 0, 1}, 40}, Turn{{0, 0, 1}, -30}}) {
    const double gap = between("humerus", "scapula", [&](Vec3 p) {
      return turned(p, centre, turn.axis, turn.degrees * std::numbers::pi / 180);
    });
    EXPECT_GT(gap, kClear) << turn.degrees;
    EXPECT_LT(gap, kGap) << turn.degrees;
  }
}

}  // namespace
}  // namespace aula::anatomy
