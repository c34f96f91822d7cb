// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "anatomy/heart/body/chambers.h"
#include "anatomy/heart/body/domain.h"
#include "core/error.h"

namespace aula::anatomy::heart {
namespace {

constexpr double kInner = 0.024, kLong = 0.065, kWall = 0.009;

Lattice boxOf(double halfWidth, double halfLength, double spacing) {
  Lattice lattice;
  lattice.spacing = spacing;
  // Off the middle, so that no symmetry helps.
  lattice.origin = {-halfWidth + 0.31 * spacing, -halfWidth + 0.17 * spacing, -halfLength + 0.43 * spacing};
  lattice.nx = lattice.ny = int(2 * halfWidth / spacing) + 1;
  lattice.nz = int(2 * halfLength / spacing) + 1;
  return lattice;
}

Vec3 placeOf(const Lattice& lattice, std::uint32_t n) {
  const auto nx = std::uint32_t(lattice.nx), ny = std::uint32_t(lattice.ny);
  return lattice.origin + lattice.spacing * Vec3{double(n % nx), double(n / nx % ny), double(n / (nx * ny))};
}

/// Confocal prolate spheroids: x^2 + y^2 = a^2 - f^2 + ..., described by the long semi-axis c of the one
/// through p, half distance of the foci f: c = (r1 + r2) / 2.
double longAxisThrough(Vec3 p, double focus) {
  const double r1 = core::length(p - Vec3{0, 0, focus}), r2 = core::length(p + Vec3{0, 0, focus});
  return 0.5 * (r1 + r2);
}

/// Largest error of the potential between two confocal spheroids and of its gradient's direction.
struct Errors {
  double value = 0, mean = 0, direction = 0;
};
Errors spheroidErrors(double spacing) {
  const double focus = std::sqrt(kLong * kLong - kInner * kInner), outer = kLong + kWall;
  // Laplace's equation in prolate coordinates: V depends on xi = c / f alone, V = A ln((xi + 1) / (xi - 1)) +
  // B.
  const auto potential = [&](double c) { return std::log((c + focus) / (c - focus)); };
  const double v0 = potential(kLong), v1 = potential(outer);
  const auto exact = [&](Vec3 p) { return (potential(longAxisThrough(p, focus)) - v0) / (v1 - v0); };
  Lattice lattice = boxOf(0.045, 0.078, spacing);
  const auto wall = [&](Vec3 p) {
    const double c = longAxisThrough(p, focus);
    return std::max(c - outer, kLong - c);
  };
  const Domain domain = makeDomain(
      lattice, wall, [&](Vec3 p) { return longAxisThrough(p, focus) < 0.5 * (kLong + outer) ? 0 : 2; });
  Held held;
  held.sides[0] = 0, held.sides[2] = 1;
  const std::vector<double> values = solveLaplace(domain, held);
  const std::vector<Vec3> slopes = gradientOf(domain, held, values);
  Errors errors;
  for (std::size_t c = 0; c < values.size(); ++c) {
    const Vec3 p = placeOf(lattice, domain.nodes[c]);
    const double error = std::abs(values[c] - exact(p));
    errors.value = std::max(errors.value, error);
    errors.mean += error / double(values.size());
    const Vec3 outwards =
        core::normalised(core::normalised(p - Vec3{0, 0, focus}) + core::normalised(p + Vec3{0, 0, focus}));
    errors.direction += core::length(core::normalised(slopes[c]) - outwards) / double(values.size());
  }
  return errors;
}

TEST(HeartDomain, DepthInASpheroidalShellIsTheClosedForm) {
  // Second order: 1 mm in a wall of 3 (at the equator: 20 mm) to 9 mm; the error's constant from the coarser
  // one.
  const Errors coarse = spheroidErrors(0.003), fine = spheroidErrors(0.0015);
  EXPECT_LT(fine.value, 0.02);
  EXPECT_LT(fine.mean, 0.0025);
  // Halved spacing, a quarter of the error; between 1.6 and 2.6 allows for where the surface cuts the
  // lattice.
  const double order = std::log2(coarse.mean / fine.mean);
  EXPECT_GT(order, 1.6) << coarse.mean << " " << fine.mean;
  EXPECT_LT(order, 2.6);
  EXPECT_LT(fine.direction, 0.03);
}

TEST(HeartDomain, WithoutFlowThroughTheSidesItIsALinearFall) {
  // A bar: 0 below, 1 above, nothing through its sides.
  Lattice lattice = boxOf(0.01, 0.02, 0.001);
  const auto wall = [](Vec3 p) {
    return std::max({std::abs(p.x) - 0.005, std::abs(p.y) - 0.005, std::abs(p.z) - 0.015});
  };
  const Domain domain = makeDomain(lattice, wall, [](Vec3 p) {
    return p.z < -0.015 ? 0 : p.z > 0.015 ? 3 : 2;
  });
  Held held;
  held.sides[0] = 0, held.sides[3] = 1;
  const std::vector<double> values = solveLaplace(domain, held);
  for (std::size_t c = 0; c < values.size(); ++c)
    // Exact but for the solver's 1e-7.
    EXPECT_NEAR(values[c], (placeOf(lattice, domain.nodes[c]).z + 0.015) / 0.03, 1e-5);
}

TEST(HeartDomain, LoosePiecesAreLeftOut) {
  Lattice lattice = boxOf(0.01, 0.01, 0.001);
  const auto wall = [](Vec3 p) {
    return std::min(core::length(p - Vec3{-0.003, 0, 0}) - 0.004,
                    core::length(p - Vec3{0.006, 0, 0}) - 0.002);
  };
  const Domain domain = makeDomain(lattice, wall, [](Vec3) { return 2; });
  for (const std::uint32_t n : domain.nodes) EXPECT_LT(placeOf(lattice, n).x, 0.0015);
  EXPECT_EQ(std::size_t(std::count(lattice.isTissue.begin(), lattice.isTissue.end(), 1)),
            domain.nodes.size());
}

TEST(HeartDomain, NoMuscleIsSaid) {
  Lattice lattice = boxOf(0.01, 0.01, 0.001);
  try {
    (void)makeDomain(
        lattice, [](Vec3) { return 1.0; }, [](Vec3) { return 2; });
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "no node of the lattice lies in the heart's muscle: its spacing is too large");
  }
}

}  // namespace
}  // namespace aula::anatomy::heart
