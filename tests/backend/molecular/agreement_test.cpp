// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "unit/molecular_dynamics/rigs.h"

/// The CPU engine beside the double-precision reference, step by step, over sizes off every cluster and batch
/// of vectors.
///
/// The bound. Positions of the CPU engine are kept in two single-precision numbers and velocities in one: a
/// step adds rounding of u = 2^-24 of a velocity of up to 5 nm/ps times 0.001 ps, 3e-10 nm. Forces of up to
/// 1e4 kJ/mol/nm are good to 1e-5 or so (positions in single precision, tables of the pair kernels, the
/// mesh's wider sums), that is 0.1 kJ/mol/nm, twice that at worst among the hundred atoms: on hydrogens
/// 0.2 * 1e-6 / 1 = 2e-7 nm a step. Constraints add rounding of 0.1 nm, 6e-9 nm. Such errors hardly change
/// while atoms move by 0.02 nm, so they add up like a force: 2e-7 n (n + 1) / 2 after n steps, 4e-5 nm at 20.
/// LINCS is asked for an order and iterations at which what it leaves undone is less than that.
namespace aula::test {
namespace {

using namespace molecular;

constexpr int kSteps = 20;
double allowedAfter(int steps) {
  return 1e-8 + 2e-7 * 0.5 * steps * (steps + 1.0);
}

struct Case {
  const char* name;
  Integrator integrator;
  Constraints constraints;
  bool isSkew, hasBaths;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

System skewed(System system) {
  Box& box = system.state.box;
  // Edges longer than the molecules' own box, so that nothing overlaps.
  box = reducedBox({box.a.x + 0.2, 0, 0}, {0.4, box.b.y + 0.3, 0}, {-0.5, 0.3, box.c.z + 0.3});
  return relaxed(system);
}

Settings settingsOf(const Case& one) {
  Settings settings;
  settings.nonbonded.cutoff = 0.5;
  settings.nonbonded.meshSpacing = 0.1;
  settings.dynamics.integrator = one.integrator;
  settings.dynamics.constraints = one.constraints;
  settings.dynamics.timeStep = 0.001;
  settings.dynamics.thermostat = one.hasBaths ? Thermostat::velocityRescale : Thermostat::none;
  settings.dynamics.barostat = one.hasBaths ? Barostat::stochasticCellRescale : Barostat::none;
  settings.dynamics.centreOfMassInterval = one.hasBaths ? 7 : 0;
  settings.dynamics.lincsOrder = 10;
  settings.dynamics.lincsIterations = 5;
  settings.dynamics.seed = 5;
  return settings;
}

class Agreement : public ::testing::TestWithParam<Case> {};

TEST_P(Agreement, WithTheReferenceStepByStep) {
  const Case& one = GetParam();
  const Settings settings = settingsOf(one);
  System system = one.isSkew ? skewed(mixture()) : mixture();
  // A start on the constraints, with velocities along them.
  {
    const auto start = makeCpuEngine(system, settings, {1, nullptr});
    start->minimise(100, 50);
    start->drawVelocities(300, 9);
    system.state = start->state();
  }
  const auto reference = makeReferenceEngine(system, settings);
  const auto engine = makeCpuEngine(system, settings, {1, nullptr});
  External external;
  external.pulls.push_back({{2, 30, 90}, {0.5, 0.5, 0.5}, 300, 200});
  external.electricField = {0.1, -0.05, 0.2};
  external.regions.push_back({{0.4, 0.5, 0.4}, 0.4, 400, 0.2});
  if (one.hasBaths)
    for (Engine* each : {reference.get(), engine.get()}) each->setExternal(external);
  double moved = 0;
  for (int n = 1; n <= kSteps; ++n) {
    reference->advance(1);
    engine->advance(1);
    const State expected = reference->state(), found = engine->state();
    double worst = 0;
    for (std::size_t a = 0; a < expected.positions.size(); ++a) {
      worst = std::max(worst, length(expected.box.nearest(found.positions[a] - expected.positions[a])));
      moved =
          std::max(moved, length(expected.box.nearest(expected.positions[a] - system.state.positions[a])));
    }
    ASSERT_LT(worst, allowedAfter(n)) << "after " << n << " steps";
  }
  EXPECT_GT(moved, 0.01) << "nothing happened: the comparison says nothing";
  EXPECT_EQ(engine->recoveries(), 0);
  const Energies expected = reference->energies(), found = engine->energies();
  // Energies follow from positions that differ by up to 4e-5 nm and forces of a root mean square of 1e3: a
  // few tenths of a kJ/mol of 100 atoms with mixed signs, beside 1e-5 of terms of some 1e4.
  for (int term = 0; term < kTermCount; ++term)
    EXPECT_NEAR(found.terms[static_cast<std::size_t>(term)], expected.terms[static_cast<std::size_t>(term)],
                0.2 + 2e-5 * std::abs(expected.terms[static_cast<std::size_t>(term)]))
        << termName(static_cast<Term>(term));
  EXPECT_NEAR(found.kinetic, expected.kinetic, 1e-3 * expected.kinetic);
  EXPECT_NEAR(found.temperature, expected.temperature, 1e-3 * expected.temperature);
  // What the barostat brought in is counted to first order here and exactly there: not to be compared.
  if (!one.hasBaths) {
    EXPECT_NEAR(found.conserved, expected.conserved, 0.5);
  }
  // Virial: a force's error of 0.1 times 0.1 nm, a hundred times.
  for (std::size_t row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      EXPECT_NEAR(found.virial[row][column], expected.virial[row][column],
                  0.5 + 1e-4 * std::abs(expected.virial[row][column]));
  EXPECT_NEAR(found.scalarPressure(), expected.scalarPressure(),
              3 + 1e-3 * std::abs(expected.scalarPressure()));
}

constexpr Case kCases[] = {
    {"LeapFrog", Integrator::leapFrog, Constraints::none, false, false},
    {"LeapFrogHydrogens", Integrator::leapFrog, Constraints::hydrogenBonds, false, false},
    {"LeapFrogAllBondsSkew", Integrator::leapFrog, Constraints::allBonds, true, false},
    {"LeapFrogBaths", Integrator::leapFrog, Constraints::hydrogenBonds, false, true},
    {"VelocityVerlet", Integrator::velocityVerlet, Constraints::none, true, false},
    {"VelocityVerletHydrogens", Integrator::velocityVerlet, Constraints::hydrogenBonds, false, false},
    {"VelocityVerletAllBondsBaths", Integrator::velocityVerlet, Constraints::allBonds, true, true},
    {"LangevinMiddle", Integrator::langevinMiddle, Constraints::none, false, false},
    {"LangevinMiddleHydrogensSkew", Integrator::langevinMiddle, Constraints::hydrogenBonds, true, false},
    {"LangevinMiddleAllBondsBaths", Integrator::langevinMiddle, Constraints::allBonds, false, true},
};
INSTANTIATE_TEST_SUITE_P(, Agreement, ::testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace aula::test
