// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/heart/model/calibration.h"
#include "anatomy/heart/model/make.h"
#include "support/heart.h"

/// How fast waves go.
namespace aula::test {
namespace {

using namespace heart;

/// The wave from the low end of x along a slab.
double velocityAlongX(const Lattice& lattice, const Settings& settings, int kicked, double first, double last,
                      bool isReference = false) {
  const auto solver =
      isReference ? makeReferenceSolver(lattice, settings) : makeCpuSolver(lattice, settings, 1);
  solver->stimulate(kick(settings, nodesWhere(lattice, [&](int i, int, int) { return i < kicked; }), 0.11));
  const int from = static_cast<int>(first * lattice.nx), to = static_cast<int>(last * lattice.nx);
  const int row = lattice.ny / 2;
  std::vector<float> times;
  for (int n = 0; n < 200; ++n) {
    advanceTo(*solver, 10e-3 * (n + 1));
    times = solver->activationTimes();
    if (times[lattice.index(to, row, 0)] >= 0) break;
  }
  return frontVelocity(lattice, times, {1, 0, 0},
                       [&](int i, int j, int k) { return i >= from && i <= to && j == row && k == 0; });
}

/// Ahead of the front and on it v has hardly begun to rise, and u is Nagumo's equation du/dt = D u'' - k u (u
/// - a) (u - 1), whose front goes with sqrt(D k / 2)(1 - 2 a) (McKean 1970). Recovery behind the front slows
/// it: v is eps k u (1 + a - u) / ... after the front's 3 units of time at most 0.01 of k, half a per cent of
/// the speed.
TEST(HeartVelocity, IsNagumosInAlievAndPanfilovsModel) {
  for (const bool isReference : {true, false}) {
    Settings settings;
    settings.across = settings.along;
    settings.timeStep = 2.5e-5;
    const double d = settings.along / (settings.surfaceToVolume * settings.capacitance), k = 8 / 0.0129;
    const double nagumo = std::sqrt(d * k / 2) * (1 - 2 * 0.15);
    const Lattice lattice = makeSlab(isReference ? 120 : 160, 1, 1, 0.2e-3);
    EXPECT_NEAR(velocityAlongX(lattice, settings, 15, 0.5, 0.9, isReference) / nagumo, 1, 0.01);
    // Healthy or not: speed goes with the square root of excitability.
    settings.excitability = 0.7;
    EXPECT_NEAR(velocityAlongX(lattice, settings, 15, 0.5, 0.9, isReference) / nagumo, std::sqrt(0.7), 0.012);
  }
}

/// Units of length do not matter: velocity goes with the square root of conductivity, exactly on lattices
/// scaled alike, and to the discretisation's second order on one lattice: along against across.
TEST(HeartVelocity, GoesWithTheRootOfConductivity) {
  Settings settings;
  settings.timeStep = 1e-4;
  settings.along = 2;
  settings.across = 0.5;
  const double along = velocityAlongX(makeSlab(150, 1, 1, 0.4e-3), settings, 25, 0.5, 0.9);
  EXPECT_NEAR(velocityAlongX(makeSlab(150, 1, 1, 0.2e-3, {0, 1, 0}), settings, 25, 0.5, 0.9), along / 2,
              1e-5);
  EXPECT_NEAR(velocityAlongX(makeSlab(150, 1, 1, 0.4e-3, {0, 1, 0}), settings, 25, 0.5, 0.9), along / 2,
              0.004 * along);
}

/// A plane front sees the component of the tensor across it: v^2 goes with D_xx for every direction of
/// fibres. Fronts bend near the slab's sides, so the middle row of a wide slab is measured early.
TEST(HeartVelocity, OfPlaneWavesFollowsTurnedFibres) {
  Settings settings;
  settings.along = 3.3;
  settings.across = 0.44;
  settings.timeStep = 1e-4;
  double along = 0;
  for (const double degrees : {0.0, 30.0, 45.0, 60.0, 90.0}) {
    const double c = std::cos(degrees * M_PI / 180), s = std::sin(degrees * M_PI / 180);
    const Lattice lattice = makeSlab(90, 171, 1, 0.5e-3, {static_cast<float>(c), static_cast<float>(s), 0});
    const double found = velocityAlongX(lattice, settings, 12, 0.33, 0.66);
    if (degrees == 0) along = found;
    const double expected =
        std::sqrt((settings.across + (settings.along - settings.across) * c * c) / settings.along);
    EXPECT_NEAR(found / along, expected, 0.015) << degrees << " degrees";
  }
}

/// Errors of the velocity: of second order in the spacing at a short step, of first order in the step.
TEST(HeartVelocity, ConvergesInSpaceAndTime) {
  Settings settings;
  settings.timeStep = 2e-5;
  const auto at = [&](double spacing) {
    return velocityAlongX(makeSlab(static_cast<int>(std::lround(48e-3 / spacing)), 1, 1, spacing), settings,
                          static_cast<int>(std::lround(6e-3 / spacing)), 0.5, 0.9);
  };
  const double a = at(0.8e-3), b = at(0.4e-3), c = at(0.2e-3);
  EXPECT_NEAR(std::log2((a - b) / (b - c)), 2, 0.35);
  const auto after = [&](double step) {
    settings.timeStep = step;
    return velocityAlongX(makeSlab(160, 1, 1, 0.3e-3), settings, 20, 0.5, 0.9);
  };
  // One stage of diffusion in each: other numbers of stages have other errors.
  const double d = after(3.2e-4), e = after(1.6e-4), f = after(8e-5);
  EXPECT_NEAR(std::log2((d - e) / (e - f)), 1, 0.3);
}

/// The mirror image of a tissue carries the mirror image of a wave. Sums are taken in another order, and the
/// front magnifies rounding as agreement_test.cpp of the backends derives for single precision, here for
/// double.
TEST(HeartVelocity, KnowsNoLeftAndRight) {
  Settings settings;
  settings.along = 2;
  settings.across = 0.5;
  const int n = 21;
  Lattice lattice = makeSlab(n, n, 3, 1e-3, {0.6F, 0.8F, 0}),
          mirrored = makeSlab(n, n, 3, 1e-3, {-0.6F, 0.8F, 0});
  for (int j = 0; j < 4; ++j) {
    lattice.isTissue[lattice.index(8, j + 6, 1)] = 0;
    mirrored.isTissue[lattice.index(n - 1 - 8, j + 6, 1)] = 0;
  }
  const auto a = makeReferenceSolver(lattice, settings), b = makeReferenceSolver(mirrored, settings);
  a->stimulate(kick(settings, nodesWhere(lattice, [](int i, int j, int) { return i < 6 && j < 6; }), 0.1));
  b->stimulate(
      kick(settings, nodesWhere(mirrored, [&](int i, int j, int) { return i > n - 7 && j < 6; }), 0.1));
  a->advance(60);
  b->advance(60);
  const std::vector<float> va = a->potentials(), vb = b->potentials();
  for (int k = 0; k < 3; ++k)
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i)
        EXPECT_NEAR(va[lattice.index(i, j, k)], vb[lattice.index(n - 1 - i, j, k)], 1e-8);
}

/// Conductivities calibrated for 1 mm make the live heart's waves as fast as is asked, along and across.
TEST(HeartCalibration, MakesWavesOnACoarseLatticeAsFastAsAsked) {
  const Settings settings = calibratedConductivity({}, 1e-3, 0.6, 0.22);
  EXPECT_NEAR(velocityAlongX(makeSlab(170, 3, 3, 1e-3), settings, 25, 0.4, 0.9), 0.6, 0.006);
  EXPECT_NEAR(velocityAlongX(makeSlab(90, 3, 3, 1e-3, {0, 1, 0}), settings, 12, 0.4, 0.9), 0.22, 0.0022);
  // The usual conductivities, as fast at 1 mm as on a fine lattice: Nagumo's speed along.
  const Settings same = calibratedConductivity({}, 0.8e-3);
  const double nagumo = std::sqrt(9.529e-5 * 8 / 0.0129 / 2) * 0.7;
  EXPECT_NEAR(velocityAlongX(makeSlab(120, 1, 1, 0.8e-3), same, 15, 0.4, 0.9) / nagumo, 1, 0.015);
}

/// ten Tusscher and Panfilov's cells with Niederer et al.'s conductivities: about 0.6 m/s along fibres; a
/// lattice of 0.25 mm slows them, the calibration makes up for it.
TEST(HeartCalibration, MakesUpForTheLatticeWithTenTusschersCells) {
  Settings settings;
  settings.cell = CellModel::tenTusscherPanfilov;
  const double fine = continuumVelocity(settings, settings.along);
  EXPECT_NEAR(fine, 0.61, 0.03);
  const double coarse = velocityAlongX(makeSlab(100, 1, 1, 0.25e-3), settings, 12, 0.4, 0.9);
  EXPECT_LT(coarse, 0.93 * fine);
  const Settings mended = calibratedConductivity(settings, 0.25e-3);
  EXPECT_NEAR(velocityAlongX(makeSlab(100, 1, 1, 0.25e-3), mended, 12, 0.4, 0.9), fine, 0.01 * fine);
}

}  // namespace
}  // namespace aula::test
