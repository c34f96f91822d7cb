// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "molecular/model/engine.h"

/// Shapes of molecules that are whole. nm, rad.
namespace aula::molecular {

[[nodiscard]] double angleAt(Vec3 a, Vec3 vertex, Vec3 b);  ///< 0 to pi
/// IUPAC: 0 in cis, positive when, looking along b-c, d is turned clockwise from a; -pi to pi.
[[nodiscard]] double dihedral(Vec3 a, Vec3 b, Vec3 c, Vec3 d);

/// The rotation and shift that lay `mobile` best on `fixed`, and the root mean square distance that is left:
/// the largest eigenvalue of the quaternion matrix (Kearsley, Acta Cryst. A 45, 208, 1989; the same minimum
/// as Kabsch 1976). Never a reflection.
struct Superposition {
  Matrix3 rotation{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};  ///< Rows
  Vec3 from, to;                                                  ///< Weighted centres of mobile and fixed.
  double deviation = 0;                                           ///< RMSD
  [[nodiscard]] Vec3 apply(Vec3 point) const {
    const Vec3 p = point - from;
    return to + Vec3{core::dot(rotation[0], p), core::dot(rotation[1], p), core::dot(rotation[2], p)};
  }
};
/// As many points in both, at least one; weights positive, one each.
[[nodiscard]] Superposition superpose(std::span<const Vec3> mobile, std::span<const Vec3> fixed,
                                      std::span<const double> weights);

/// sqrt(sum m (r - centre)^2 / sum m)
[[nodiscard]] double radiusOfGyration(std::span<const Vec3> positions, std::span<const double> masses);

/// A residue of a peptide chain: indices of atoms, -1 where there is none.
struct BackboneResidue {
  int residue = 0;  ///< In the topology.
  int n = -1, ca = -1, c = -1, o = -1, h = -1;
  bool isProline = false;
  bool isJoined = false;  ///< By a peptide bond to the one before.
};
/// Residues with N, CA, C and O, in order.
[[nodiscard]] std::vector<BackboneResidue> backboneOf(const Topology& topology);

/// phi and psi of the residues that have both.
struct Torsions {
  int residue = 0;
  double phi = 0, psi = 0;
};
[[nodiscard]] std::vector<Torsions> torsionsOf(const std::vector<BackboneResidue>& backbone,
                                               std::span<const Vec3> positions);

}  // namespace aula::molecular
