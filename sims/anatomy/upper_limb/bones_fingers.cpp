// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "anatomy/model/atlas.h"
#include "anatomy/upper_limb/bones_digit.h"
#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::cut;
using kit::Frame;

namespace {

/// How a digit stands: what lengths do not say.
struct Ray {
  int number;
  double girth;                   ///< Times the middle finger's.
  Vec3 base;                      ///< Of the metacarpal, mm in the hand's frame.
  Vec3 along, palm;               ///< Of the metacarpal, in the hand's frame; made square.
  double spread;                  ///< Degrees that the first phalanx is turned to the thumb's side.
  std::array<double, 3> flexion;  ///< Degrees at each joint.
};

constexpr double kGap = 1.1;  ///< mm between bones of a finger: two cartilages of about half a millimetre.

/// Axes of a bone: origin in the middle of its base, x to the side, y to the palm, z to the fingertip.
Frame boneFrame(Vec3 origin, Vec3 along, Vec3 palm) {
  Frame f;
  f.origin = origin;
  f.z = normalised(along);
  f.y = normalised(palm - dot(palm, f.z) * f.z);
  f.x = cross(f.y, f.z);
  return f;
}

/// The next bone's axes after a joint: bent to the palm about the head's middle.
Frame beyond(const Frame& f, double l, double headRadius, double flexion, double spread = 0) {
  const auto turned = [](Vec3 a, Vec3 b, double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    return std::cos(angle) * a + std::sin(angle) * b;
  };
  const Vec3 along = turned(turned(f.z, f.x, -spread), f.y, flexion), palm = turned(f.y, f.z, -flexion);
  return boneFrame(f(0, 0, l - headRadius) + 1e-3 * (headRadius + kGap) * along, along, palm);
}

void addRay(std::vector<BoneSolid>& bones, const Atlas& atlas, const Solid& carpals, const Ray& ray) {
  const Frame h = handFrame();
  const bool isThumb = ray.number == 1;
  const double g = ray.girth;
  Frame f = boneFrame(h(ray.base.x, ray.base.y, ray.base.z), h.way(ray.along), h.way(ray.palm));
  const auto lengthOf = [&](const std::string& id) { return 1e3 * atlas.measure(id, "length"); };
  const auto keep = [&](const std::string& id, const Solid& solid, const Solid& cartilage, double l,
                        int priority) {
    bones.push_back({id, "forearm", solid, cartilage, f(0, -4 * g, l / 2), priority});
  };
  const auto hollowed = [&](const Solid& bone, const Solid& head) {
    return cut(bone, grown(head, 1e-3 * kGap), 0.6);
  };
  const auto zone = [&](const Solid& head) { return grown(head, 1e-3 * (kGap + 0.35)); };

  std::string id = "metacarpal_" + std::to_string(ray.number);
  double l = lengthOf(id);
  Solid head = digit::metacarpalHead(f, l, g);
  // Bases fit the wrist and, from the third on, the base beside them.
  Solid first = cut(digit::metacarpal(f, l, g, isThumb), grown(carpals, 1e-3 * kGap), 0.6);
  for (const BoneSolid& other : bones)
    if (other.id == "metacarpal_" + std::to_string(ray.number - 1) && ray.number > 2)
      first = cut(first, grown(other.solid, 0.6e-3), 0.6);
  keep(id, first, grown(head, 0.0004), l, 50);

  // The thumb's joints have smaller heads than its bone is thick.
  double girth = 0.98 * g;
  f = beyond(f, l, 6.8 * g, ray.flexion[0], ray.spread);
  id = "proximal_phalanx_" + std::to_string(ray.number);
  l = lengthOf(id);
  Solid next = digit::condyles(f, l, girth);
  keep(id, hollowed(digit::phalanx(f, l, girth), head), united(zone(head), next), l, 40);
  head = next;

  if (!isThumb) {
    f = beyond(f, l, 4.1 * girth, ray.flexion[1]);
    girth = 0.86 * g;
    id = "middle_phalanx_" + std::to_string(ray.number);
    l = lengthOf(id);
    next = digit::condyles(f, l, girth);
    keep(id, hollowed(digit::phalanx(f, l, girth), head), united(zone(head), next), l, 30);
    head = next;
  }
  f = beyond(f, l, 4.1 * girth, ray.flexion[isThumb ? 1 : 2]);
  id = "distal_phalanx_" + std::to_string(ray.number);
  l = lengthOf(id);
  girth = (isThumb ? 0.95 : 0.84) * g;
  keep(id, hollowed(digit::distalPhalanx(f, l, girth), head), zone(head), l, 20);
}

}  // namespace

std::vector<BoneSolid> makeFingers() {
  // A hand at rest, nearly straight: bent a little more towards the little finger (chosen by eye).
  const std::vector<Ray> rays{
      {1, 1.05, {27.2, 8, -33.5}, {0.52, 0.42, -0.74}, {-0.62, 0.72, 0}, 0, {10, 8, 0}},
      {2, 0.98, {14.8, -2, -37}, {0.10, -0.02, -1}, {0.05, 1, 0}, -3, {9, 12, 7}},
      {3, 1.00, {2.2, -2.5, -38.6}, {0.01, -0.01, -1}, {0, 1, 0}, -1, {11, 14, 8}},
      {4, 0.94, {-9.4, -1.8, -37.4}, {-0.08, 0.02, -1}, {-0.05, 1, 0}, 2.5, {13, 16, 9}},
      {5, 0.88, {-19.2, -0.5, -35.5}, {-0.16, 0.06, -1}, {-0.12, 1, 0}, 5, {15, 17, 9}},
  };
  const std::shared_ptr<const Atlas> atlas = Atlas::region("upper_limb");
  const Solid carpals = makeCarpals().solid;
  std::vector<BoneSolid> bones;
  for (const Ray& ray : rays) addRay(bones, *atlas, carpals, ray);
  return bones;
}

}  // namespace aula::anatomy
