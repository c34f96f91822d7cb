// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_parts.h"
#include "anatomy/upper_limb/landmarks.h"

namespace aula::anatomy {

using kit::add;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::groove;
using kit::kBody;
using kit::ridge;
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
  const Frame e = elbowFrame();
  const Vec3 y{0, 1, 0};
  const Solid body = tube(e, {{-24, 0, 0, 13.6, 13.6, y},
                              {-16.5, 0, 0, 13.6, 13.6, y},
                              {-13.5, 0, 0, 12.9, 12.9, y},
                              {-6.5, 0, 0, 8.9, 8.9, y},
                              {0, 0, 0, 11, 11, y},
                              {2, 0, 0, 11.2, 11.2, y},
                              {4.8, 0, 0, 9.6, 9.6, y},
                              {9, 0, 0, 11, 11, y},
                              {13, 0, 0, 11.6, 11.6, y},
                              {18, 0, 0, 10.2, 10.2, y},
                              {21.5, 0, 0, 7.5, 7.5, y},
                              {26, 0, 0, 6, 6, y}});
  const double middle = dot(e.x, e.origin);
  return below(below(body, -e.x, 0.0178 - middle, 0.002), e.x, 0.0225 + middle, 0.003);
}

namespace {

const Vec3 kHeadAxis = normalised(Vec3{-0.62, -0.33, 0.71});  ///< 135 degrees to the shaft, turned back.

/// Head, tubercles and the groove between them.
Solid upperEnd(const Solid& shaft) {
  const Solid head = below(ball({0, 0, 0}, 0.0235), -kHeadAxis, 0.004, 0.004);
  const Solid neck = cone(kBody, {-1, -1, -3, 20.5}, {7, 2, -28, 15});
  const Solid greater = add({egg(kBody, 14, 4, -2, 11.5, 12, 16), egg(kBody, 14, -6, -6, 10.5, 10, 12.5),
                             egg(kBody, 14.5, 9, 2, 8, 10, 11)},
                            5);
  const Solid lesser = add(egg(kBody.moved(1, 19, -4, 10, 15, 0), 0, 0, 0, 6, 6.5, 8.5),
                           cone(kBody, {1, 18, -6, 5}, {-1, 13, -24, 3}), 4);
  Solid upper = add({shaft, neck, greater, lesser}, 5);
  // Lips of the groove of the biceps' long head, then the groove.
  upper = ridge(upper, kBody,
                {{20, 17, -8, -0.5, 4},
                 {18, 15, -20, 1.2, 4},
                 {15, 13, -38, 1.8, 3.5},
                 {11.5, 11, -60, 1.4, 3},
                 {9, 9, -84, -0.6, 2.5}},
                4);
  upper = ridge(upper, kBody,
                {{1, 21, -8, -0.5, 3.5},
                 {1, 17, -22, 1.2, 3},
                 {-1, 13, -40, 1.2, 2.5},
                 {-3, 10, -58, 0.8, 2.5},
                 {-5, 8, -76, -0.6, 2}},
                4);
  upper = cut(upper,
              tube(kBody, {{10.5, 25, 20, 4.4, 4.4},
                           {10, 23, 6, 4.6, 4.6},
                           {9.5, 21.5, -8, 4.6, 4.6},
                           {8.5, 19.3, -24, 4.5, 4.5},
                           {7, 17.3, -42, 4.4, 4.4},
                           {4.5, 15.8, -62, 4.4, 4.4},
                           {2.5, 16.5, -88, 4, 4}}),
              2);
  // Head on top, then the anatomical neck as a shallow furrow around it.
  upper = add(upper, head, 2.5);
  return cut(upper, torus(0.0050 * kHeadAxis, kHeadAxis, 0.0251, 0.0025), 3);
}

/// Columns, epicondyles, trochlea, capitulum and the hollows above them.
Solid lowerEnd(const Solid& upper) {
  const Frame e = elbowFrame();
  const Solid spool = elbowSpool();
  const Solid medial = add(cone(e, {-13, -6, 16, 9}, {-25, -6.5, 6, 5.6}),
                           egg(e.moved(-27, -7, 4.5, 0, 20, 0), 0, 0, 0, 5, 4.8, 6.5), 4);
  const Solid lateral =
      add(cone(e, {14, -5, 16, 7.5}, {23, -5, 6, 5.8}), egg(e, 25, -5, 5.5, 4.6, 5, 7.5), 4);
  // What carries the spool: the bone's flat end, bent forwards.
  const Solid carrier = add({egg(e, -7, -5, 9, 9, 5.5, 11), egg(e, 13, -4.5, 7, 9.5, 8.5, 11)}, 6);
  Solid lower = add({upper, medial, lateral, carrier}, 6);
  // Ridges that run up from the epicondyles.
  lower = ridge(lower, kBody,
                {{-41, 0, -285, 0, 3},
                 {-35, -1, -268, 1.3, 2.6},
                 {-27, -2, -245, 1.2, 2.4},
                 {-20, -2, -220, 0.8, 2.2},
                 {-15, -2, -195, -0.5, 2}},
                5);
  lower = ridge(lower, kBody,
                {{16, 2, -280, 0, 3.4},
                 {13, 0, -266, 1.6, 3},
                 {8, -1, -246, 1.8, 2.8},
                 {4, -3, -222, 1.2, 2.4},
                 {3, -5, -196, -0.5, 2}},
                5);
  // Fossae: of the olecranon behind, of the coronoid process and the radial head in front; and room for all
  // that the forearm brings there from straight to bent.
  lower = cut(lower, egg(e.moved(-6.5, -17, 17, 12, 0, 0), 0, 0, 0, 12.5, 10, 12), 3);
  lower = cut(lower, egg(e, -6.5, 7.5, 17.5, 9.5, 8.5, 8), 3);
  lower = cut(lower, egg(e, 13, 8, 17, 7.5, 8, 5.5), 3);
  lower = cut(lower, elbowRoom(), 1.5);
  // The trochlea's inner side, not quite flat.
  return add(add(lower, spool, 1.2), egg(e, -15.5, -1, 0.5, 4.4, 8.6, 8.6), 3);
}

}  // namespace

