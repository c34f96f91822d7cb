// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/heart/model/formula/ten_tusscher.h"
#include "anatomy/heart/model/make.h"
#include "support/heart.h"

/// Single cells: one node of tissue.
namespace aula::test {
namespace {

using namespace heart;

struct ActionPotential {
  double rest = 0, peak = 0, duration = 0, upstroke = 0;  ///< V, V, s to 90 % of repolarisation, V/s
};

/// The action potential that follows a stimulus now.
ActionPotential excite(Solver& solver, const Settings& settings, double rise, double wait) {
  ActionPotential result;
  double start = static_cast<double>(solver.step()) * solver.timeStep(), began = -1;
  result.rest = static_cast<double>(solver.potentials()[0]);
  result.peak = result.rest;
  solver.stimulate(kick(settings, {0}, rise, start, 1e-3));
  double before = result.rest;
  for (double time = start; time < start + wait;) {
    solver.advance(1);
    time = static_cast<double>(solver.step()) * solver.timeStep();
    const auto v = static_cast<double>(solver.potentials()[0]);
    result.peak = std::max(result.peak, v);
    result.upstroke = std::max(result.upstroke, (v - before) / solver.timeStep());
    const double level = result.rest + 0.1 * (result.peak - result.rest);
    if (began < 0 && v > -0.04) began = time;
    if (began >= 0 && result.duration == 0 && time > began + 0.02 && v < level)
      result.duration = time - began;
    before = v;
  }
  return result;
}

std::unique_ptr<Solver> makeCell(Settings& settings, Layer layer, double timeStep) {
  Lattice lattice = makeSlab(1, 1, 1, 1e-3);
  lattice.layers = {layer};
  settings.timeStep = timeStep;
  return makeReferenceSolver(lattice, settings);
}

/// ten Tusscher and Panfilov 2006, fig. 1 and text: epicardial and endocardial action potentials of about 300
/// ms, middle ones of nearly 400 ms, from -85 mV to +35..+40 mV, an upstroke of some 300 to 400 V/s.
TEST(TenTusscherCell, HasThePublishedActionPotentials) {
  const double duration[3] = {0.300, 0.385, 0.305};
  for (const Layer layer : {Layer::endocardial, Layer::middle, Layer::epicardial}) {
    Settings settings;
    settings.cell = CellModel::tenTusscherPanfilov;
    const auto solver = makeCell(settings, layer, 2e-5);
    advanceTo(*solver, 0.1);
    const ActionPotential found = excite(*solver, settings, 0.052, 0.5);
    EXPECT_NEAR(found.rest, -0.0855, 1.5e-3);
    EXPECT_NEAR(found.peak, 0.039, 4e-3);
    EXPECT_NEAR(found.duration, duration[static_cast<int>(layer)], 0.02);
    EXPECT_GT(found.upstroke, 290);
    EXPECT_LT(found.upstroke, 420);
  }
}

/// Without a stimulus the published start stays near itself for a second.
TEST(TenTusscherCell, RestsWhereItStarts) {
  for (const Layer layer : {Layer::endocardial, Layer::middle, Layer::epicardial}) {
    Settings settings;
    settings.cell = CellModel::tenTusscherPanfilov;
    const auto solver = makeCell(settings, layer, 2e-5);
    const auto before = static_cast<double>(solver->potentials()[0]);
    advanceTo(*solver, 1);
    EXPECT_NEAR(static_cast<double>(solver->potentials()[0]), before, 1.2e-3);
    EXPECT_NEAR(static_cast<double>(solver->recovery()[0]), 1.1e-4, 4e-5);
  }
}

/// Without sodium channels there is no upstroke worth the name; with them twice, a faster one.
TEST(TenTusscherCell, ExcitabilityIsTheSodiumChannels) {
  double upstroke[3] = {};
  int n = 0;
  for (const double excitability : {0.05, 1.0, 2.0}) {
    Settings settings;
    settings.cell = CellModel::tenTusscherPanfilov;
    settings.excitability = excitability;
    const auto solver = makeCell(settings, Layer::epicardial, 2e-5);
    upstroke[n++] = excite(*solver, settings, 0.03, 0.02).upstroke;
  }
  EXPECT_LT(upstroke[0], 60);
  EXPECT_GT(upstroke[2], 1.3 * upstroke[1]);
}

/// Euler's method and Rush and Larsen's are of first order: with half the step the rest of the error halves.
/// The potential in the plateau, against the shortest step.
TEST(TenTusscherCell, ConvergesInFirstOrder) {
  const auto plateau = [](double timeStep) {
    Settings settings;
    settings.cell = CellModel::tenTusscherPanfilov;
    const auto solver = makeCell(settings, Layer::epicardial, timeStep);
    solver->stimulate(kick(settings, {0}, 0.052, 0, 1e-3));
    advanceTo(*solver, 0.1);
    return static_cast<double>(solver->potentials()[0]);
  };
  const double a = plateau(1e-5), b = plateau(5e-6), c = plateau(2.5e-6);
  EXPECT_NEAR(std::log2((a - b) / (b - c)), 1, 0.3);
  EXPECT_NEAR(plateau(2e-5), c, 1e-5);
}

/// Aliev and Panfilov 1996, fig. 1: an action potential of some 330 ms from -80 to nearly +20 mV, and a short
/// one after a short rest. Recovery fades with 1/eps0 = 500 units of time, 6.5 s, so it takes many seconds to
/// get all of it back.
TEST(AlievPanfilovCell, HasRestitution) {
  double before = 0;
  for (const double pause : {0.06, 0.1, 0.2, 0.4, 1.0, 20.0}) {
    Settings settings;
    const auto solver = makeCell(settings, Layer::epicardial, 1e-4);
    const ActionPotential first = excite(*solver, settings, 0.05, 0.05);
    EXPECT_NEAR(first.rest, -0.08, 1e-8);  // Potentials are handed out in single precision.
    EXPECT_NEAR(first.peak, 0.019, 2e-3);
    // Until it is back within a tenth, then the pause.
    while (static_cast<double>(solver->potentials()[0]) > -0.07) solver->advance(1);
    const double length = static_cast<double>(solver->step()) * solver->timeStep();
    EXPECT_NEAR(length, 0.335, 0.02);
    advanceTo(*solver, length + pause);
    const ActionPotential second = excite(*solver, settings, 0.05, 0.5);
    EXPECT_GT(second.duration, before + 1e-3) << "after a pause of " << pause;
    EXPECT_LT(second.duration, 0.35);
    before = second.duration;
  }
  EXPECT_NEAR(before, 0.335, 0.02);
}

/// A threshold: u = a is 15 mV above rest.
TEST(AlievPanfilovCell, HasAThreshold) {
  Settings settings;
  for (const double rise : {0.013, 0.017}) {
    const auto solver = makeCell(settings, Layer::epicardial, 1e-4);
    solver->stimulate(kick(settings, {0}, rise, 0, 1e-4));
    advanceTo(*solver, 0.15);
    EXPECT_EQ(solver->activationTimes()[0] >= 0, rise > 0.015);
  }
}

/// What the vector loops use instead of the C library's functions.
TEST(HeartFormula, ElementaryFunctionsAreGoodToSinglePrecision) {
  for (double x = -79.5; x < 79.5; x += 0.0371) {
    const auto f = static_cast<float>(x);
    EXPECT_NEAR(static_cast<double>(exponential(f)) / std::exp(static_cast<double>(f)), 1, 3e-7);
  }
  for (double x = 1e-6; x < 1e4; x *= 1.0173)
    EXPECT_NEAR(static_cast<double>(logarithm(static_cast<float>(x))),
                std::log(static_cast<double>(static_cast<float>(x))), 2e-7 * (1 + std::abs(std::log(x))));
  for (double z = 1e-7; z < 50; z *= 1.0131)
    EXPECT_NEAR(static_cast<double>(decayed(static_cast<float>(z))) /
                    -std::expm1(-static_cast<double>(static_cast<float>(z))),
                1, 4e-7);
}

}  // namespace
}  // namespace aula::test
