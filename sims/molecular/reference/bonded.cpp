// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/bonded.h"

#include <array>
#include <cmath>

#include "molecular/model/constants.h"

namespace aula::molecular::reference {

namespace {

constexpr double kPi = 3.14159265358979323846;

Vec3 apart(Positions r, const Box& box, int i, int j) {
  return box.nearest(r[static_cast<std::size_t>(i)] - r[static_cast<std::size_t>(j)]);
}

/// The torsion i-j-k-l and how it changes when the atoms move (Blondel and Karplus 1996, eq. 2 and 27):
///   F = r_i - r_j, G = r_j - r_k, H = r_l - r_k, A = F x G, B = H x G,
///   cos phi = A.B / |A||B|,  sin phi = (B x A).G / |A||B||G|.
struct Torsion {
  double phi = 0;  ///< -pi..pi, 0 in cis.
  std::array<int, 4> atoms{};
  std::array<Vec3, 4> gradients;  ///< d phi / d r of each.
  Vec3 f, g, h;

  Torsion(Positions r, const Box& box, int i, int j, int k, int l)
      : atoms{i, j, k, l}, f(apart(r, box, i, j)), g(apart(r, box, j, k)), h(apart(r, box, l, k)) {
    const Vec3 a = cross(f, g), b = cross(h, g);
    const double a2 = dot(a, a), b2 = dot(b, b), lengthG = core::length(g);
    // Three atoms in a line span no plane: there is no angle and no direction to turn in.
    constexpr double kNoPlane = 1e-22;  // nm^4; bonds of 0.1 nm within 1e-9 of straight
    if (a2 < kNoPlane || b2 < kNoPlane) return;
    phi = std::atan2(dot(cross(b, a), g) / lengthG, dot(a, b));
    const Vec3 first = (-lengthG / a2) * a, last = (lengthG / b2) * b;
    const Vec3 middle = (dot(f, g) / (a2 * lengthG)) * a - (dot(h, g) / (b2 * lengthG)) * b;
    gradients = {first, middle - first, -middle - last, last};
  }

  /// Forces of a potential whose slope at phi is dV/dphi. Places are counted from k in the virial: the forces
  /// add up to zero, so the choice does not matter.
  void addForces(double slope, Sums& sums) const {
    const std::array<Vec3, 4> places{f + g, g, Vec3{}, h};
    for (std::size_t n = 0; n < 4; ++n) {
      const Vec3 force = -slope * gradients[n];
      sums.addForce(atoms[n], force);
      addDyad(sums.energies.virial, -0.5, places[n], force);
    }
  }
};

}  // namespace

void addBonds(const std::vector<Bond>& bonds, Positions r, const Box& box, Sums& sums) {
  for (const Bond& bond : bonds) {
    const Vec3 d = apart(r, box, bond.i, bond.j);
    const double length = core::length(d), stretch = length - bond.length;
    sums.add(Term::bond, 0.5 * bond.stiffness * stretch * stretch);
    sums.addPairForce(bond.i, bond.j, d, (-bond.stiffness * stretch / length) * d);
  }
}

void addAngles(const std::vector<Angle>& angles, Positions r, const Box& box, Sums& sums) {
  for (const Angle& angle : angles) {
    // Unit vectors from the middle outwards; theta from sine and cosine both, exact near 0 and pi too.
    const Vec3 a = apart(r, box, angle.i, angle.j), b = apart(r, box, angle.k, angle.j);
    const double lengthA = core::length(a), lengthB = core::length(b);
    const Vec3 u = a / lengthA, v = b / lengthB;
    const double cosine = dot(u, v), sine = core::length(cross(u, v));
    const double bend = std::atan2(sine, cosine) - angle.angle;
    sums.add(Term::angle, 0.5 * angle.stiffness * bend * bend);
    // d theta / d r_i = (cos theta u - v) / (|a| sin theta): along the plane, at right angles to u. Stretched
    // out the direction is undefined and the force is left out.
    if (sine < 1e-12) continue;
    const double slope = angle.stiffness * bend;
    const Vec3 forceI = (-slope / (lengthA * sine)) * (cosine * u - v);
    const Vec3 forceK = (-slope / (lengthB * sine)) * (cosine * v - u);
    sums.addPairForce(angle.i, angle.j, a, forceI);
    sums.addPairForce(angle.k, angle.j, b, forceK);
  }
}

void addPeriodicDihedrals(const std::vector<PeriodicDihedral>& dihedrals, Term term, Positions r,
                          const Box& box, Sums& sums) {
  for (const PeriodicDihedral& dihedral : dihedrals) {
    const Torsion torsion(r, box, dihedral.i, dihedral.j, dihedral.k, dihedral.l);
    const double argument = dihedral.multiplicity * torsion.phi - dihedral.phase;
    sums.add(term, dihedral.stiffness * (1 + std::cos(argument)));
    torsion.addForces(-dihedral.stiffness * dihedral.multiplicity * std::sin(argument), sums);
  }
}

void addHarmonicImpropers(const std::vector<HarmonicImproper>& impropers, Positions r, const Box& box,
                          Sums& sums) {
  for (const HarmonicImproper& improper : impropers) {
    const Torsion torsion(r, box, improper.i, improper.j, improper.k, improper.l);
    const double bend = std::remainder(torsion.phi - improper.angle, 2 * kPi);
    sums.add(Term::improperDihedral, 0.5 * improper.stiffness * bend * bend);
    torsion.addForces(improper.stiffness * bend, sums);
  }
}

void addRyckaertBellemans(const std::vector<RyckaertBellemans>& dihedrals, Positions r, const Box& box,
                          Sums& sums) {
  for (const RyckaertBellemans& dihedral : dihedrals) {
    const Torsion torsion(r, box, dihedral.i, dihedral.j, dihedral.k, dihedral.l);
    const double psi = torsion.phi - kPi, cosine = std::cos(psi);
    double energy = 0, derivative = 0, power = 1;  // Of cos psi; its n-th power.
    for (std::size_t n = 0; n < dihedral.c.size(); ++n) {
      energy += dihedral.c[n] * power;
      if (n + 1 < dihedral.c.size()) derivative += static_cast<double>(n + 1) * dihedral.c[n + 1] * power;
      power *= cosine;
    }
    sums.add(Term::ryckaertBellemans, energy);
    torsion.addForces(-std::sin(psi) * derivative, sums);
  }
}

void addPairs14(const std::vector<Pair14>& pairs, Positions r, const Box& box, Sums& sums) {
  for (const Pair14& pair : pairs) {
    const Vec3 d = apart(r, box, pair.i, pair.j);
    const double r2 = dot(d, d), r6 = r2 * r2 * r2;
    const double repulsion = pair.c12 / (r6 * r6), dispersion = pair.c6 / r6;
    const double coulomb = kCoulomb * pair.chargeProduct / std::sqrt(r2);
    sums.add(Term::lennardJones14, repulsion - dispersion);
    sums.add(Term::coulomb14, coulomb);
    sums.addPairForce(pair.i, pair.j, d, ((12 * repulsion - 6 * dispersion + coulomb) / r2) * d);
  }
}

}  // namespace aula::molecular::reference
