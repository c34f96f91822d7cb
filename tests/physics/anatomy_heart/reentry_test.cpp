// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "anatomy/heart/model/make.h"
#include "support/heart.h"

/// What waves do to each other, to blocks and to shocks.
namespace aula::test {
namespace {

using namespace heart;

/// A sheet of 100 mm with a spiral in it: a plane wave, and behind its tail a second stimulus in a half.
class Sheet {
 public:
  Sheet() {
    settings_.across = settings_.along;
    solver_ = makeCpuSolver(lattice_, settings_, 1);
    solver_->stimulate(kick(settings_, nodesWhere(lattice_, [](int i, int, int) { return i < 6; }), 0.1));
    // The tail is where a node in the middle has come back to a fifth of its height.
    const std::size_t middle = lattice_.index(kNodes / 2, kNodes / 2, 0);
    for (int n = 0; n < 1000; ++n) {
      solver_->advance(10);
      if (solver_->activationTimes()[middle] >= 0 && solver_->potentials()[middle] < -0.06F) break;
    }
    second_ = time();
    solver_->stimulate(kick(
        settings_, nodesWhere(lattice_, [](int i, int j, int) { return i < kNodes / 2 && j < kNodes / 2; }),
        0.1, second_, 4e-3));
  }
  [[nodiscard]] double time() const { return static_cast<double>(solver_->step()) * solver_->timeStep(); }
  /// Times of activation of a node from now on.
  std::vector<double> watch(std::size_t node, double seconds) {
    std::vector<double> found;
    for (const double end = time() + seconds; time() < end;) {
      solver_->advance(10);
      const auto last = static_cast<double>(solver_->activationTimes()[node]);
      if (last >= 0 && (found.empty() ? last > second_ : last > found.back())) found.push_back(last);
    }
    return found;
  }

  static constexpr int kNodes = 167;
  Lattice lattice_ = makeSlab(kNodes, kNodes, 1, 0.6e-3);
  Settings settings_;
  std::unique_ptr<Solver> solver_;
  double second_ = 0;
};

/// The last periods differ by less than 3 %, at two places alike: the spiral turns about a core of its own
/// and neither dies nor breaks. A turn takes about an action potential's length and the rest that follows.
TEST(HeartReentry, ASpiralTurnsWithASteadyPeriod) {
  Sheet sheet;
  std::vector<double> periods;
  const std::vector<double> times = sheet.watch(sheet.lattice_.index(20, 140, 0), 4.0);
  for (std::size_t n = 1; n < times.size(); ++n) periods.push_back(times[n] - times[n - 1]);
  ASSERT_GE(periods.size(), 8U);
  const std::vector<double> last(periods.end() - 5, periods.end());
  const auto [shortest, longest] = std::minmax_element(last.begin(), last.end());
  EXPECT_LT(*longest - *shortest, 0.03 * *longest);
  EXPECT_GT(*shortest, 0.25);
  EXPECT_LT(*longest, 0.5);
  // Elsewhere the same.
  const std::vector<double> there = sheet.watch(sheet.lattice_.index(140, 30, 0), 1.5);
  ASSERT_GE(there.size(), 3U);
  EXPECT_NEAR(there[there.size() - 1] - there[there.size() - 2], last.back(), 0.03 * last.back());
}

/// A stimulus everywhere that would raise the potential by its whole range leaves no excitable gap: all of
/// the sheet is refractory at once, and a second later at rest. A fortieth of it does nothing.
TEST(HeartReentry, AShockEndsItAndAWeakOneDoesNot) {
  for (const double rise : {0.1 / 40, 0.12}) {
    Sheet sheet;
    sheet.watch(0, 0.8);
    Solver& solver = *sheet.solver_;
    solver.stimulate(kick(sheet.settings_, nodesWhere(sheet.lattice_, [](int, int, int) { return true; }),
                          rise, sheet.time(), 5e-3));
    advanceTo(solver, sheet.time() + 1.2);
    const std::vector<float> v = solver.potentials();
    const float highest = *std::max_element(v.begin(), v.end());
    if (rise > 0.1)
      EXPECT_LT(highest, -0.075F);
    else
      EXPECT_GT(highest, -0.02F);
  }
}

/// A row of nodes that do not conduct stops a wave; taken away while the tissue rests, the next one passes.
TEST(HeartReentry, ABlockStopsAWaveUntilItIsGone) {
  for (const auto make : {+[](const Lattice&l, const Settings&s) { return makeReferenceSolver(l, s); },
                          +[](const Lattice&l, const Settings&s) { return makeCpuSolver(l, s, 1); },
                          +[](const Lattice&l, const Settings&s) { return makeCheckSolver(l, s); }}) {
    Lattice lattice = makeSlab(31, 9, 1, 1e-3, {0.6F, 0.8F, 0});
    Settings settings;
    settings.along = 2;
    settings.across = 1;
    std::vector<float> factors(lattice.size(), 1.0F);
    // Slanting: no way through between diagonal neighbours.
    for (int j = 0; j < 9; ++j) factors[lattice.index(12 + j / 2, j, 0)] = 0;
    lattice.conduction = factors;
    const auto solver = make(lattice, settings);
    const auto start = nodesWhere(lattice, [](int i, int, int) { return i < 8; });
    solver->stimulate(kick(settings, start, 0.1));
    advanceTo(*solver, 0.15);
    std::vector<float> times = solver->activationTimes(), v = solver->potentials();
    for (int j = 0; j < 9; ++j) {
      EXPECT_GE(times[lattice.index(9, j, 0)], 0);
      for (int i = 12 + j / 2; i < 31; ++i) {
        EXPECT_LT(times[lattice.index(i, j, 0)], 0);
        EXPECT_FLOAT_EQ(v[lattice.index(i, j, 0)], -0.08F);
      }
    }
    solver->setConduction(std::vector<float>(lattice.size(), 1.0F));
    advanceTo(*solver, 0.75);
    solver->stimulate(kick(settings, start, 0.1, 0.75));
    advanceTo(*solver, 0.95);
    times = solver->activationTimes();
    EXPECT_GT(times[lattice.index(30, 4, 0)], 0.75F);
  }
}

/// Two waves that meet end each other: no node is activated twice.
TEST(HeartReentry, WavesThatMeetEndEachOther) {
  const Lattice lattice = makeSlab(80, 1, 1, 1e-3);
  Settings settings;
  settings.along = 2;
  const auto solver = makeCpuSolver(lattice, settings, 1);
  solver->stimulate(
      kick(settings, nodesWhere(lattice, [](int i, int, int) { return i < 8 || i > 71; }), 0.1));
  advanceTo(*solver, 0.25);
  const std::vector<float> first = solver->activationTimes();
  advanceTo(*solver, 1.2);
  EXPECT_EQ(solver->activationTimes(), first);
  for (int i = 0; i < 40; ++i)
    EXPECT_NEAR(first[lattice.index(i, 0, 0)], first[lattice.index(79 - i, 0, 0)], 1e-5);
  for (const float v : solver->potentials()) EXPECT_LT(v, -0.078F);
}

}  // namespace
}  // namespace aula::test
