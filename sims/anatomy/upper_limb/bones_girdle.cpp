// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::kBody;
using kit::Knot;
using kit::sheet;
using kit::tube;

namespace {

/// The scapula's: origin in the middle of the glenoid, x towards the medial border, y up the blade, z to the
/// back. Its plane stands 38 degrees in front of the frontal plane and leans forward by 10.
Frame scapulaFrame() {
  Frame f;
  f.x = {-0.788, -0.6157, 0};
  f.x = normalised(f.x);
  const Vec3 costal{f.x.y, -f.x.x, 0};
  f.y = 0.98481 * Vec3{0, 0, 1} + 0.17365 * costal;
  f.z = -cross(f.x, f.y);
  f.origin = 0.0262 * f.x;
  return f;
}

}  // namespace

BoneSolid makeScapula() {
  const Frame s = scapulaFrame();
  // Blade, hollow towards the ribs.
  kit::Sheet blade;
  blade.outline = {{8, 15},     {20, 22},  {30, 29},  {44, 38},   {64, 49},  {82, 57},  {91, 54},
                   {98, 42},    {103, 24}, {104, 4},  {102, -26}, {97, -56}, {90, -84}, {83, -95},
                   {76, -97.5}, {69, -91}, {55, -73}, {41, -51},  {27, -33}, {15, -21}, {8, -14}};
  blade.thickness = 3;
  blade.bend = {1.0, 0.145, 0, -0.00155, 0, -0.0004};
  const auto z = [&](double x, double y) {
    return blade.bend[0] + blade.bend[1] * x + blade.bend[3] * x * x + blade.bend[5] * y * y;
  };
  const auto knot = [&](double x, double y, double a, double b, double lift = 0) {
    return Knot{x, y, z(x, y) + lift, a, b};
  };
  Solid solid = sheet(s, blade);
  // Thick borders: the lateral pillar to the inferior angle, a rim along the others.
  solid = add(solid,
              tube(s, {{8, -12, 0, 6, 6},
                       {16, -21, 0.3, 6, 5.6},
                       knot(27, -34, 5.4, 4.6, -0.5),
                       knot(42, -53, 4.4, 3.6, -0.5),
                       knot(57, -75, 3.6, 2.8),
                       knot(70, -90.5, 3.2, 2.4),
                       knot(77, -95, 3, 2.2)}),
              5);
  solid = add(solid,
              tube(s, {knot(66, 49, 1.4, 1.4), knot(82, 54.5, 2, 1.9), knot(90, 52, 2.2, 2),
                       knot(97, 41, 2, 1.8), knot(101.5, 23, 2.2, 2.2), knot(102, 3, 2, 1.7),
                       knot(100.5, -26, 2, 1.6), knot(95.5, -56, 2, 1.7), knot(89, -82, 2.4, 2.2),
                       knot(82, -93, 3, 2.6), knot(76, -95.5, 2.6, 2.4)}),
              3);
  // Neck and glenoid: a pear, wider below, with the tubercles of the two long heads.
  const Vec3 up{0, 1, 0};
  solid = add(solid,
              tube(s, {{50, 3, z(50, 3), 2, 0.1, up},
                       {38, 2.5, z(38, 2.5), 7, 0.9, up},
                       {26, 1.5, z(26, 1.5), 12, 2.6, up},
                       {14, 1, 1.2, 16, 7.5, up},
                       {5, 0.5, 0, 17, 11, up},
                       {-2, 0.5, 0, 18.5, 12.6, up}}),
              3);
  solid = add(solid, egg(s, 0.5, -5, 0, 5, 13, 13.8), 4);
  solid = add(solid, cone(s, {4, 19, -1, 3.4}, {8, 16, -1, 4}), 4);
  solid = add(solid, cone(s, {3.5, -18.5, 0, 3.6}, {12, -25, 0.5, 3.6}), 4);
  // Spine: a shelf from the medial border that rises to the acromion, leaning up a little.
  Frame shelf;
  shelf.origin = s(103, 17, 2);
  shelf.x = normalised(-1.0 * s.x + 0.07 * s.y);
  const Vec3 back = s.z + 0.16 * s.y;
  shelf.y = normalised(back - dot(back, shelf.x) * shelf.x);
  shelf.z = cross(shelf.x, shelf.y);
  kit::Sheet spine;
  spine.outline = {{4, -2},    {5, 3},      {14, 6},   {30, 11},  {50, 18},  {70, 25.5},
                   {88, 31.5}, {104, 35.5}, {117, 38}, {122, 34}, {113, 29}, {101, 26},
                   {92, 19.5}, {86.5, 10},  {84, 1},   {60, 1.8}, {30, 0.8}};
  spine.thickness = 3.6;
  solid = add(solid, sheet(shelf, spine), 2.2);
  // The lip of its crest, thick where trapezius and deltoid hold on.
  const Vec3 lip{0, 0, 1};
  solid = add(solid,
              tube(shelf, {{3, 0.5, 0, 3.5, 1.2, lip},
                           {12, 5, 0, 6, 2, lip},
                           {28, 10.4, 0.3, 4.4, 2.3, lip},
                           {46, 17.2, 0.3, 5.4, 2.7, lip},
                           {70, 26, 0, 4.2, 2.6, lip},
                           {92, 33.2, 0, 4.6, 3, lip},
                           {106, 36.6, 0, 5.4, 3.6, lip},
                           {118, 37, 0, 5, 4, lip}}),
              4);
  // Acromion: flat, turned forwards over the head of the humerus.
  solid = add(solid,
              tube(kBody, {{1, -35, 33, 6, 4, {0.6, -0.4, 0.6}},
                           {9, -30.5, 35.5, 9, 4.4, {0.85, -0.35, 0.3}},
                           {11.5, -19, 38.8, 12, 4.4, {1, 0.1, -0.1}},
                           {9.5, -5, 41, 12.5, 4.3, {1, 0.2, -0.15}},
                           {6, 6, 42, 10, 3.9, {1, 0.4, -0.1}},
                           {3.5, 12, 41.8, 6.5, 3.2, {1, 0.5, -0.1}}}),
              4);
  // Coracoid process: a beak, up from the neck, then forwards and outwards.
  solid = add(solid,
              tube(s, {{15, 16, -1, 10, 7},
                       {13, 26, -4, 10, 7},
                       {9, 32.5, -11, 9.5, 6.6, {0.9, 0.4, 0}},
                       {2, 32, -21, 8.6, 5.8, {0.7, 0.7, 0}},
                       {-6, 26, -30, 7.8, 5.4, {0.6, 0.75, 0}},
                       {-12, 15.5, -35.5, 6.4, 5, {0.6, 0.75, 0}}}),
              5);
  // The notch beside its root, and the socket, shallower than the head is round.
  solid = cut(solid, cone(s, {31, 38, z(31, 36) - 8, 4.5}, {31, 38, z(31, 36) + 12, 4.5}), 2);
  solid = cut(solid, ball(s(-34.4, 0, 0), 0.0345), 1.2);
  const Solid socket = common(ball(s(-34.4, 0, 0), 0.0352), ball(s(0, 0, 0), 0.021));
  return {"scapula", "trunk", solid, united(socket, ball(kBody(-2.5, 4, 43), 0.005)), s(60, -30, 6), 85};
}