BoneSolid makeHumerus() {
  Solid shaft = tube(kBody, {{6, 1.5, -16, 16.5, 15.5},
                             {8, 2, -32, 14, 13.8},
                             {7, 1.3, -52, 12, 12},
                             {5, 0, -85, 11.3, 11.5},
                             {2, -1.5, -125, 11.2, 10.9},
                             {-2, -2.6, -165, 10.8, 10.2},
                             {-6, -3, -205, 11.5, 9.3},
                             {-9, -2.8, -232, 14.5, 8.6},
                             {-11, -2, -252, 19.5, 7.6},
                             {-12, -0.7, -267, 22.5, 6.5},
                             {-12.2, 0.5, -277, 22, 5.5}});
  // The deltoid's V on the outer side, the shallow furrow of the radial nerve behind it, the front's edge.
  shaft = ridge(shaft, kBody,
                {{14, 6, -92, -0.8, 4},
                 {13, 5, -112, 1.4, 4},
                 {12, 2, -138, 2.2, 4.2},
                 {10, 1, -156, 0.6, 3.5},
                 {8.5, 0, -168, -0.8, 3}},
                6);
  shaft = ridge(shaft, kBody,
                {{13, -6, -100, -0.8, 3.5},
                 {12.5, -5, -116, 1.0, 3.5},
                 {11.5, -1, -140, 1.4, 3.5},
                 {10, 0, -156, -0.8, 3}},
                6);
  shaft = groove(shaft, kBody,
                 {{-8, -10, -84, -1, 6},
                  {-4, -13, -104, 1, 6.5},
                  {3, -13.5, -130, 1.3, 6.5},
                  {9, -9, -158, 1.2, 6},
                  {9, -3, -184, -1, 5}},
                 5);
  shaft = ridge(shaft, kBody,
                {{4, 11, -120, 0, 3}, {1, 9, -150, 0.5, 3}, {-3, 8, -180, 0.5, 3}, {-6, 6, -206, 0, 2.5}}, 4);
  const Solid solid = lowerEnd(upperEnd(shaft));
  // Articular: the head beyond its neck, the spool but for its sides.
  const Solid headCap = below(ball({0, 0, 0}, 0.0245), -kHeadAxis, -0.0068);
  const Frame e = elbowFrame();
  const Solid wide = grown(elbowSpool(), 0.0006);
  const double side = dot(e.x, e.origin), front = dot(e.y, e.origin);
  const Solid rolling =
      below(united(below(wide, e.x, 0.0035 + side), below(wide, -e.y, 0.003 - front)), -e.x, 0.0172 - side);
  return {"humerus", "humerus", solid, united(headCap, rolling), {0.013, 0, -0.14}, 90};
}

}  // namespace aula::anatomy
