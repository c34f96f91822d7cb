// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/box.h"

#include <algorithm>
#include <limits>

#include "core/error.h"

namespace aula::molecular {

double Box::longestCutoff() const {
  if (!isPeriodic()) return std::numeric_limits<double>::infinity();
  // The height over two edges is the volume over the area they span.
  const double heights[] = {volume() / core::length(core::cross(b, c)),
                            volume() / core::length(core::cross(c, a)),
                            volume() / core::length(core::cross(a, b))};
  return 0.5 * *std::min_element(std::begin(heights), std::end(heights));
}

Vec3 Box::wrapped(Vec3 position) const {
  if (!isPeriodic()) return position;
  // Fractions from c backwards, for the edges are a triangular matrix.
  position = position - std::floor(position.z / c.z) * c;
  const double alongC = position.z / c.z;
  position = position - std::floor((position.y - alongC * c.y) / b.y) * b;
  const double alongB = (position.y - alongC * c.y) / b.y;
  return position - std::floor((position.x - alongB * b.x - alongC * c.x) / a.x) * a;
}

Box rectangularBox(double x, double y, double z) {
  return reducedBox({x, 0, 0}, {0, y, 0}, {0, 0, z});
}

Box reducedBox(Vec3 a, Vec3 b, Vec3 c) {
  const bool isInPlace = a.y == 0 && a.z == 0 && b.z == 0;
  if (!isInPlace) {
    // Turned so that a lies along x and b in the xy plane; lengths and angles stay.
    const double lengthA = core::length(a);
    if (!(lengthA > 0)) throw core::Error("the box has an edge of no length");
    const Vec3 x = a / lengthA;
    const Vec3 across = b - dot(b, x) * x;
    if (!(core::length(across) > 0)) throw core::Error("the box's edges a and b are parallel");
    const Vec3 y = core::normalised(across), z = cross(x, y);
    a = {lengthA, 0, 0};
    b = {dot(b, x), dot(b, y), 0};
    c = {dot(c, x), dot(c, y), dot(c, z)};
  }
  if (!(a.x > 0) || !(b.y > 0) || !(c.z > 0) || !std::isfinite(a.x * b.y * c.z))
    throw core::Error("the box spans no volume: its edges must be a right-handed set of finite lengths");
  c = c - std::nearbyint(c.y / b.y) * b;
  c = c - std::nearbyint(c.x / a.x) * a;
  b = b - std::nearbyint(b.x / a.x) * a;
  return {a, b, c};
}

}  // namespace aula::molecular
