// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/vector.h"

/// Bonded terms: from differences of positions (nm) to forces (kJ/mol/nm) and energy (kJ/mol). No branches,
/// so that a loop over terms becomes vectors. Degenerate geometry (coinciding atoms, straight lines where a
/// plane is needed) gives finite forces.
namespace aula::molecular {

/// Squared lengths below this are taken for it: atoms closer than 1e-5 nm.
template <class Real>
AULA_HD Real smallestSquare() {
  return Real(1e-10F);
}

/// V = k/2 (r - r0)^2, d = x_i - x_j. Returns the force on i; that on j is the opposite.
template <class Real>
AULA_HD Vector<Real> bondForce(Vector<Real> d, Real length, Real stiffness, Real& energy) {
  const Real r = squareRoot(larger(dot(d, d), smallestSquare<Real>()));
  const Real stretch = r - length;
  energy = Real(0.5F) * stiffness * stretch * stretch;
  return (-stiffness * stretch / r) * d;
}

/// V = k/2 (theta - theta0)^2 for the angle between a = x_i - x_j and b = x_k - x_j. Since
/// d theta/d x_i = a x (a x b) / (|a|^2 |a x b|), forces need neither arc cosine nor its derivative.
template <class Real>
AULA_HD void angleForces(Vector<Real> a, Vector<Real> b, Real angle, Real stiffness, Vector<Real>& forceI,
                         Vector<Real>& forceK, Real& energy) {
  const Vector<Real> n = cross(a, b);
  const Real across = squareRoot(larger(dot(n, n), smallestSquare<Real>() * smallestSquare<Real>()));
  const Real excess = angleOfPoint(dot(a, b), across) - angle;
  energy = Real(0.5F) * stiffness * excess * excess;
  const Real scale = -stiffness * excess / across;
  forceI = (scale / larger(dot(a, a), smallestSquare<Real>())) * cross(a, n);
  forceK = (-scale / larger(dot(b, b), smallestSquare<Real>())) * cross(b, n);
}

/// The dihedral i-j-k-l: phi 0 in cis, positive clockwise seen along j-k (IUPAC).
template <class Real>
struct DihedralFrame {
  Vector<Real> m, n;  ///< Normals of the planes i-j-k and j-k-l.
  Real cosine, sine;
  Real axis;  ///< |x_k - x_j|
  Real squareM, squareN;
  Real alongI, alongL;  ///< Shares of a and c along the axis.
};

/// a = x_i - x_j, b = x_k - x_j, c = x_k - x_l.
template <class Real>
AULA_HD DihedralFrame<Real> dihedralFrame(Vector<Real> a, Vector<Real> b, Vector<Real> c) {
  DihedralFrame<Real> frame;
  frame.m = cross(a, b);
  frame.n = cross(b, c);
  // A plane whose normal is shorter than 1e-5 nm^2 (atoms within 1e-4 of a straight line) has none.
  const Real least = smallestSquare<Real>();
  frame.squareM = larger(dot(frame.m, frame.m), least);
  frame.squareN = larger(dot(frame.n, frame.n), least);
  const Real square = larger(dot(b, b), smallestSquare<Real>());
  frame.axis = squareRoot(square);
  const Real x = dot(frame.m, frame.n), y = frame.axis * dot(a, frame.n);
  const Real radius = squareRoot(larger(x * x + y * y, least * least));
  frame.cosine = x / radius;
  frame.sine = y / radius;
  frame.alongI = dot(a, b) / square;
  frame.alongL = dot(c, b) / square;
  return frame;
}

/// Forces on i, j and l from dV/dphi (Blondel and Karplus 1996, eq. 27); that on k is minus their sum.
template <class Real>
AULA_HD void dihedralForces(const DihedralFrame<Real>& frame, Real slope, Vector<Real>& forceI,
                            Vector<Real>& forceJ, Vector<Real>& forceL) {
  forceI = (-slope * frame.axis / frame.squareM) * frame.m;
  forceL = (slope * frame.axis / frame.squareN) * frame.n;
  const Vector<Real> shift = frame.alongI * forceI - frame.alongL * forceL;
  forceJ = shift - forceI;
}

/// Lennard-Jones and Coulomb at a squared distance; `charge` is q_i q_j / (4 pi eps0) in kJ/mol nm. Returns
/// the force on i divided by x_i - x_j.
template <class Real>
AULA_HD Real pairForce(Real square, Real c6, Real c12, Real charge, Real& lennardJones, Real& coulomb) {
  const Real inverseSquare = Real(1) / larger(square, Real(1e-4F));  // atoms 0.01 nm apart: 1e3 kJ/mol and up
  const Real inverse6 = inverseSquare * inverseSquare * inverseSquare;
  const Real dispersion = c6 * inverse6, repulsion = c12 * inverse6 * inverse6;
  coulomb = charge * squareRoot(inverseSquare);
  lennardJones = repulsion - dispersion;
  return (Real(12) * repulsion - Real(6) * dispersion + coulomb) * inverseSquare;
}

}  // namespace aula::molecular
