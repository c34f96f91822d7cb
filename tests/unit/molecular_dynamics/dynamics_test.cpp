// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "molecular/model/constants.h"
#include "unit/molecular_dynamics/rigs.h"

namespace aula::test {
namespace {

using namespace molecular;

constexpr Integrator kIntegrators[] = {Integrator::leapFrog, Integrator::velocityVerlet,
                                       Integrator::langevinMiddle};
constexpr const char* kIntegratorNames[] = {"LeapFrog", "VelocityVerlet", "LangevinMiddle"};

Settings constrained(Integrator integrator) {
  Settings settings = smoothSettings(0.5);
  settings.dynamics.integrator = integrator;
  settings.dynamics.constraints = Constraints::allBonds;
  settings.dynamics.timeStep = 0.001;
  settings.dynamics.temperatureCoupling = 0.5;
  return settings;
}

bool isSame(const State& a, const State& b) {
  return a.positions == b.positions && a.velocities == b.velocities && a.box == b.box;
}

class Dynamics : public ::testing::TestWithParam<int> {
 protected:
  [[nodiscard]] Integrator integrator() const { return kIntegrators[GetParam()]; }
};

/// LINCS with one iteration at 1 fs: bonds turn by up to 0.01 rad a step, the second pass leaves errors of
/// the fourth order in it, and expansion to order 4 leaves 0.4^5 = 1 % of the first pass' coupling error of
/// 5e-5. SETTLE is exact but for rounding.
TEST_P(Dynamics, LengthsAreKept) {
  const auto engine = makeRig(mixture(), constrained(integrator()));
  engine->drawVelocities(300, 3);
  engine->advance(50);
  EXPECT_LT(engine->largestConstraintError(), 2e-5);
  EXPECT_EQ(engine->recoveries(), 0);
  if (integrator() != Integrator::velocityVerlet) return;
  // Velocities along constraints are none.
  const State state = engine->state();
  for (const Constraint& c : engine->plan().constraints) {
    const auto i = static_cast<std::size_t>(c.i), j = static_cast<std::size_t>(c.j);
    const Vec3 r = state.positions[i] - state.positions[j], v = state.velocities[i] - state.velocities[j];
    EXPECT_LT(std::abs(dot(r, v)) / length(r), 2e-2);
  }
}

TEST_P(Dynamics, OneThreadAndMoreGiveTheSameBits) {
  Settings settings = constrained(integrator());
  settings.dynamics.barostat = Barostat::stochasticCellRescale;
  settings.dynamics.thermostat = Thermostat::velocityRescale;
  settings.dynamics.centreOfMassInterval = 7;
  const System system = mixture();
  State states[3];
  for (const int threads : {1, 2, 3}) {
    const auto engine = makeRig(system, settings, {threads, nullptr});
    engine->drawVelocities(300, 3);
    engine->advance(25);
    states[threads - 1] = engine->state();
  }
  EXPECT_TRUE(isSame(states[0], states[1]));
  EXPECT_TRUE(isSame(states[0], states[2]));
}

TEST_P(Dynamics, RestartEqualsAnUnbrokenRun) {
  Settings settings = constrained(integrator());
  settings.dynamics.barostat = Barostat::stochasticCellRescale;
  settings.dynamics.thermostat = Thermostat::velocityRescale;
  const System system = mixture();
  const auto unbroken = makeRig(system, settings);
  unbroken->drawVelocities(300, 3);
  External external;
  external.pulls.push_back({{0, 5}, {1, 1, 1}, 500, 100});
  external.regions.push_back({{1, 1, 1}, 0.5, 500, 0.1});
  external.electricField = {0.05, 0, 0.02};
  unbroken->setExternal(external);
  unbroken->advance(13);
  core::MemoryCheckpoint checkpoint;
  core::CheckpointWriter writer(checkpoint);
  unbroken->save(writer);
  unbroken->advance(17);
  const auto resumed = makeRig(system, settings);
  core::CheckpointReader reader(checkpoint);
  resumed->load(reader);
  EXPECT_EQ(resumed->step(), 13);
  resumed->advance(17);
  EXPECT_TRUE(isSame(unbroken->state(), resumed->state()));
  EXPECT_EQ(unbroken->energies().conserved, resumed->energies().conserved);
}

/// Looking changes nothing.
TEST_P(Dynamics, EnergiesMayBeAskedForAtAnyTime) {
  const System system = mixture();
  const auto quiet = makeRig(system, constrained(integrator()));
  const auto watched = makeRig(system, constrained(integrator()));
  for (const auto& engine : {quiet.get(), watched.get()}) engine->drawVelocities(300, 3);
  quiet->advance(12);
  for (int n = 0; n < 12; ++n) {
    watched->advance(1);
    EXPECT_TRUE(std::isfinite(watched->energies().conserved));
    EXPECT_EQ(watched->forces().size(), system.state.positions.size());
  }
  EXPECT_TRUE(isSame(quiet->state(), watched->state()));
}

/// The trajectory of a time step four times as short hardly differs in energy: with smooth forces a Verlet
/// scheme's energy wanders in proportion to the square of the step.
TEST_P(Dynamics, EnergyIsConservedToSecondOrder) {
  if (integrator() == Integrator::langevinMiddle) GTEST_SKIP() << "takes and gives heat";
  const System system = mixture();
  double spread[2];
  State start;
  for (const int finer : {1, 4}) {
    Settings settings = constrained(integrator());
    settings.dynamics.timeStep = 0.002 / finer;
    settings.dynamics.constraints = Constraints::hydrogenBonds;
    const auto engine = makeRig(system, settings);
    if (finer == 1) {
      engine->minimise(500, 200);
      engine->drawVelocities(200, 3);
      engine->advance(5);
      start = engine->state();
    }
    engine->setState(start);
    double sum = 0, squares = 0;
    constexpr int kSamples = 30;
    for (int n = 0; n < kSamples; ++n) {
      engine->advance(2 * finer);
      const double e = engine->energies().conserved;
      sum += e;
      squares += e * e;
    }
    spread[finer == 1 ? 0 : 1] =
        std::sqrt(std::max(0.0, squares / kSamples - sum * sum / kSamples / kSamples));
    EXPECT_EQ(engine->recoveries(), 0);
  }
  EXPECT_LT(spread[0], 0.01 * 100 * kBoltzmann * 200) << "1 % of the kinetic energy";
  // 16 in theory; 6 leaves room for chance in 30 samples and for single precision.
  EXPECT_LT(spread[1], spread[0] / 6) << spread[0];
}

INSTANTIATE_TEST_SUITE_P(, Dynamics, ::testing::Range(0, 3),
                         [](const auto& tested) { return std::string(kIntegratorNames[tested.param]); });

/// Free flight of rigid waters: no forces, so energy and angular momentum are kept however long. In single
/// precision with positions in two parts an error of 1e-8 nm a step is 1e-5 nm/ps, a random walk of 300
/// steps' root.
TEST(Settles, TurnFreelyWithoutLosingEnergy) {
  System system = someWaters(37, 7);
  system.topology = withoutNonbonded(system.topology);
  Settings settings = plainSettings();
  settings.dynamics.integrator = Integrator::leapFrog;
  settings.dynamics.timeStep = 0.001;
  const auto engine = makeRig(system, settings, {1, nullptr}, false);
  engine->drawVelocities(300, 1);
  engine->advance(10);
  const double before = engine->energies().kinetic;
  engine->advance(3000);
  EXPECT_NEAR(engine->energies().kinetic / before, 1, 1e-4);
  EXPECT_LT(engine->largestConstraintError(), 1e-6);
}

TEST(DrawnVelocities, HaveTheTemperatureAndNoDrift) {
  const System system = mixture();
  const auto engine = makeRig(system, constrained(Integrator::velocityVerlet));
  double sum = 0;
  constexpr int kDraws = 200;
  for (int n = 0; n < kDraws; ++n) {
    engine->drawVelocities(300, static_cast<std::uint64_t>(n));
    const State state = engine->state();
    Vec3 momentum;
    double kinetic = 0;
    for (std::size_t a = 0; a < state.velocities.size(); ++a) {
      const double m = engine->plan().masses[a];
      momentum = momentum + m * state.velocities[a];
      kinetic += 0.5 * m * dot(state.velocities[a], state.velocities[a]);
    }
    EXPECT_LT(length(momentum), 1e-2);
    sum += kinetic;
  }
  // Degrees of freedom of the plan (no removal of drift) less the three that drawing takes. The kinetic
  // energy of f degrees has a relative spread of sqrt(2 / f): five of the mean's.
  const double f = engine->plan().degreesOfFreedom - 3;
  EXPECT_NEAR(sum / kDraws / (0.5 * f * kBoltzmann * 300), 1, 5 * std::sqrt(2 / f / kDraws));
}

TEST(Minimising, GoesDownhillAndKeepsLengths) {
  const auto engine = makeRig(mixture(), constrained(Integrator::leapFrog));
  const double before = engine->energies().potential();
  const double force = engine->minimise(50, 400);
  EXPECT_LT(force, 50);
  EXPECT_LT(engine->energies().potential(), before);
  EXPECT_LT(engine->largestConstraintError(), 2e-5);
}

TEST(Minimising, FindsTheMinimumOfSprings) {
  System system = chains(37, 1, {});
  system.topology = withoutNonbonded(system.topology);
  system.topology.pairs14.clear();
  const auto engine = makeRig(system, plainSettings(), {1, nullptr}, false);
  // Bonds of 3e5 kJ/mol/nm^2 beside torsions of 5 kJ/mol: stiff, and yet some hundred steps are enough.
  EXPECT_LT(engine->minimise(5, 1500), 5);
}

TEST(StateOfTheEngine, ComesBackAsItWasSet) {
  const System system = mixture();
  const auto engine = makeRig(system, constrained(Integrator::leapFrog));
  engine->drawVelocities(300, 3);
  engine->advance(3);
  const State state = engine->state();
  engine->advance(3);
  engine->setState(state);
  EXPECT_TRUE(isSame(engine->state(), state));
  std::vector<float> xyz(3 * state.positions.size());
  engine->positions(xyz);
  for (std::size_t n = 0; n < xyz.size(); ++n)
    EXPECT_NEAR(xyz[n], state.positions[n / 3][static_cast<int>(n % 3)], 2e-7);
}

TEST(StateOfTheEngine, MoleculesAreWholeWhereverTheyWere) {
  System system = mixture();
  const auto expected = makeRig(system, constrained(Integrator::leapFrog))->energies();
  for (std::size_t n = 0; n < system.state.positions.size(); ++n)
    system.state.positions[n] = system.state.box.wrapped(system.state.positions[n]);
  for (std::size_t n = 0; n < system.state.positions.size(); n += 5)
    system.state.positions[n] = system.state.positions[n] - 2.0 * system.state.box.b;
  const auto found = makeRig(system, constrained(Integrator::leapFrog))->energies();
  EXPECT_NEAR(found.potential(), expected.potential(), 1e-4 * std::abs(expected.potential()));
}

TEST(BadSettings, AreToldInWords) {
  const System system = mixture();
  const auto message = [&](const auto& change) {
    Settings settings = constrained(Integrator::leapFrog);
    System changed = system;
    change(settings, changed);
    try {
      static_cast<void>(makeRig(changed, settings, {1, nullptr}, false));
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  EXPECT_EQ(message([](Settings& s, System&) { s.dynamics.timeStep = 0; }),
            "the time step (ps) must be above 0, not 0.000000");
  EXPECT_EQ(message([](Settings& s, System& of) {
              s.dynamics.barostat = Barostat::stochasticCellRescale;
              of.state.box = {};
            }),
            "a barostat needs a periodic cell; this system is in vacuum");
  EXPECT_EQ(message([](Settings& s, System&) { s.dynamics.lincsOrder = 0; }),
            "LINCS wants an order and a number of iterations from 1 to 64, not 0 and 1");
  EXPECT_EQ(message([](Settings&, System& of) { of.state.positions[4].y = std::nan(""); }),
            "atom 5 has a position or velocity that is not a number or beyond 1e6");
  EXPECT_EQ(message([](Settings&, System& of) { of.state.positions.pop_back(); }),
            "the state has 99 positions and 0 velocities for 100 atoms");
  const auto engine = makeRig(system, constrained(Integrator::leapFrog), {1, nullptr}, false);
  External external;
  external.pulls.push_back({{100}, {}, 1, 1});
  try {
    engine->setExternal(external);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "a pull names atom 101 of 100");
  }
}

}  // namespace
}  // namespace aula::test
