// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::chain;
using kit::cone;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::kBody;
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
  blade.outline = {{8, 15},    {20, 22},  {30, 29},  {44, 38},   {64, 49},  {82, 57},  {91, 54},
                   {98, 42},   {103, 24}, {104, 4},  {102, -26}, {97, -56}, {90, -84}, {83, -99},
                   {76, -102}, {68, -95}, {55, -73}, {41, -51},  {27, -33}, {15, -21}, {8, -14}};
  blade.thickness = 2.6;
  blade.bend = {1.0, 0.145, 0, -0.00155, 0, -0.0004};
  const auto z = [&](double x, double y) {
    return blade.bend[0] + blade.bend[1] * x + blade.bend[3] * x * x + blade.bend[5] * y * y;
  };
  Solid solid = sheet(s, blade);
  // Thick borders: the lateral pillar, the inferior angle, a rim along the medial border.
  solid = add(solid,
              tube(s, {{10, -15, 0, 6, 5.5},
                       {24, -31, z(24, -31), 5.2, 4.6},
                       {42, -53, z(42, -53), 4.2, 3.6},
                       {60, -79, z(60, -79), 3.4, 3},
                       {75, -99, z(75, -99), 2.6, 2.4}}),
              4);
  solid = add(solid,
              chain(s, {{84, 54, z(84, 54), 2.1},
                        {98, 40, z(98, 40), 2},
                        {102, 22, z(102, 22), 2.2},
                        {102.5, -5, z(102, -5), 1.9},
                        {99.5, -40, z(99, -40), 1.9},
                        {90, -80, z(90, -80), 2.2},
                        {79, -98, z(79, -98), 3}}),
              3);
  solid = add(solid,
              chain(s, {{84, 55, z(84, 55), 2.2}, {60, 46, z(60, 46), 1.7}, {36, 31.5, z(36, 31), 1.6}}), 3);
  // Neck and glenoid: a pear, wider below.
  solid = add(solid,
              tube(s, {{26, 1, z(26, 1), 17, 4, {0, 1, 0}},
                       {14, 1, 1.2, 16, 8, {0, 1, 0}},
                       {5, 0.5, 0, 17, 11.5, {0, 1, 0}},
                       {-2, 0.5, 0, 18.5, 13, {0, 1, 0}}}),
              5);
  solid = add(solid, egg(s, 0.5, -5, 0, 5, 13, 13.8), 4);
  solid = add(solid, cone(s, {4, 19, -1, 3.6}, {7, 16, -1, 4}), 4);
  solid = add(solid, cone(s, {4, -19, 0, 3.8}, {12, -24, 0.5, 4}), 4);
  // Spine: a shelf from the medial border that rises to the acromion.
  Frame shelf = s.moved(0, 0, 0);
  {
    // Its plane: along x, rising outwards by 9 degrees, and backwards and up.
    shelf.origin = s(103, 17, 2);
    shelf.x = normalised(-1.0 * s.x + 0.16 * s.y);
    const Vec3 back = s.z + 0.22 * s.y;
    shelf.y = normalised(back - dot(back, shelf.x) * shelf.x);
    shelf.z = cross(shelf.x, shelf.y);
  }
  kit::Sheet spine;
  spine.outline = {{2, -2},   {2, 2},    {14, 5.5}, {30, 11}, {50, 18}, {70, 25.5}, {88, 31.5}, {104, 36},
                   {116, 39}, {112, 31}, {101, 25}, {92, 18}, {87, 8},  {85, -4},   {60, -3},   {30, -3}};
  spine.thickness = 3.6;
  solid = add(solid, sheet(shelf, spine), 4);
  // The lip of its crest, thick where the trapezius and the deltoid hold on.
  solid = add(solid,
              tube(shelf, {{0, 1, 0, 4.5, 1.8, {0, 0, 1}},
                           {12, 5, 0, 5.5, 2, {0, 0, 1}},
                           {30, 11, 0.3, 4.2, 2.3, {0, 0, 1}},
                           {48, 18, 0.3, 4.8, 2.6, {0, 0, 1}},
                           {70, 26, 0, 4.2, 2.6, {0, 0, 1}},
                           {92, 33.5, 0, 4.6, 3, {0, 0, 1}},
                           {108, 38, 0, 6, 3.6, {0, 0, 1}}}),
              4);
  // Acromion: flat, turned forwards over the head of the humerus.
  solid = add(solid,
              tube(kBody, {{-1, -35, 31, 6, 4, {0.5, -0.4, 0.75}},
                           {9, -30.5, 34.5, 9, 4.3, {0.85, -0.35, 0.35}},
                           {11.5, -18, 38.5, 12, 4.3, {1, 0.1, -0.1}},
                           {9, -4, 41, 12.5, 4.2, {1, 0.25, -0.15}},
                           {4.5, 7, 42, 9.5, 3.6, {1, 0.5, -0.1}},
                           {2, 13, 41.8, 5, 2.8, {1, 0.5, -0.1}}}),
              4);
  // Coracoid process: a beak, up from the neck, then forwards and outwards.
  solid = add(solid,
              tube(s, {{15, 17, -1, 9.5, 6.5, {1, 0, 0}},
                       {12, 27, -5, 9.5, 6.3, {1, 0, 0}},
                       {7, 33, -13, 9, 6, {0.9, 0.4, 0}},
                       {0, 31, -23, 8, 5, {0.7, 0.7, 0}},
                       {-7, 23, -31, 7, 4.6, {0.6, 0.75, 0}},
                       {-12, 13, -35, 5.5, 4.2, {0.6, 0.75, 0}}}),
              5);
  // The notch beside its root, and the socket.
  solid = cut(solid, cone(s, {31, 38, z(31, 36) - 8, 4.5}, {31, 38, z(31, 36) + 12, 4.5}), 2);
  solid = cut(solid, ball(s(-34 - 0.4, 0, 0), 0.0345), 1.2);
  const Solid socket = common(ball(s(-34.4, 0, 0), 0.0352), ball(s(0, 0, 0), 0.021));
  return {"scapula", "trunk", solid, socket, s(60, -30, 6), 85};
}

