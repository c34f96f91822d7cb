// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/settle.h"

#include <cmath>

namespace aula::molecular::reference {

std::array<Vec3, 3> settle(const SettleShape& shape, const std::array<Vec3, 3>& before,
                           const std::array<Vec3, 3>& after) {
  // The triangle about its centre of mass: oxygen at (0, ra), hydrogens at (-+rc, -rb) (the paper's figure
  // 2).
  const double mass = shape.massO + 2 * shape.massH, rc = 0.5 * shape.distanceHH;
  const double height = std::sqrt(shape.distanceOH * shape.distanceOH - rc * rc);
  const double ra = 2 * shape.massH * height / mass, rb = height - ra;

  const Vec3 centre = (shape.massO * after[0] + shape.massH * (after[1] + after[2])) / mass;
  const Vec3 b0 = before[1] - before[0], c0 = before[2] - before[0];
  const Vec3 a1 = after[0] - centre, b1 = after[1] - centre, c1 = after[2] - centre;

  // Axes: z normal to the old plane, x normal to z and to the oxygen's new place.
  const Vec3 z = core::normalised(cross(b0, c0)), x = core::normalised(cross(a1, z)), y = cross(z, x);
  const double b0x = dot(b0, x), b0y = dot(b0, y), c0x = dot(c0, x), c0y = dot(c0, y);
  const double a1z = dot(a1, z);
  const double b1x = dot(b1, x), b1y = dot(b1, y), b1z = dot(b1, z);
  const double c1x = dot(c1, x), c1y = dot(c1, y), c1z = dot(c1, z);

  // Heights above the old plane are right already: they give the tilts phi and psi (eq. A8 and A9).
  const double sinPhi = a1z / ra, cosPhi = std::sqrt(1 - sinPhi * sinPhi);
  const double sinPsi = (b1z - c1z) / (2 * rc * cosPhi), cosPsi = std::sqrt(1 - sinPsi * sinPsi);
  const double a2y = ra * cosPhi, b2x = -rc * cosPsi;
  const double b2y = -rb * cosPhi - rc * sinPsi * sinPhi, c2y = -rb * cosPhi + rc * sinPsi * sinPhi;

  // The turn theta about z: no torque from forces along the old sides (eq. A15).
  const double alpha = b2x * (b0x - c0x) + b0y * b2y + c0y * c2y;
  const double beta = b2x * (c0y - b0y) + b0x * b2y + c0x * c2y;
  const double gamma = b0x * b1y - b1x * b0y + c0x * c1y - c1x * c0y;
  const double square = alpha * alpha + beta * beta;
  const double sinTheta = (alpha * gamma - beta * std::sqrt(square - gamma * gamma)) / square;
  const double cosTheta = std::sqrt(1 - sinTheta * sinTheta);

  const auto place = [&](double px, double py, double pz) {
    return centre + (px * cosTheta - py * sinTheta) * x + (px * sinTheta + py * cosTheta) * y + pz * z;
  };
  return {place(0, a2y, a1z), place(b2x, b2y, b1z), place(-b2x, c2y, c1z)};
}

}  // namespace aula::molecular::reference
