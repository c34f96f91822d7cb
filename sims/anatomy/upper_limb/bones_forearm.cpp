// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::chain;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::tube;

Frame handFrame() {
  const Frame e = elbowFrame();
  return e.moved(45.4, -3.5, -233.6, 0, -8, 0);
}

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

}  // namespace

Solid radialHeadBarrel() {
  const Disc disc = radialDisc();
  return roundCylinder(disc.top, disc.bottom, 0.0118, 0.002);
}

BoneSolid makeUlna() {
  const Frame e = elbowFrame(), h = handFrame();
  // Olecranon and the thick upper end, thinning to a triangular shaft that bends a little to the back.
  Solid solid = tube(e, {{-7.5, -14, 16.5, 9, 6, {1, 0, 0}},
                         {-8, -16.5, 8, 11.5, 8, {1, 0, 0}},
                         {-8.5, -16, -4, 11.5, 9, {1, 0, 0}},
                         {-9, -11, -19, 10.5, 11, {1, 0, 0}},
                         {-8.5, -7, -33, 8.6, 11, {1, 0, 0}},
                         {-6.5, -7.5, -52, 7.6, 9, {1, 0, 0}},
                         {-2, -9.5, -80, 7, 7.8, {1, 0, 0}},
                         {6, -11.5, -120, 6.6, 7, {1, 0, 0}},
                         {13.5, -10.5, -160, 5.8, 6, {1, 0, 0}},
                         {19.5, -8, -195, 5, 5.2, {1, 0, 0}},
                         {22.5, -6.3, -214, 5.6, 5.6, {1, 0, 0}},
                         {23.8, -5.4, -224, 7.8, 7.6, {1, 0, 0}}});
  // The beak over the trochlea, and the coronoid process before it.
  solid = add(solid, egg(e.moved(-8, -11.5, 15, 35, 0, 0), 0, 0, 0, 9, 8.5, 5.5), 4);
  solid = add(solid,
              tube(e, {{-9, -8, -20, 10.5, 8, {1, 0, 0}},
                       {-9.5, 3, -19, 11.5, 6.5, {1, 0, 0}},
                       {-9.5, 11, -15, 9, 4.6, {1, 0, 0}},
                       {-9.5, 15, -11, 5, 2.6, {1, 0, 0}}}),
              5);
  solid = add(solid, egg(e, -18.5, 5, -16, 4.5, 5, 4.5), 4);  // Sublime tubercle.
  // The shelf beside it that carries the radial notch, and its crest below (supinator).
  solid = add(solid, egg(e, 0, -4, -17, 6, 7.5, 7.5), 4);
  solid = add(solid, chain(e, {{1, -8, -22, 2.5}, {0, -11, -40, 1.8}, {1, -11.5, -58, 1.2}}), 4);
  solid = add(solid, egg(e, -8, 3.5, -29, 4.5, 3.6, 7), 4);  // Ulnar tuberosity.
  // Interosseous border towards the radius; the subcutaneous border behind.
  solid = add(solid,
              chain(e, {{0, -6.5, -55, 1.5},
                        {6.5, -7.5, -90, 1.6},
                        {13, -8.5, -125, 1.6},
                        {19, -7.5, -165, 1.4},
                        {23, -6.5, -195, 1.2}}),
              5);
  solid = add(solid,
              chain(e, {{-8, -21, -15, 3},
                        {-7.5, -17.5, -40, 2},
                        {-4, -17, -75, 1.5},
                        {3, -17, -115, 1.4},
                        {11, -15, -150, 1.2}}),
              5);
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
  const Disc disc = radialDisc();
  Solid solid = tube(e, {{16, -0.5, -20, 7.4, 7.4, {1, 0, 0}},
                         {16, 0, -32, 6.7, 6.7, {1, 0, 0}},
                         {16.5, 1, -46, 7.5, 7.5, {1, 0, 0}},
                         {20, 1, -64, 7, 6.8, {1, 0, 0}},
                         {27, -1, -92, 7.2, 6.4, {1, 0, 0}},
                         {34, -3, -125, 7.8, 6.2, {1, 0, 0}},
                         {40.5, -4, -160, 8, 6.2, {1, 0, 0}},
                         {44.5, -3.8, -188, 9, 6.8, {1, 0, 0}},
                         {47, -3.4, -206, 12.2, 8, {1, 0, -0.14}},
                         {48.8, -3.2, -219, 15.5, 9.3, {1, 0, -0.14}},
                         {49.6, -3.2, -229, 16.8, 9.8, {1, 0, -0.14}}});
  solid = add(solid, egg(e.moved(11.5, 5.5, -46, 0, 6, 35), 0, 0, 0, 5.2, 4.5, 11), 3.5);  // Tuberosity.
  // Interosseous border towards the ulna; where the pronator holds on outside.
  solid = add(solid,
              chain(e, {{15, -2, -66, 1.3},
                        {20.5, -4, -95, 1.5},
                        {26.5, -6, -128, 1.6},
                        {32.5, -6, -162, 1.5},
                        {35, -5, -190, 1.4}}),
              5);
  solid = add(solid, chain(e, {{38.5, -2.5, -95, 1}, {42.5, -4, -118, 1.8}, {45, -4, -140, 1}}), 6);
  // Lower end: styloid process, the tubercle of Lister behind.
  solid = add(solid,
              tube(h, {{17, 0, 14, 7, 8, {0, 1, 0}},
                       {19.5, 1, 3, 5, 6.5, {0, 1, 0}},
                       {21, 1.5, -8, 2.5, 3.6, {0, 1, 0}}}),
              5);
  solid = add(solid, chain(h, {{8, -10.5, 15, 2.2}, {8.5, -11, 6, 2.6}}), 3);
  solid = add(solid, egg(h, 4, 8.5, 6, 13, 3.4, 4), 4);
  solid = cut(solid, chain(h, {{12.5, -13, 20, 3}, {13, -13, 0, 3}}), 2);
  solid = cut(solid, chain(h, {{3.5, -13, 20, 2.8}, {3.5, -13, 0, 2.8}}), 2);
  // Joint surfaces: the wrist's two hollows, the notch for the ulna's head.
  solid = cut(solid, grown(carpalCondyle(), kJointGap), 0.8);
  solid = cut(solid, grown(egg(h, -21, -1.5, 9, 8.6, 8.4, 7), kJointGap), 0.8);
  // The head, a disc hollowed by the capitulum.
  const Solid head =
      cut(roundCylinder(disc.top, disc.bottom, 0.0115, 0.0025), grown(elbowSpool(), kJointGap), 1);
  solid = add(solid, head, 1.5);
  solid = cut(solid, grown(elbowSpool(), kJointGap), 0.5);
  const Solid cartilage =
      united({grown(elbowSpool(), kJointGap + 0.8e-3), grown(carpalCondyle(), kJointGap + 0.5e-3),
              grown(egg(h, -21, -1.5, 9, 8.6, 8.4, 7), kJointGap + 0.5e-3)});
  return {"radius", "forearm", solid, cartilage, e(40, 0, -130), 86};
}

}  // namespace aula::anatomy
