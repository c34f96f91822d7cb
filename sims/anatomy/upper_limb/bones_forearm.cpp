// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::groove;
using kit::ridge;
using kit::tube;

namespace {

constexpr double kJointGap = 1.3e-3;  ///< m: both cartilages of a joint of the arm, and a hair.

/// The radius' head, a disc under the capitulum; its axis leans with the neck.
struct Disc {
  Vec3 top, bottom;
};
Disc radialDisc() {
  const Frame e = elbowFrame();
  return {e(15.5, -0.5, -10.5), e(16, -0.5, -23)};
}

Solid radialHeadBarrel() {
  const Disc disc = radialDisc();
  return roundCylinder(disc.top, disc.bottom, 0.0115, 0.0042);
}

/// The thick upper end of the ulna with its beak over the trochlea, not yet hollowed.
Solid olecranonBlock() {
  const Frame e = elbowFrame();
  return add(tube(e, {{-5.5, -14, 14.5, 7, 5},
                      {-5.7, -16.3, 9, 9.6, 7},
                      {-6.2, -16.5, -3, 10, 8.4},
                      {-7, -12.5, -17, 9.6, 10.5},
                      {-7.2, -7.5, -32, 8.4, 10.8}}),
             egg(e.moved(-6, -13.2, 14.5, 30, 0, 0), 0, 0, 0, 8, 7.4, 5), 4);
}

/// The process before the trochlea, broad on the inner side.
Solid coronoidBlock() {
  const Frame e = elbowFrame();
  return add(
      tube(
          e,
          {{-7.5, -8, -20, 10, 9}, {-8, 2, -19, 11, 7.6}, {-8, 9, -15.5, 9, 5}, {-7.5, 12.3, -12.5, 6, 2.8}}),
      egg(e, -15.5, 3.5, -16, 3.4, 4.5, 4), 5);
}

Solid bent(const Solid& solid, double degrees) {
  const Frame e = elbowFrame();
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  const auto turned = [&](Vec3 v) { return c * v + s * cross(e.x, v) + (1 - c) * dot(e.x, v) * e.x; };
  return placed(solid,
                {turned({1, 0, 0}), turned({0, 1, 0}), turned({0, 0, 1}), e.origin - turned(e.origin)});
}

}  // namespace

Solid elbowRoom() {
  std::vector<Solid> all;
  for (const double degrees : {0.0, 10.0, 20.0, 32.0}) all.push_back(bent(olecranonBlock(), degrees));
  for (const double degrees : {106.0, 114.0, 122.0, 131.0}) all.push_back(bent(coronoidBlock(), degrees));
  for (const double degrees : {115.0, 123.0, 131.0}) all.push_back(bent(radialHeadBarrel(), degrees));
  return grown(united(all), 0.0010);
}

BoneSolid makeUlna() {
  const Frame e = elbowFrame(), h = handFrame();
  // Olecranon and the thick upper end, thinning to a triangular shaft that bends a little to the back.
  Solid solid = tube(e, {{-7, -12.5, -17, 9.6, 10.5},
                         {-7.2, -7.5, -32, 8.4, 10.8},
                         {-5.5, -7.5, -52, 7.4, 9},
                         {-1.5, -9.5, -80, 6.8, 7.8},
                         {6, -11.5, -120, 6.4, 7},
                         {13.5, -10.5, -160, 5.6, 6},
                         {19.5, -8, -195, 4.9, 5.2},
                         {22.5, -6.3, -214, 5.4, 5.4},
                         {23.8, -5.4, -224, 7.4, 7.2}});
  solid = add({solid, olecranonBlock(), coronoidBlock()}, 5);
  // The shelf beside it that carries the radial notch, and the supinator's crest below.
  solid = add(solid, egg(e, 1, -4, -17, 5.5, 8, 7.5), 4);
  solid =
      ridge(solid, e,
            {{4, -9, -22, 0, 2.5}, {3, -11, -34, 1.4, 2.2}, {2, -12, -50, 1.2, 2}, {2, -12, -70, 0, 2}}, 3);
  solid = add(solid, egg(e.moved(-6.5, 2.5, -29, 12, 0, 0), 0, 0, 0, 4.6, 3.2, 7.5), 4);  // Ulnar tuberosity.
  // Interosseous border towards the radius; the border under the skin behind.
  solid = ridge(solid, e,
                {{3, -7, -48, 0, 2.2},
                 {5, -8, -70, 1, 2.2},
                 {9, -9.5, -95, 1.8, 2.2},
                 {14, -9.5, -130, 1.8, 2},
                 {19, -8, -165, 1.2, 2},
                 {24, -7, -196, 0, 2}},
                3.5);
  solid = ridge(solid, e,
                {{-7, -24, -6, 0, 3},
                 {-7, -22, -22, 0.6, 3},
                 {-6, -17, -46, 1.2, 3},
                 {-3, -17, -80, 1.2, 2.6},
                 {5, -18, -120, 1, 2.6},
                 {13, -16, -160, 0, 2.4}},
                4);
  // Head, and the styloid process behind it on the inner side.
  const Solid head =
      add(egg(h, -21, -1.5, 9, 8.6, 8.4, 7), cone(h, {-26, -6.5, 8, 4}, {-27.5, -7.5, -1.5, 2}), 3);
  solid = add(solid, head, 5);
  // Joint surfaces: round the trochlea, and beside the radius' head.
  solid = cut(solid, grown(elbowSpool(), kJointGap), 0.8);
  solid = cut(solid, grown(radialHeadBarrel(), kJointGap), 0.8);
  const Solid cartilage =
      united({grown(elbowSpool(), kJointGap + 0.6e-3), grown(radialHeadBarrel(), kJointGap + 0.5e-3),
              ball(h(-18, -1, 4.5), 0.0085)});
  return {"ulna", "forearm", solid, cartilage, e(6, -16, -120), 86};
}