BoneSolid makeClavicle() {
  // An S: seen from above bulging to the front in its inner two thirds, to the back in its outer third.
  Solid solid = tube(kBody, {{-10.5, 3, 44, 8.5, 4.6, {0.3, 1, 0}},
                             {-20, 1, 45, 9.5, 4.7, {0.1, 1, 0}},
                             {-33, 1.5, 45, 8.5, 5, {-0.1, 1, 0}},
                             {-48, 7, 44.2, 6.8, 5.2, {0.2, 1, 0}},
                             {-66, 18, 43, 5.8, 5.6, {0.3, 1, 0}},
                             {-86, 30, 42, 5.8, 6, {0.3, 1, 0}},
                             {-106, 39, 40.5, 6.2, 6.6, {0.2, 1, 0}},
                             {-126, 44, 38.5, 7.6, 7.6, {0.1, 1, 0}},
                             {-142, 45.5, 36, 9.8, 10.2, {0, 1, 0}},
                             {-152, 45.5, 34, 11.3, 12, {0, 1, 0}}});
  // Conoid tubercle and trapezoid line below, the rough place of the costoclavicular ligament.
  solid = add(solid, cone(kBody, {-39, 0, 40.5, 2.6}, {-42, 1.5, 41, 3}), 5);
  solid = add(solid, chain(kBody, {{-38, 1, 40, 1.5}, {-28, 4, 40.2, 1.4}, {-20, 5, 40.5, 1.2}}), 4);
  solid = cut(solid, egg(kBody, -132, 42, 27.5, 9, 4, 3.6), 3);
  const Solid ends = united(ball(kBody(-156, 45.5, 33), 0.0125), ball(kBody(-6, 3.5, 44), 0.0065));
  return {"clavicle", "trunk", solid, ends, {-0.070, 0.020, 0.048}, 80};
}

}  // namespace aula::anatomy
