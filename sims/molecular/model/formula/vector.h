// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "molecular/model/host_device.h"

/// Three numbers of any precision, for formulas that host and device share.
namespace aula::molecular {

template <class Real>
struct Vector {
  Real x, y, z;
};

template <class Real>
AULA_HD Vector<Real> operator+(Vector<Real> a, Vector<Real> b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
template <class Real>
AULA_HD Vector<Real> operator-(Vector<Real> a, Vector<Real> b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
template <class Real>
AULA_HD Vector<Real> operator*(Real s, Vector<Real> a) {
  return {s * a.x, s * a.y, s * a.z};
}
template <class Real>
AULA_HD Real dot(Vector<Real> a, Vector<Real> b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
template <class Real>
AULA_HD Vector<Real> cross(Vector<Real> a, Vector<Real> b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
template <class Real>
AULA_HD Real larger(Real a, Real b) {
  return a > b ? a : b;
}
template <class Real>
AULA_HD Real smaller(Real a, Real b) {
  return a < b ? a : b;
}

/// The periodic cell in the form of box.h, with inverses of the diagonal (0 where there is no periodicity).
template <class Real>
struct Cell {
  Real ax, bx, by, cx, cy, cz;
  Real inverseAx, inverseBy, inverseCz;
};

/// The nearest integer of a number below 2^21, by the rounding of an addition, which every vector unit has.
/// The magic number is 1.5 * 2^(digits of the significand).
AULA_HD float nearestInteger(float a) {
  constexpr float kMagic = 12582912.0F;
  return (a + kMagic) - kMagic;
}
AULA_HD double nearestInteger(double a) {
  constexpr double kMagic = 6755399441055744.0;
  return (a + kMagic) - kMagic;
}

/// The nearest image of a difference (Box::nearest).
template <class Real>
AULA_HD Vector<Real> nearestImage(Vector<Real> d, const Cell<Real>& cell) {
  const Real c = nearestInteger(d.z * cell.inverseCz);
  d.x -= c * cell.cx, d.y -= c * cell.cy, d.z -= c * cell.cz;
  const Real b = nearestInteger(d.y * cell.inverseBy);
  d.x -= b * cell.bx, d.y -= b * cell.by;
  const Real a = nearestInteger(d.x * cell.inverseAx);
  d.x -= a * cell.ax;
  return d;
}

}  // namespace aula::molecular