BoneSolid makeClavicle() {
  // An S: seen from above bulging to the front in its inner two thirds, to the back in its outer third.
  const Vec3 front{0, 1, 0};
  Solid solid = tube(kBody, {{-10.5, 3, 44, 8.5, 4.6, {0.3, 1, 0}},
                             {-20, 1, 45, 10, 4.7, {0.1, 1, 0}},
                             {-33, 1, 45, 8.8, 5, {-0.1, 1, 0}},
                             {-48, 6.5, 44.2, 6.8, 5.2, {0.2, 1, 0}},
                             {-66, 18, 43, 5.6, 5.6, {0.3, 1, 0}},
                             {-86, 31, 42, 5.6, 6, {0.3, 1, 0}},
                             {-106, 40, 40.5, 6.2, 6.6, {0.2, 1, 0}},
                             {-126, 44.5, 38.5, 7.6, 7.8, {0.1, 1, 0}},
                             {-142, 45.5, 36, 10, 10.4, front, 2.4},
                             {-152, 45.5, 34, 12, 12.6, front, 2.6},
                             {-162, 45.5, 32, 12, 12.6, front, 2.6}});
  // Its inner end, a saddle against the sternum, cut off a little aslant; the outer end's facet.
  solid = below(solid, {-1, 0.12, -0.15}, 0.1462, 0.004);
  // Conoid tubercle and trapezoid line below, the hollow of the costoclavicular ligament.
  solid = kit::ridge(solid, kBody,
                     {{-46, 2, 38, 0, 3},
                      {-41, 0, 38, 2.6, 3},
                      {-36, 0, 38, 1.4, 2.2},
                      {-29, 3, 38, 1.2, 2},
                      {-22, 6, 38, 1, 2},
                      {-16, 8, 38, 0, 2}},
                     3);
  solid = cut(solid, egg(kBody, -132, 42, 28, 9, 4, 3.6), 3);
  const Solid ends = united(egg(kBody, -156, 46, 31, 4.5, 10, 10), ball(kBody(-5, 3.5, 44), 0.0062));
  return {"clavicle", "trunk", solid, ends, {-0.070, 0.020, 0.048}, 80};
}

}  // namespace aula::anatomy
