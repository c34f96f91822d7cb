// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/geometry.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;
constexpr double kDegrees = core::kPi / 180;

TEST(Dihedral, HasTheSignOfIupac) {
  // Looking along b-c (from +x on), d is turned clockwise from a by 60 degrees.
  const Vec3 a{0, 1, 0}, b{0, 0, 0}, c{1, 0, 0};
  for (const double phi : {-170.0, -60.0, 0.0, 60.0, 179.0}) {
    const Vec3 d{1, std::cos(phi * kDegrees), std::sin(phi * kDegrees)};
    EXPECT_NEAR(dihedral(a, b, c, d), phi * kDegrees, 1e-12) << phi;
  }
  EXPECT_NEAR(angleAt({1, 0, 0}, {0, 0, 0}, {1, 1, 0}), core::kPi / 4, 1e-15);
}

TEST(Superpose, FindsARotationAndAShift) {
  Chance chance(2);
  std::vector<Vec3> fixed, mobile;
  std::vector<double> weights;
  const double angle = 1.1;
  for (int i = 0; i < 12; ++i) {
    const Vec3 p{chance.next(), chance.next(), chance.next()};
    fixed.push_back(p);
    mobile.push_back(Vec3{std::cos(angle) * p.x - std::sin(angle) * p.y,
                          std::sin(angle) * p.x + std::cos(angle) * p.y, p.z} +
                     Vec3{3, -1, 2});
    weights.push_back(0.5 + chance.next());
  }
  const Superposition found = superpose(mobile, fixed, weights);
  EXPECT_NEAR(found.deviation, 0, 1e-7);
  for (std::size_t i = 0; i < fixed.size(); ++i)
    EXPECT_NEAR(core::length(found.apply(mobile[i]) - fixed[i]), 0, 1e-7);
}

TEST(Superpose, NeverMirrors) {
  // A tetrahedron with four different corners and its mirror image: the best rotation leaves a distance.
  const std::vector<Vec3> shape{{0, 0, 0}, {1, 0, 0}, {0, 2, 0}, {0, 0, 3}};
  std::vector<Vec3> mirrored = shape;
  for (Vec3& p : mirrored) p.x = -p.x;
  const std::vector<double> weights(4, 1);
  const Superposition found = superpose(mirrored, shape, weights);
  EXPECT_GT(found.deviation, 0.1);
  const Matrix3& r = found.rotation;
  EXPECT_NEAR(core::dot(r[0], core::cross(r[1], r[2])), 1, 1e-12);
  // What apply() leaves is what was said to be left.
  double squares = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Vec3 d = found.apply(mirrored[i]) - shape[i];
    squares += core::dot(d, d) / 4;
  }
  EXPECT_NEAR(std::sqrt(squares), found.deviation, 1e-9);
}

TEST(RadiusOfGyration, OfTwoMassesIsTheirs) {
  // Two masses m1, m2 at a distance d: sqrt(m1 m2) d / (m1 + m2).
  const std::vector<Vec3> points{{0, 0, 0}, {2, 0, 0}};
  const std::vector<double> masses{1, 3};
  EXPECT_NEAR(radiusOfGyration(points, masses), std::sqrt(3.0) * 2 / 4, 1e-15);
}

TEST(Torsions, AreThoseThePeptideWasMadeOf) {
  const std::vector<std::array<double, 2>> made{{-60, -45}, {-120, 130}, {60, 40}, {-80, 150}};
  const System peptide = makePeptide(made);
  const auto torsions = torsionsOf(backboneOf(peptide.topology), peptide.state.positions);
  // The ends lack one each.
  ASSERT_EQ(torsions.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(torsions[i].residue, static_cast<int>(i) + 1);
    EXPECT_NEAR(torsions[i].phi, made[i + 1][0] * kDegrees, 1e-9);
    EXPECT_NEAR(torsions[i].psi, made[i + 1][1] * kDegrees, 1e-9);
  }
}

}  // namespace
}  // namespace aula::tests
