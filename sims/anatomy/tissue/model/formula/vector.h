// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "anatomy/tissue/model/host_device.h"

/// Three numbers and nine numbers of any precision, one or many at a time, for formulas that host and device
/// share.
namespace aula::anatomy::tissue {

AULA_TISSUE_HD float squareRoot(float a) {
  return sqrtf(a);
}
AULA_TISSUE_HD double squareRoot(double a) {
  return std::sqrt(a);
}
AULA_TISSUE_HD float larger(float a, float b) {
  return a > b ? a : b;
}
AULA_TISSUE_HD double larger(double a, double b) {
  return a > b ? a : b;
}
AULA_TISSUE_HD float smaller(float a, float b) {
  return a < b ? a : b;
}
AULA_TISSUE_HD double smaller(double a, double b) {
  return a < b ? a : b;
}
AULA_TISSUE_HD float choose(bool condition, float a, float b) {
  return condition ? a : b;
}
AULA_TISSUE_HD double choose(bool condition, double a, double b) {
  return condition ? a : b;
}

template <class Real>
struct Vector {
  Real x, y, z;
};
template <class Real>
AULA_TISSUE_HD Vector<Real> operator+(const Vector<Real>& a, const Vector<Real>& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
template <class Real>
AULA_TISSUE_HD Vector<Real> operator-(const Vector<Real>& a, const Vector<Real>& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
template <class Real>
AULA_TISSUE_HD Vector<Real> operator*(const Real& s, const Vector<Real>& a) {
  return {s * a.x, s * a.y, s * a.z};
}
template <class Real>
AULA_TISSUE_HD Real dot(const Vector<Real>& a, const Vector<Real>& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
template <class Real>
AULA_TISSUE_HD Vector<Real> cross(const Vector<Real>& a, const Vector<Real>& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/// A 3 x 3 matrix by its columns.
template <class Real>
struct Matrix {
  Vector<Real> x, y, z;
};
template <class Real>
AULA_TISSUE_HD Vector<Real> operator*(const Matrix<Real>& m, const Vector<Real>& v) {
  return v.x * m.x + v.y * m.y + v.z * m.z;
}
template <class Real>
AULA_TISSUE_HD Matrix<Real> operator+(const Matrix<Real>& a, const Matrix<Real>& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
template <class Real>
AULA_TISSUE_HD Matrix<Real> operator*(const Real& s, const Matrix<Real>& a) {
  return {s * a.x, s * a.y, s * a.z};
}
/// The sum of the products of their elements.
template <class Real>
AULA_TISSUE_HD Real contract(const Matrix<Real>& a, const Matrix<Real>& b) {
  return dot(a.x, b.x) + dot(a.y, b.y) + dot(a.z, b.z);
}
/// The derivative of the determinant by the matrix.
template <class Real>
AULA_TISSUE_HD Matrix<Real> cofactors(const Matrix<Real>& f) {
  return {cross(f.y, f.z), cross(f.z, f.x), cross(f.x, f.y)};
}
/// The change of the cofactors of f with f's change d.
template <class Real>
AULA_TISSUE_HD Matrix<Real> cofactorsChange(const Matrix<Real>& f, const Matrix<Real>& d) {
  return {cross(d.y, f.z) + cross(f.y, d.z), cross(d.z, f.x) + cross(f.z, d.x),
          cross(d.x, f.y) + cross(f.x, d.y)};
}

/// A symmetric 3 x 3 matrix.
template <class Real>
struct Symmetric {
  Real xx, yy, zz, yz, xz, xy;
};
template <class Real>
AULA_TISSUE_HD Symmetric<Real> operator+(const Symmetric<Real>& a, const Symmetric<Real>& b) {
  return {a.xx + b.xx, a.yy + b.yy, a.zz + b.zz, a.yz + b.yz, a.xz + b.xz, a.xy + b.xy};
}
template <class Real>
AULA_TISSUE_HD Symmetric<Real> operator-(const Symmetric<Real>& a, const Symmetric<Real>& b) {
  return {a.xx - b.xx, a.yy - b.yy, a.zz - b.zz, a.yz - b.yz, a.xz - b.xz, a.xy - b.xy};
}
template <class Real>
AULA_TISSUE_HD Symmetric<Real> operator*(const Real& s, const Symmetric<Real>& a) {
  return {s * a.xx, s * a.yy, s * a.zz, s * a.yz, s * a.xz, s * a.xy};
}
template <class Real>
AULA_TISSUE_HD Vector<Real> operator*(const Symmetric<Real>& m, const Vector<Real>& v) {
  return {m.xx * v.x + m.xy * v.y + m.xz * v.z, m.xy * v.x + m.yy * v.y + m.yz * v.z,
          m.xz * v.x + m.yz * v.y + m.zz * v.z};
}
template <class Real>
AULA_TISSUE_HD Symmetric<Real> square(const Vector<Real>& v) {
  return {v.x * v.x, v.y * v.y, v.z * v.z, v.y * v.z, v.x * v.z, v.x * v.y};
}
/// Transposed f times f.
template <class Real>
AULA_TISSUE_HD Symmetric<Real> gram(const Matrix<Real>& f) {
  return {dot(f.x, f.x), dot(f.y, f.y), dot(f.z, f.z), dot(f.y, f.z), dot(f.x, f.z), dot(f.x, f.y)};
}
/// The change of gram(f) with f's change d.
template <class Real>
AULA_TISSUE_HD Symmetric<Real> gramChange(const Matrix<Real>& f, const Matrix<Real>& d) {
  const Real two(2.0F);
  return {two * dot(f.x, d.x),           two * dot(f.y, d.y),           two * dot(f.z, d.z),
          dot(f.y, d.z) + dot(d.y, f.z), dot(f.x, d.z) + dot(d.x, f.z), dot(f.x, d.y) + dot(d.x, f.y)};
}
/// f times the symmetric s.
template <class Real>
AULA_TISSUE_HD Matrix<Real> operator*(const Matrix<Real>& f, const Symmetric<Real>& s) {
  return {s.xx * f.x + s.xy * f.y + s.xz * f.z, s.xy * f.x + s.yy * f.y + s.yz * f.z,
          s.xz * f.x + s.yz * f.y + s.zz * f.z};
}

/// The inverse of a positive definite matrix; null where it is not (a point that may not move).
template <class Real>
AULA_TISSUE_HD Symmetric<Real> inverseOrNull(const Symmetric<Real>& m) {
  const Real xx = m.yy * m.zz - m.yz * m.yz, xy = m.xz * m.yz - m.xy * m.zz, xz = m.xy * m.yz - m.xz * m.yy;
  const Real determinant = m.xx * xx + m.xy * xy + m.xz * xz;
  const Real scale = choose(determinant > Real(0), Real(1) / determinant, Real(0));
  return {scale * xx,
          scale * (m.xx * m.zz - m.xz * m.xz),
          scale * (m.xx * m.yy - m.xy * m.xy),
          scale * (m.xy * m.xz - m.xx * m.yz),
          scale * xz,
          scale * xy};
}

}  // namespace aula::anatomy::tissue
