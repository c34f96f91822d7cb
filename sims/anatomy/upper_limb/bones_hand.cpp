// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::chain;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::tube;

Solid carpalCondyle() {
  return egg(handFrame(), 2, 0, -14.5, 21.5, 11, 14);
}

BoneSolid makeCarpals() {
  const Frame h = handFrame();
  const Solid scaphoid = add(egg(h.moved(11.5, 0, -9.5, 0, 30, 0), 0, 0, 0, 9.5, 7.5, 7),
                             egg(h, 18, 4.5, -17.5, 5, 5.5, 5.5), 4);
  const Solid lunate = egg(h, -3, 0, -9, 8, 8.8, 7.8);
  const Solid triquetrum = egg(h.moved(-15, 0, -14, 0, 35, 0), 0, 0, 0, 8, 7, 7.5);
  const Solid pisiform = egg(h, -16, 9.5, -14.5, 5, 4.6, 6);
  const Solid capitate = add(egg(h, -0.5, -0.5, -20, 7, 7.8, 7.5),
                             roundBox(h(1.5, -1.5, -30), {0.0068, 0.0085, 0.0072}, 0.004, h.axes()), 3);
  const Solid hamate = add(egg(h.moved(-11.5, -1, -27, 0, -25, 0), 0, 0, 0, 8, 8, 9.5),
                           cone(h, {-10, 5, -30, 3.6}, {-8.5, 13, -30.5, 2.8}), 3);
  const Solid trapezoid = roundBox(h(12.2, -2.5, -29.5), {0.0058, 0.0072, 0.0062}, 0.004, h.axes());
  const Solid trapezium = add(egg(h.moved(21, 3.5, -27, 0, 30, 0), 0, 0, 0, 7, 7, 7.6),
                              chain(h, {{18, 10, -24, 2.6}, {19.5, 10, -29, 2.4}}), 3);
  const Solid solid =
      add({scaphoid, lunate, triquetrum, pisiform, capitate, hamate, trapezoid, trapezium}, 0.9);
  return {"carpals",     "forearm",
          solid,         grown(common(carpalCondyle(), kit::egg(h, 0, 0, 0, 26, 14, 9)), 0.0008),
          h(2, -9, -24), 70};
}

