// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_digit.h"

namespace aula::anatomy::digit {

using kit::add;
using kit::cut;
using kit::egg;
using kit::Frame;
using kit::ridge;
using kit::tube;

namespace {

/// Cut off where the bone begins: tubes end round.
Solid flatBase(const Solid& s, const Frame& f, double z) {
  return below(s, -f.z, -1e-3 * z - dot(f.z, f.origin), 0.0015);
}

}  // namespace

Solid metacarpalHead(const Frame& f, double l, double g) {
  return add({egg(f, 0, 0.1 * g, l - 6.8 * g, 5.9 * g, 6.9 * g, 6.8 * g),
              egg(f, 3.6 * g, 3.9 * g, l - 8.6 * g, 2.9 * g, 3.8 * g, 4.4 * g),
              egg(f, -3.6 * g, 3.9 * g, l - 8.6 * g, 2.9 * g, 3.8 * g, 4.4 * g)},
             2.5);
}

Solid metacarpal(const Frame& f, double l, double g, bool isThumb) {
  const double w = isThumb ? 1.14 : 1;
  const Vec3 side{1, 0, 0};
  Solid s = tube(f, {{0, -0.3, 2.6, 6.2 * g * w, 6.8 * g, side, 3.2},
                     {0, -0.3, 7.5, 5.8 * g * w, 6.3 * g, side, 2.8},
                     {0, -0.6, 15, 4.7 * g * w, 5.1 * g, side, 2.3},
                     {0, -1.1, 0.42 * l, 3.9 * g * w, 4.4 * g, side, 2.2},
                     {0, -1.1, 0.58 * l, 4.0 * g * w, 4.3 * g, side, 2.2},
                     {0, -0.7, l - 16 * g, 4.9 * g * w, 4.9 * g, side, 2.2},
                     {0, 0, l - 10 * g, 5.6 * g * w, 5.8 * g}});
  s = add(s, metacarpalHead(f, l, g), 2.5);
  // Tubercles and pits of the collateral ligaments.
  for (const double to : {-1.0, 1.0}) {
    s = add(s, egg(f, to * 4.6 * g * w, -2.4 * g, l - 11.5 * g, 1.8 * g, 2.2 * g, 2.6 * g), 2);
    s = cut(s, egg(f, to * 7.6 * g * w, 0.2 * g, l - 9 * g, 1.9 * g, 2.8 * g, 2.8 * g), 1.2);
  }
  return flatBase(s, f, 0);
}

Solid condyles(const Frame& f, double l, double g) {
  return add({egg(f, 2.8 * g, 0.6 * g, l - 4.1 * g, 2.9 * g, 4.3 * g, 4.1 * g),
              egg(f, -2.8 * g, 0.6 * g, l - 4.1 * g, 2.9 * g, 4.3 * g, 4.1 * g)},
             1.6);
}

Solid phalanx(const Frame& f, double l, double g) {
  const Vec3 side{1, 0, 0};
  Solid s = tube(f, {{0, 0.3, 2.8, 6.7 * g, 5.6 * g, side, 2.5},
                     {0, 0.3, 5.5, 6.2 * g, 5.2 * g, side, 2.4},
                     {0, -0.2, 6 * g + 0.12 * l, 5.0 * g, 4.2 * g, side, 2.4},
                     {0, -0.8, 0.5 * l, 4.4 * g, 3.4 * g, side, 2.5},
                     {0, -0.6, 0.68 * l, 4.1 * g, 3.2 * g, side, 2.4},
                     {0, 0, l - 6 * g, 4.5 * g, 3.5 * g, side, 2.2}});
  s = add(s, condyles(f, l, g), 2.2);
  for (const double to : {-1.0, 1.0}) {
    // Pits of the collateral ligaments; edges of the flexor tendons' sheath.
    s = cut(s, egg(f, to * 6.9 * g, 0.2 * g, l - 4.4 * g, 1.7 * g, 2 * g, 2 * g), 1);
    s = ridge(s, f,
              {{to * 4.4 * g, 2 * g, 0.3 * l, 0, 1},
               {to * 4.2 * g, 2 * g, 0.42 * l, 0.35, 1},
               {to * 4 * g, 2 * g, 0.6 * l, 0.35, 1},
               {to * 4 * g, 2 * g, 0.72 * l, 0, 1}},
              1.5);
  }
  return flatBase(s, f, -0.6);
}

Solid distalPhalanx(const Frame& f, double l, double g) {
  const Vec3 side{1, 0, 0};
  Solid s = tube(f, {{0, 0.3, 2.4, 5.8 * g, 4.2 * g, side, 2.4},
                     {0, 0.4, 4.8, 5.2 * g, 3.9 * g, side, 2.3},
                     {0, 0.1, 0.45 * l, 3.4 * g, 2.8 * g},
                     {0, -0.2, 0.68 * l, 2.9 * g, 2.1 * g},
                     {0, -0.1, l - 3.6, 3.4 * g, 1.8 * g},
                     {0, 0, l - 2.2, 3.2 * g, 1.5 * g}});
  // The tuft under the nail, a spade.
  return flatBase(add(s, egg(f, 0, 0.2, l - 3.0, 4.5 * g, 1.9 * g, 3.0), 1.6), f, -0.6);
}

}  // namespace aula::anatomy::digit
