// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/geometry.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/assert.h"

namespace aula::molecular {

double angleAt(Vec3 a, Vec3 vertex, Vec3 b) {
  const Vec3 u = a - vertex, v = b - vertex;
  return std::atan2(core::length(core::cross(u, v)), core::dot(u, v));
}

double dihedral(Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
  const Vec3 u = b - a, v = c - b, w = d - c;
  const Vec3 m = core::cross(u, v), n = core::cross(v, w);
  return std::atan2(core::length(v) * core::dot(u, n), core::dot(m, n));
}

namespace {

/// Eigenvalues and vectors of a symmetric 4x4 matrix by Jacobi's rotations (Golub and Van Loan 2013,
/// section 8.5).
void diagonalise(std::array<std::array<double, 4>, 4>& a, std::array<std::array<double, 4>, 4>& vectors) {
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) vectors[i][j] = i == j ? 1 : 0;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0, all = 0;
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) (i == j ? all : off) += a[i][j] * a[i][j];
    if (off <= 1e-30 * (all + off)) return;
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t q = p + 1; q < 4; ++q) {
        if (a[p][q] == 0) continue;
        const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < 4; ++k) {
          const double kp = a[k][p], kq = a[k][q];
          a[k][p] = c * kp - s * kq;
          a[k][q] = s * kp + c * kq;
        }
        for (std::size_t k = 0; k < 4; ++k) {
          const double pk = a[p][k], qk = a[q][k];
          a[p][k] = c * pk - s * qk;
          a[q][k] = s * pk + c * qk;
        }
        for (std::size_t k = 0; k < 4; ++k) {
          const double kp = vectors[k][p], kq = vectors[k][q];
          vectors[k][p] = c * kp - s * kq;
          vectors[k][q] = s * kp + c * kq;
        }
      }
  }
}

Vec3 centreOf(std::span<const Vec3> points, std::span<const double> weights) {
  Vec3 sum;
  double all = 0;
  for (std::size_t n = 0; n < points.size(); ++n) {
    sum = sum + weights[n] * points[n];
    all += weights[n];
  }
  return sum / all;
}

}  // namespace

Superposition superpose(std::span<const Vec3> mobile, std::span<const Vec3> fixed,
                        std::span<const double> weights) {
  AULA_ASSERT(!mobile.empty() && mobile.size() == fixed.size() && mobile.size() == weights.size());
  Superposition result;
  result.from = centreOf(mobile, weights);
  result.to = centreOf(fixed, weights);
  // S = sum w x y^T; the matrix whose largest eigenvector is the quaternion that turns x onto y.
  double s[3][3] = {}, norm = 0, all = 0;
  for (std::size_t n = 0; n < mobile.size(); ++n) {
    const Vec3 x = mobile[n] - result.from, y = fixed[n] - result.to;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) s[i][j] += weights[n] * x[i] * y[j];
    norm += weights[n] * (core::dot(x, x) + core::dot(y, y));
    all += weights[n];
  }
  std::array<std::array<double, 4>, 4> k{
      {{s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
       {0, s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
       {0, 0, s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
       {0, 0, 0, s[2][2] - s[0][0] - s[1][1]}}};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < i; ++j) k[i][j] = k[j][i];
  std::array<std::array<double, 4>, 4> vectors{};
  diagonalise(k, vectors);
  std::size_t best = 0;
  for (std::size_t i = 1; i < 4; ++i)
    if (k[i][i] > k[best][best]) best = i;
  const double q0 = vectors[0][best], q1 = vectors[1][best], q2 = vectors[2][best], q3 = vectors[3][best];
  result.rotation = {
      Vec3{q0 * q0 + q1 * q1 - q2 * q2 - q3 * q3, 2 * (q1 * q2 - q0 * q3), 2 * (q1 * q3 + q0 * q2)},
      Vec3{2 * (q1 * q2 + q0 * q3), q0 * q0 - q1 * q1 + q2 * q2 - q3 * q3, 2 * (q2 * q3 - q0 * q1)},
      Vec3{2 * (q1 * q3 - q0 * q2), 2 * (q2 * q3 + q0 * q1), q0 * q0 - q1 * q1 - q2 * q2 + q3 * q3}};
  result.deviation = std::sqrt(std::max(0.0, (norm - 2 * k[best][best]) / all));
  return result;
}

double radiusOfGyration(std::span<const Vec3> positions, std::span<const double> masses) {
  const Vec3 centre = centreOf(positions, masses);
  double sum = 0, all = 0;
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const Vec3 d = positions[n] - centre;
    sum += masses[n] * core::dot(d, d);
    all += masses[n];
  }
  return std::sqrt(sum / all);
}

std::vector<BackboneResidue> backboneOf(const Topology& topology) {
  std::vector<BackboneResidue> backbone;
  std::set<std::array<std::uint32_t, 2>> bonds;
  for (const auto& pair : bondedPairs(topology)) bonds.insert(pair);
  const auto isBonded = [&](int a, int b) {
    return bonds.count(
               {static_cast<std::uint32_t>(std::min(a, b)), static_cast<std::uint32_t>(std::max(a, b))}) > 0;
  };
  for (std::size_t r = 0; r < topology.residues.size(); ++r) {
    const Residue& residue = topology.residues[r];
    BackboneResidue found;
    found.residue = static_cast<int>(r);
    found.isProline = residue.name.find("PRO") != std::string::npos;
    for (int n = residue.firstAtom; n < residue.firstAtom + residue.atomCount; ++n) {
      const std::string& name = topology.names[static_cast<std::size_t>(n)];
      if (name == "N") found.n = n;
      if (name == "CA") found.ca = n;
      if (name == "C") found.c = n;
      if (name == "O" || name == "OC1" || name == "O1") found.o = n;
      if (name == "H" || name == "HN") found.h = n;
    }
    // Caps: the acetyl group has C and O, the methylamide N; they take part in bonds of the backbone.
    if (found.c < 0 && found.n < 0) continue;
    if (found.ca < 0 && !(residue.name == "ACE" || residue.name == "NME")) continue;
    if (!backbone.empty() && backbone.back().c >= 0 && found.n >= 0)
      found.isJoined = isBonded(backbone.back().c, found.n);
    backbone.push_back(found);
  }
  return backbone;
}

std::vector<Torsions> torsionsOf(const std::vector<BackboneResidue>& backbone,
                                 std::span<const Vec3> positions) {
  std::vector<Torsions> torsions;
  const auto at = [&](int atom) { return positions[static_cast<std::size_t>(atom)]; };
  for (std::size_t i = 1; i + 1 < backbone.size(); ++i) {
    const BackboneResidue& before = backbone[i - 1];
    const BackboneResidue& here = backbone[i];
    const BackboneResidue& after = backbone[i + 1];
    if (!here.isJoined || !after.isJoined || here.ca < 0 || here.n < 0 || here.c < 0) continue;
    torsions.push_back({here.residue, dihedral(at(before.c), at(here.n), at(here.ca), at(here.c)),
                        dihedral(at(here.n), at(here.ca), at(here.c), at(after.n))});
  }
  return torsions;
}

}  // namespace aula::molecular