BoneSolid makeRadius() {
  const Frame e = elbowFrame(), h = handFrame();
  const Vec3 wide{1, 0, -0.14};
  Solid solid = tube(e, {{16, -0.5, -17, 8.6, 8.6},
                         {16, -0.2, -28, 6.8, 6.8},
                         {16.3, 0.5, -38, 6.7, 6.7},
                         {17, 1, -50, 7.2, 7.2},
                         {20, 1, -64, 7, 6.8},
                         {27, -1, -92, 7.2, 6.4},
                         {34, -3, -125, 7.8, 6.2},
                         {40.5, -4, -160, 8, 6.2},
                         {44.5, -3.8, -188, 9, 6.8},
                         {47, -3.4, -206, 12.2, 8, wide},
                         {48.8, -3.2, -219, 15.5, 9.3, wide},
                         {49.6, -3.2, -229, 16.8, 9.8, wide}});
  solid = add(solid, egg(e.moved(12.5, 5, -47, 0, 6, 35), 0, 0, 0, 5, 4, 10), 5);  // Tuberosity.
  // Interosseous border towards the ulna; the front's slanting line; where the pronator holds on outside.
  solid = ridge(solid, e,
                {{13, -1, -58, 0, 2},
                 {14, -2, -78, 1.4, 2},
                 {19.5, -4, -100, 2, 2},
                 {25.5, -5, -130, 2.2, 2},
                 {31.5, -5, -162, 1.8, 2},
                 {35, -4.5, -192, 0, 2}},
                3.5);
  solid = ridge(solid, e,
                {{16, 8, -56, 0, 2.5}, {24, 7, -76, 0.8, 2.5}, {31, 5, -98, 0.9, 2.5}, {38, 4, -122, 0, 2.5}},
                3.5);
  solid = ridge(solid, e,
                {{36, -2, -92, 0, 4}, {40.5, -3, -112, 1.2, 4}, {44, -4, -130, 1.2, 4}, {47, -4, -150, 0, 4}},
                2.5);
  // Lower end: styloid process; behind, Lister's tubercle between the extensors' grooves.
  solid = add(
      solid,
      tube(h,
           {{16, 0, 14, 8, 8, {0, 1, 0}}, {19, 1, 3, 5.4, 7, {0, 1, 0}}, {20.5, 1.5, -7, 2.6, 4, {0, 1, 0}}}),
      5);
  solid =
      ridge(solid, h,
            {{6.5, -15, 24, 0, 2.2}, {7.5, -15, 14, 2.2, 2.2}, {8, -15, 5, 2.6, 2.4}, {8, -14, -1, 0, 2}}, 2);
  solid = groove(
      solid, h, {{13, -14, 28, 0, 3}, {13.5, -14, 14, 1.4, 3}, {14, -14, 0, 1.4, 3}, {14, -12, -8, 0, 3}}, 2);
  solid = groove(solid, h,
                 {{2, -15, 28, 0, 3}, {2.5, -15, 14, 1.3, 3}, {3, -14, 0, 1.3, 3}, {3, -12, -8, 0, 3}}, 2);
  solid =
      ridge(solid, h, {{-8, 12, 10, 0, 3}, {-2, 12, 7, 1.4, 3}, {8, 12, 5, 1.6, 3}, {16, 11, 4, 0, 3}}, 3);
  // Joint surfaces: the wrist's hollow, the notch for the ulna's head.
  const Solid ulnarHead = egg(h, -21, -1.5, 9, 8.6, 8.4, 7);
  solid = cut(solid, grown(makeCarpals().solid, kJointGap), 0.8);
  solid = cut(solid, grown(ulnarHead, kJointGap), 0.8);
  // The head, a disc hollowed by the capitulum.
  solid = add(solid, radialHeadBarrel(), 3);
  solid = cut(solid, grown(elbowSpool(), kJointGap), 1);
  const Solid cartilage =
      united({grown(elbowSpool(), kJointGap + 0.8e-3), grown(carpalCondyle(), kJointGap + 0.5e-3),
              grown(ulnarHead, kJointGap + 0.5e-3)});
  return {"radius", "forearm", solid, cartilage, e(40, 0, -130), 86};
}

}  // namespace aula::anatomy
