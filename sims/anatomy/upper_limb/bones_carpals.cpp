// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "anatomy/upper_limb/bones_parts.h"

namespace aula::anatomy {

using kit::add;
using kit::creased;
using kit::egg;
using kit::Frame;

Frame handFrame() {
  return elbowFrame().moved(45.4, -3.5, -233.6, 0, -8, 0);
}

Solid carpalCondyle() {
  return egg(handFrame(), 2, 0, -14.5, 21.5, 11, 14);
}

BoneSolid makeCarpals() {
  const Frame h = handFrame();
  const auto box = [&](double x, double y, double z, double a, double b, double c, double turned = 0) {
    const Frame f = h.moved(x, y, z, 0, turned, 0);
    return roundBox(f.origin, 1e-3 * Vec3{a, b, c}, 1e-3 * 0.72 * std::min({a, b, c}), f.axes());
  };
  // First row, from the thumb's side: a boat, a half moon, a wedge and a pea on it.
  const Solid scaphoid = add({egg(h.moved(10.5, -0.5, -11, 0, 35, 0), 0, 0, 0, 10.5, 8.2, 8),
                              egg(h, 17.5, 3, -17, 6, 6.4, 6.5), egg(h, 17, 7, -16.5, 3, 3, 3)},
                             4);
  const Solid lunate = egg(h, -3.5, 0, -9, 7.8, 9.6, 8.6);
  const Solid triquetrum = box(-14, -1, -16.5, 8.2, 7.8, 7.8, 35);
  const Solid pisiform = egg(h, -15.5, 9.5, -15, 5.2, 5.2, 6.2);
  // Second row: table, small table, head and hook.
  const Solid trapezium = add({box(20.8, 3, -28.2, 7, 7.2, 7.4, 30), egg(h, 18.5, 9, -27.5, 3, 3.2, 4)}, 3);
  const Solid trapezoid = box(12, -2.6, -28.5, 6.8, 7.8, 8.6, 6);
  const Solid capitate = add({egg(h, 1.5, -0.5, -21, 8, 8, 7.4), box(2, -1.5, -30, 7, 8.6, 8.4)}, 4);
  const Solid hamate =
      add({box(-10.5, -1.5, -30, 7.6, 8.2, 7.2, -16), egg(h, -8.5, -0.5, -23.5, 5.5, 7.4, 7)}, 4);
  const Solid hook =
      kit::tube(h, {{-10, 4, -31, 4, 3.4}, {-9.5, 9, -31.5, 3, 2.4}, {-7.5, 13, -32, 2.6, 2.2}});
  const std::vector<Solid> bones{scaphoid,  lunate,    triquetrum, pisiform,
                                 trapezium, trapezoid, capitate,   hamate};
  const Solid block =
      add({grown(add({scaphoid, lunate, triquetrum, trapezium, trapezoid, capitate, hamate}, 4.5), 0.0004),
           pisiform, hook},
          1.5);
  // One piece, with the outlines of the eight: furrows where two are equally near.
  const Solid solid = creased(block, bones, 1.8, 4.2);
  return {"carpals",     "forearm", solid, grown(common(carpalCondyle(), egg(h, 0, 0, 0, 26, 14, 9)), 0.0008),
          h(2, -9, -24), 70};
}

}  // namespace aula::anatomy
