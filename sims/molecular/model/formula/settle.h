// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/vector.h"

/// Rigid triangles of water (Miyamoto and Kollman, J. Comput. Chem. 13, 952, 1992), their notation: the
/// oxygen is A, the hydrogens B and C; before the step index 0, after the free step 1, after the reset 3.
namespace aula::molecular {

template <class Real>
struct SettleShape {
  Real massO, massH;            ///< u
  Real shareH;                  ///< massH / (massO + 2 massH)
  Real ra, rb, rc;              ///< nm; the canonical triangle of figure 2
  Real distanceOH, distanceHH;  ///< nm
};

template <class Real>
[[nodiscard]] inline SettleShape<Real> settleShape(double massO, double massH, double distanceOH,
                                                   double distanceHH) {
  const double rc = 0.5 * distanceHH, height = std::sqrt(distanceOH * distanceOH - rc * rc);
  const double ra = 2 * massH * height / (massO + 2 * massH);
  return {Real(massO),      Real(massH),       Real(massH / (massO + 2 * massH)),
          Real(ra),         Real(height - ra), Real(rc),
          Real(distanceOH), Real(distanceHH)};
}

/// What three displacements must be corrected by. Everything is relative, so that no digit is lost to where
/// the molecule stands: `b0`, `c0` from oxygen to the hydrogens before the step, `moves` the displacements of
/// O, H, H in the free step. The correction lies in the plane of B0 and C0 (section II), so its component
/// along the normal, zero, is never computed.
template <class Real>
AULA_HD void settleCorrections(const SettleShape<Real>& shape, Vector<Real> b0, Vector<Real> c0,
                               const Vector<Real> (&moves)[3], Vector<Real> (&corrections)[3]) {
  const Vector<Real> ab = b0 + (moves[1] - moves[0]), ac = c0 + (moves[2] - moves[0]);
  const Vector<Real> a1 = (-shape.shareH) * (ab + ac);
  const Vector<Real> b1 = ab + a1, c1 = ac + a1;

  // Axes X', Y', Z' (eqs. A1 ff.): Z' normal to the old plane, X' normal to Z' and A1.
  Vector<Real> z = cross(b0, c0), x = cross(a1, z), y = cross(z, x);
  z = (Real(1.0F) / squareRoot(dot(z, z))) * z;
  x = (Real(1.0F) / squareRoot(dot(x, x))) * x;
  y = (Real(1.0F) / squareRoot(dot(y, y))) * y;
  const Real b0x = dot(x, b0), b0y = dot(y, b0), c0x = dot(x, c0), c0y = dot(y, c0);
  const Real a1y = dot(y, a1), a1z = dot(z, a1);
  const Real b1x = dot(x, b1), b1y = dot(y, b1), b1z = dot(z, b1);
  const Real c1x = dot(x, c1), c1y = dot(y, c1), c1z = dot(z, c1);

  // Rotations phi and psi out of the canonical place (eqs. A8 to A11). Clamped: beyond, the triangle cannot
  // have turned so far in a step that makes sense.
  const Real most = Real(0.999F);
  const Real sinPhi = smaller(larger(a1z / shape.ra, -most), most);
  const Real cosPhi = squareRoot(Real(1.0F) - sinPhi * sinPhi);
  const Real sinPsi = smaller(larger((b1z - c1z) / (Real(2.0F) * shape.rc * cosPhi), -most), most);
  const Real cosPsi = squareRoot(Real(1.0F) - sinPsi * sinPsi);
  const Real a2y = shape.ra * cosPhi, b2x = -shape.rc * cosPsi;
  const Real mean = -shape.rb * cosPhi, half = shape.rc * sinPsi * sinPhi;
  const Real b2y = mean - half, c2y = mean + half;

  // Rotation theta about Z' (eqs. A12 to A17).
  const Real alpha = b2x * (b0x - c0x) + b0y * b2y + c0y * c2y;
  const Real beta = b2x * (c0y - b0y) + b0x * b2y + c0x * c2y;
  const Real gamma = b0x * b1y - b1x * b0y + c0x * c1y - c1x * c0y;
  const Real square = alpha * alpha + beta * beta;
  const Real sinTheta =
      (alpha * gamma - beta * squareRoot(larger(square - gamma * gamma, Real(0.0F)))) / square;
  const Real cosTheta = squareRoot(larger(Real(1.0F) - sinTheta * sinTheta, Real(0.0F)));

  const auto back = [&](Real dx, Real dy) { return dx * x + dy * y; };
  corrections[0] = back(-a2y * sinTheta, a2y * cosTheta - a1y);
  corrections[1] = back(b2x * cosTheta - b2y * sinTheta - b1x, b2x * sinTheta + b2y * cosTheta - b1y);
  corrections[2] = back(-b2x * cosTheta - c2y * sinTheta - c1x, -b2x * sinTheta + c2y * cosTheta - c1y);
}

/// What velocities of O, H, H must be corrected by so that none stretches an edge. The three impulses along
/// the edges solve a symmetric system of three equations (their eq. B1 ff., written for unit edges).
template <class Real>
AULA_HD void settleVelocities(const SettleShape<Real>& shape, Vector<Real> b0, Vector<Real> c0,
                              const Vector<Real> (&velocities)[3], Vector<Real> (&corrections)[3]) {
  const Vector<Real> across = c0 - b0;
  const Vector<Real> e1 = (Real(1.0F) / squareRoot(dot(b0, b0))) * b0;
  const Vector<Real> e2 = (Real(1.0F) / squareRoot(dot(c0, c0))) * c0;
  const Vector<Real> e3 = (Real(1.0F) / squareRoot(dot(across, across))) * across;
  const Real u = Real(1.0F) / shape.massO, w = Real(1.0F) / shape.massH;
  // Response of edge p's rate to an impulse along edge q.
  const Real k11 = u + w, k12 = u * dot(e1, e2), k13 = -w * dot(e1, e3), k23 = w * dot(e2, e3), k33 = w + w;
  const Real r1 = -dot(e1, velocities[1] - velocities[0]), r2 = -dot(e2, velocities[2] - velocities[0]),
             r3 = -dot(e3, velocities[2] - velocities[1]);
  const Real m11 = k11 * k33 - k23 * k23, m12 = k13 * k23 - k12 * k33, m13 = k12 * k23 - k13 * k11;
  const Real m22 = k11 * k33 - k13 * k13, m23 = k12 * k13 - k11 * k23, m33 = k11 * k11 - k12 * k12;
  const Real inverse = Real(1.0F) / (k11 * m11 + k12 * m12 + k13 * m13);
  const Real p1 = inverse * (m11 * r1 + m12 * r2 + m13 * r3);
  const Real p2 = inverse * (m12 * r1 + m22 * r2 + m23 * r3);
  const Real p3 = inverse * (m13 * r1 + m23 * r2 + m33 * r3);
  corrections[0] = (-u) * (p1 * e1 + p2 * e2);
  corrections[1] = w * (p1 * e1 - p3 * e3);
  corrections[2] = w * (p2 * e2 + p3 * e3);
}

}  // namespace aula::molecular
