// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_parts.h"
#include "anatomy/upper_limb/landmarks.h"

namespace aula::anatomy {

using kit::add;
using kit::chain;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::kBody;
using kit::tube;

Frame elbowFrame() {
  Frame f;
  f.origin = landmark::kElbowCentre;
  f.x = normalised(landmark::kElbowAxis);
  f.y = normalised(Vec3{0, 1, 0} - f.x.y * f.x);
  f.z = cross(f.x, f.y);
  return f;
}

Solid elbowSpool() {
  // From the medial flange over the trochlea's waist and lateral lip to the capitulum.
  return tube(elbowFrame(), {{-20.5, 0, 0, 11.5, 11.5, {0, 1, 0}},
                             {-18.5, 0, 0, 13.4, 13.4, {0, 1, 0}},
                             {-15, 0, 0, 12.4, 12.4, {0, 1, 0}},
                             {-8.5, 0, 0, 9.4, 9.4, {0, 1, 0}},
                             {-1, 0, 0, 11.3, 11.3, {0, 1, 0}},
                             {1.5, 0, 0, 11.6, 11.6, {0, 1, 0}},
                             {5, 0, 0, 10.1, 10.1, {0, 1, 0}},
                             {9, 0, 0, 10.7, 10.7, {0, 1, 0}},
                             {14, 0, 0, 11.2, 11.2, {0, 1, 0}},
                             {19, 0, 0, 10, 10, {0, 1, 0}},
                             {23.5, 0, 0, 6, 6, {0, 1, 0}}});
}

namespace {

/// Head, tubercles and the groove between them.
Solid upperEnd(const Solid& shaft) {
  const Vec3 axis =
      normalised(Vec3{-0.62, -0.33, 0.71});  // Of the head: 135 degrees to the shaft, turned back.
  const Solid head = ball({0, 0, 0}, 0.0235);
  const Solid neck = cone(kBody, {-1, -1, -3, 21}, {7, 2, -26, 15.5});
  const Solid greater = add({egg(kBody, 13, 6, -2, 12.5, 13, 17), egg(kBody, 15, -4, -6, 10, 10.5, 13),
                             egg(kBody, 12, 9, 7, 9, 9, 9)},
                            5);
  const Solid lesser = egg(kBody.moved(4, 17, -5, 0, 20, 0), 0, 0, 0, 7, 7.5, 10);
  Solid upper = add({shaft, neck, greater, lesser}, 6);
  // The groove of the biceps' long head, with its two lips.
  upper = add(upper, chain(kBody, {{19, 15, -14, 3.5}, {15, 12.5, -40, 3}, {10, 9.5, -75, 2}}), 5);
  upper = add(upper, chain(kBody, {{4, 19, -14, 3}, {2, 13, -36, 2.5}, {-2, 9, -62, 1.6}}), 5);
  upper = cut(
      upper,
      chain(kBody,
            {{13, 27, 14, 4.5}, {13, 25, 0, 4.8}, {11, 22, -18, 4.2}, {7, 18, -42, 4}, {3, 15.2, -70, 4}}),
      3);
  // Head on top, then the anatomical neck as a shallow furrow around it.
  upper = add(upper, head, 2.5);
  return cut(upper, torus(0.0035 * axis, axis, 0.0252, 0.0024), 2.5);
}

/// Columns, epicondyles, trochlea, capitulum and the hollows above them.
Solid lowerEnd(const Solid& upper) {
  const Frame e = elbowFrame();
  const Solid spool = elbowSpool();
  const Solid medial =
      add(cone(e, {-15, -6, 14, 8}, {-26, -5.5, 5, 6.5}), egg(e, -27, -5.5, 4, 6, 5.5, 7.5), 4);
  const Solid lateral = add(cone(e, {15, -5, 16, 7.5}, {24, -4.5, 7, 6}), egg(e, 25.5, -4, 6, 5, 5.5, 8), 4);
  // Ridges that run up from the epicondyles.
  const Solid ridges =
      add(chain(e, {{-26, -5.5, 6, 4}, {-20, -6.5, 24, 2.8}, {-10, -8, 52, 2.2}, {-5, -8, 80, 2}}),
          chain(e, {{26, -4.5, 8, 4}, {22, -6, 26, 2.8}, {14, -8, 50, 2.4}, {9, -9, 78, 2}}), 0);
  // What carries the spool: the bone's flat end, bent forwards.
  const Solid carrier = add(egg(e, -10, -3, 8, 12, 9, 12), egg(e, 14, -3, 8, 10, 8.5, 11), 6);
  Solid lower = add({upper, medial, lateral, carrier, ridges}, 6);
  lower = add(lower, spool, 2);
  // Fossae: of the olecranon behind, of the coronoid process and the radial head in front.
  lower = cut(lower, egg(e.moved(-8.5, -17, 17, 12, 0, 0), 0, 0, 0, 13, 10, 12), 3);
  lower = cut(lower, egg(e, -8, 7, 18, 9.5, 9, 8), 3);
  lower = cut(lower, egg(e, 14, 8.5, 17, 8, 9, 6.5), 3);
  return lower;
}

}  // namespace

BoneSolid makeHumerus() {
  const Solid shaft = tube(kBody, {{6, 1.5, -16, 17, 16},
                                   {8, 2, -32, 14.5, 14},
                                   {7, 1.3, -52, 12.2, 12},
                                   {5, 0, -85, 11.5, 11.5},
                                   {2, -1.5, -125, 11.3, 10.8},
                                   {-2, -2.6, -165, 10.8, 10.2},
                                   {-6, -3, -205, 11.5, 9.3},
                                   {-9, -2.8, -232, 15, 8.6},
                                   {-11, -2, -252, 20.5, 7.6},
                                   {-12, -0.7, -267, 24, 6.5},
                                   {-12.2, 0.5, -277, 24, 5.5}});
  // The deltoid's V on the outer side, and the shallow furrow of the radial nerve behind it.
  Solid body =
      add(shaft, chain(kBody, {{13.2, 4, -104, 1.5}, {12, 1.5, -130, 2.8}, {9.5, 0.5, -153, 1.5}}), 6);
  body = add(body, chain(kBody, {{11.5, -5.5, -106, 1.2}, {11, -1, -148, 1.6}}), 5);
  body = cut(body, chain(kBody, {{-9, -14.5, -96, 5}, {3, -17.5, -130, 5}, {13, -13, -168, 5}}), 4);
  const Solid solid = lowerEnd(upperEnd(body));
  // Articular: the head beyond its neck, the spool.
  const Vec3 axis = normalised(Vec3{-0.62, -0.33, 0.71});
  const Solid headCap = below(ball({0, 0, 0}, 0.0245), -axis, -0.0060);
  return {"humerus", "humerus", solid, united(headCap, grown(elbowSpool(), 0.0006)), {0.013, 0, -0.14}, 90};
}

}  // namespace aula::anatomy