namespace {

/// A digit's bones: lengths from base to tip, mm, the thumb's without a middle phalanx.
struct Ray {
  int number;
  std::array<double, 4> lengths;  ///< Metacarpal, proximal, middle, distal.
  double girth;                   ///< Times the middle finger's.
  Vec3 base;                      ///< Of the metacarpal, mm in the hand's frame.
  Vec3 along, palm;               ///< Of the metacarpal, in the hand's frame; made square.
  std::array<double, 3> flexion;  ///< Degrees at each joint.
};

constexpr double kGap = 1.1;  ///< mm between bones of a finger.

/// Axes of a bone: origin in the middle of its base, x to the side, y to the palm, z to the fingertip.
Frame boneFrame(Vec3 origin, Vec3 along, Vec3 palm) {
  Frame f;
  f.origin = origin;
  f.z = normalised(along);
  f.y = normalised(palm - dot(palm, f.z) * f.z);
  f.x = cross(f.y, f.z);
  return f;
}

Solid metacarpal(const Frame& f, double l, double g, bool isThumb) {
  const double w = isThumb ? 1.15 : 1;
  Solid s = tube(f, {{0, 0, 2.5, 6.6 * g * w, 7 * g, {1, 0, 0}, 3},
                     {0, 0, 8, 6 * g * w, 6.4 * g, {1, 0, 0}, 2.6},
                     {0, -0.6, 18, 4.3 * g * w, 4.7 * g},
                     {0, -1.2, 0.5 * l, 3.9 * g * w, 4.3 * g},
                     {0, -0.8, l - 17, 4.7 * g * w, 4.8 * g},
                     {0, 0, l - 9, 6.2 * g * w, 6 * g}});
  const Solid head = add({egg(f, 0, 0.2 * g, l - 7 * g, 6.6 * g * w, 7.2 * g, 7 * g),
                          egg(f, 3.8 * g * w, 4.4 * g, l - 9.5 * g, 2.8 * g, 3.4 * g, 4 * g),
                          egg(f, -3.8 * g * w, 4.4 * g, l - 9.5 * g, 2.8 * g, 3.4 * g, 4 * g)},
                         2.5);
  s = add(s, head, 2.5);
  // Pits of the collateral ligaments.
  for (const double side : {-1.0, 1.0})
    s = cut(s, egg(f, side * 8.6 * g * w, -1, l - 9.5 * g, 2.2 * g, 3 * g, 3 * g), 1.5);
  return s;
}

Solid phalanx(const Frame& f, double l, double g, bool isMiddle) {
  Solid s = tube(f, {{0, 0.3, 3, 6.6 * g, 5.6 * g, {1, 0, 0}, 2.6},
                     {0, 0.2, 7 * g + 1, 5.4 * g, 4.8 * g},
                     {0, -0.9, 0.5 * l, 4.3 * g, 3.5 * g, {1, 0, 0}, 2.5},
                     {0, -0.4, l - 9 * g, 4.3 * g, 3.4 * g},
                     {0, 0.2, l - 5 * g, 5 * g, 4 * g}});
  // Two condyles with a groove.
  const Solid head = add(egg(f, 2.9 * g, 0.6 * g, l - 4.1 * g, 2.8 * g, 4.3 * g, 4.1 * g),
                         egg(f, -2.9 * g, 0.6 * g, l - 4.1 * g, 2.8 * g, 4.3 * g, 4.1 * g), 1.5);
  s = add(s, head, 2);
  for (const double side : {-1.0, 1.0})
    s = cut(s, egg(f, side * 7.2 * g, 0, l - 4.6 * g, 1.9 * g, 2.2 * g, 2.2 * g), 1.2);
  // Edges of the flexor's sheath.
  if (!isMiddle) return s;
  return add(s,
             add(cone(f, {3.6 * g, 2.2 * g, 0.4 * l, 1}, {3.6 * g, 2.2 * g, 0.65 * l, 1}),
                 cone(f, {-3.6 * g, 2.2 * g, 0.4 * l, 1}, {-3.6 * g, 2.2 * g, 0.65 * l, 1}), 0),
             2);
}

Solid distalPhalanx(const Frame& f, double l, double g) {
  Solid s = tube(f, {{0, 0.2, 2.5, 5.6 * g, 4 * g, {1, 0, 0}, 2.6},
                     {0, 0.2, 5.5, 4.4 * g, 3.5 * g},
                     {0, -0.2, 0.55 * l, 2.8 * g, 2.4 * g},
                     {0, -0.2, l - 4.5, 3.2 * g, 2 * g},
                     {0, 0, l - 2, 3.2 * g, 1.6 * g}});
  // The tuft under the nail, a spade.
  s = add(s, egg(f, 0, 0.2, l - 2.8, 4.3 * g, 1.8 * g, 2.8), 1.5);
  return s;
}

/// The next bone's axes after a joint: bent to the palm by degrees about the head's middle.
Frame beyond(const Frame& f, double l, double headRadius, double degrees) {
  const double a = degrees * std::numbers::pi / 180;
  const Vec3 along = std::cos(a) * f.z + std::sin(a) * f.y;
  const Vec3 palm = std::cos(a) * f.y - std::sin(a) * f.z;
  return boneFrame(f(0, 0, l - headRadius) + 1e-3 * (headRadius + kGap) * along, along, palm);
}

void addRay(std::vector<BoneSolid>& bones, const Ray& ray) {
  const Frame h = handFrame();
  const bool isThumb = ray.number == 1;
  const std::string number = std::to_string(ray.number);
  const double g = ray.girth;
  Frame f = boneFrame(h(ray.base.x, ray.base.y, ray.base.z), h.way(ray.along), h.way(ray.palm));
  const auto keep = [&](const std::string& id, const Solid& solid, const Solid& cartilage, double l,
                        int priority) {
    bones.push_back({id + number, "forearm", solid, cartilage, f(0, -4 * g, l / 2), priority});
  };
  // The ball that the base of the bone after it is hollowed by.
  const double mc = ray.lengths[0];
  Solid hollow = ball(f(0, 0, mc - 7 * g), 1e-3 * (7.1 * g));
  keep("metacarpal_", metacarpal(f, mc, g, isThumb),
       grown(common(hollow, ball(f(0, 0, mc), 1e-3 * 7.5 * g)), 0.0006), mc, 50);
  f = beyond(f, mc, 7 * g, ray.flexion[0]);
  const double pg = 0.98 * g;
  const double pp = ray.lengths[1];
  const auto condyles = [&](double l, double size) {
    return united(egg(f, 2.9 * size, 0.6 * size, l - 4.1 * size, 3 * size, 4.5 * size, 4.3 * size),
                  egg(f, -2.9 * size, 0.6 * size, l - 4.1 * size, 3 * size, 4.5 * size, 4.3 * size));
  };
  Solid solid = cut(phalanx(f, pp, pg, true), grown(hollow, 1e-3 * kGap), 0.6);
  Solid zone = grown(hollow, 1e-3 * kGap + 0.4e-3);
  hollow = condyles(pp, pg);
  keep("proximal_phalanx_", solid, united(zone, hollow), pp, 40);
  f = beyond(f, pp, 4.1 * pg, ray.flexion[1]);
  double dg = 0.9 * g;
  if (!isThumb) {
    const double mg = 0.86 * g, mp = ray.lengths[2];
    solid = cut(phalanx(f, mp, mg, true), grown(hollow, 1e-3 * kGap * 0.8), 0.5);
    zone = grown(hollow, 1e-3 * kGap + 0.2e-3);
    hollow = condyles(mp, mg);
    keep("middle_phalanx_", solid, united(zone, hollow), mp, 30);
    f = beyond(f, mp, 4.1 * mg, ray.flexion[2]);
    dg = 0.8 * g;
  }
  const double dp = ray.lengths[3];
  solid = cut(distalPhalanx(f, dp, dg), grown(hollow, 1e-3 * kGap * 0.8), 0.5);
  keep("distal_phalanx_", solid, grown(hollow, 1e-3 * kGap + 0.2e-3), dp, 20);
}

}  // namespace

std::vector<BoneSolid> makeFingers() {
  std::vector<BoneSolid> bones;
  const std::vector<Ray> rays{
      {1, {46.2, 31.6, 0, 21.7}, 1.05, {27, 9, -33.5}, {0.60, 0.42, -0.68}, {-0.62, 0.72, 0}, {14, 12, 0}},
      {2, {68.1, 39.8, 22.4, 15.8}, 0.98, {14, -2, -36.5}, {0.13, -0.02, -1}, {0, 1, 0}, {14, 18, 10}},
      {3, {64.6, 44.6, 26.3, 17.4}, 1.0, {2, -2.5, -38.5}, {0.01, -0.01, -1}, {0, 1, 0}, {18, 21, 12}},
      {4, {58.0, 41.4, 25.7, 17.3}, 0.93, {-8.5, -1.8, -37}, {-0.10, 0.02, -1}, {0.08, 1, 0}, {22, 24, 13}},
      {5, {53.7, 32.7, 18.1, 16.0}, 0.86, {-17.5, -0.5, -35}, {-0.22, 0.06, -1}, {0.18, 1, 0}, {26, 26, 13}},
  };
  for (const Ray& ray : rays) addRay(bones, ray);
  return bones;
}

}  // namespace aula::anatomy
