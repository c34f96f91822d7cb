// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "core/error.h"
#include "molecular/model/constants.h"
#include "molecular/reference/generalised_born.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// One, two or four atoms whose energy a pocket calculator finds; pulls, fields and heat; messages.
namespace aula::test {
namespace {

using namespace molecular;

constexpr double kPi = 3.14159265358979323846;

class ClosedForm : public EngineTest {
 protected:
  /// In double to rounding, in single to a few of its last bits.
  void expectNear(double found, double expected) const {
    EXPECT_NEAR(found, expected, either(1e-12, 2e-5) * std::max(1.0, std::abs(expected)));
  }
};

System pair(double apart) {
  System system{"pair", argon(2), {}};
  system.state.box = rectangularBox(3, 3, 3);
  system.state.positions = {{2.9, 0.1, 0.1}, {2.9 + apart, 0.1, 0.1}};  // Across the face.
  return system;
}

/// At the minimum, 2^(1/6) sigma, the energy is -epsilon; at the cut-off it is zero with a shift or switch,
/// beyond it nothing.
TEST_P(ClosedForm, LennardJonesEndsAsItsModifierSays) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.hasDispersionCorrection = false;
  const double minimum = std::pow(2, 1.0 / 6) * kArgonSigma;
  const auto energyAt = [&](double r) { return make(pair(r), settings)->energies()[Term::lennardJones]; };
  const auto plain = [](double r) {
    const double x = std::pow(kArgonSigma / r, 6);
    return 4 * kArgonEpsilon * x * (x - 1);
  };
  settings.nonbonded.vdwModifier = VdwModifier::plain;
  expectNear(energyAt(minimum), -kArgonEpsilon);
  expectNear(energyAt(0.99), plain(0.99));
  EXPECT_EQ(energyAt(1.01), 0);
  settings.nonbonded.vdwModifier = VdwModifier::potentialShift;
  expectNear(energyAt(minimum), -kArgonEpsilon - plain(1));
  settings.nonbonded.vdwModifier = VdwModifier::potentialSwitch;
  expectNear(energyAt(minimum), -kArgonEpsilon);
  expectNear(energyAt(0.95), plain(0.95) / 2);  // Half way: 1 - 10/8 + 15/16 - 6/32 = 1/2.
}

/// Tironi 1995 with eps = 78 and a cut-off of 1 nm: k = 77/157, c = 1 + k; two charges and their own shares.
TEST_P(ClosedForm, ReactionFieldOfTwoCharges) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  System system = pair(0.5);
  system.topology.charges = {1, -0.5};
  const double k = 77.0 / 157, c = 1 + k;
  const double self = -0.5 * kCoulomb * c * (1 + 0.25);
  expectNear(make(system, settings)->energies()[Term::coulombReal],
             -0.5 * kCoulomb * (2 + k * 0.25 - c) + self);
  // Excluded, the pair itself is gone; its reaction field stays.
  exclude(system.topology, 0, 1);
  expectNear(make(system, settings)->energies()[Term::coulombReal], -0.5 * kCoulomb * (k * 0.25 - c) + self);
}

/// Dihedrals turned to a known angle: cis is 0, trans pi, and turning k-l clockwise seen along j-k is
/// positive (IUPAC 1970, rule 3). V = k (1 + cos(n phi - phase)).
TEST_P(ClosedForm, DihedralsHaveIupacsSign) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  for (const double phi : {-2.5, -1.0, 0.3, 1.2, 3.0}) {
    System system{"four", bareTopology(4), {}};
    joinMolecule(system.topology);
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < i; ++j) exclude(system.topology, i, j);
    // Looking from j (origin) along +z to k, i points along x; clockwise for that eye is from x towards y.
    system.state.positions = {
        {0.1, 0, -0.05}, {0, 0, 0}, {0, 0, 0.15}, {0.1 * std::cos(phi), 0.1 * std::sin(phi), 0.2}};
    system.topology.properDihedrals = {{0, 1, 2, 3, 0.7, 5, 2}};
    system.topology.harmonicImpropers = {{0, 1, 2, 3, 3.1, 30}};
    system.topology.ryckaertBellemans = {{0, 1, 2, 3, {1, 2, 3, 4, 5, 6}}};
    const Energies energies = make(system, settings)->energies();
    expectNear(energies[Term::properDihedral], 5 * (1 + std::cos(2 * phi - 0.7)));
    expectNear(energies[Term::improperDihedral], 15 * std::pow(std::remainder(phi - 3.1, 2 * kPi), 2));
    double expected = 0;
    for (int n = 0; n < 6; ++n) expected += (n + 1) * std::pow(-std::cos(phi), n);
    expectNear(energies[Term::ryckaertBellemans], expected);
  }
}

/// Four atoms in a line have no dihedral and a stretched angle no plane: forces stay finite.
TEST_P(ClosedForm, AtomsInALineHaveFiniteForces) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  System system{"four", bareTopology(4), {}};
  joinMolecule(system.topology);
  for (int n = 0; n < 4; ++n) system.state.positions.push_back({0.15 * n, 0.1, 0.2});
  system.topology.angles = {{0, 1, 2, 1.9, 400}};
  system.topology.properDihedrals = {{0, 1, 2, 3, 0.7, 5, 2}};
  system.topology.harmonicImpropers = {{0, 1, 2, 3, 3.1, 30}};
  system.topology.ryckaertBellemans = {{0, 1, 2, 3, {1, 2, 3, 4, 5, 6}}};
  const auto engine = make(system, settings);
  for (const Vec3 force : engine->forces()) EXPECT_TRUE(std::isfinite(core::length(force)));
  EXPECT_TRUE(std::isfinite(engine->energies().potential()));
}

/// Born 1920: a single ion gains k q^2 (1 - 1/eps) / 2R by polarising its surrounding; two far apart screen
/// each other by 1/eps.
TEST_P(ClosedForm, BornsIon) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.hasGeneralisedBorn = true;
  System system = pair(50);
  system.state.box = {};
  system.topology.charges = {1, -2};
  system.topology.bornRadii = {0.209, 0.159};
  system.topology.bornScales = {0.8, 0.8};
  const Energies energies = make(system, settings)->energies();
  const double screening = 1 - 1 / settings.nonbonded.solventPermittivity;
  // The far ball shadows (s / r)^3 / (3 r): nothing at 50 nm.
  const double expected = -kCoulomb * screening * (0.5 / 0.2 + 0.5 * 4 / 0.15 - 2 / 50.0);
  EXPECT_NEAR(energies[Term::generalisedBorn], expected, either(1e-7, 2e-5) * std::abs(expected));
  expectNear(energies[Term::coulombReal], -2 * kCoulomb / 50);
}

/// The integral behind the Born radii, (1/4 pi) of r^-4 over a neighbour's ball outside the atom's own, by
/// plain summation over shells: a shell of radius t about the atom has the share (s^2 - (r - t)^2) / (4 r t)
/// of its surface in the ball. Radii from it follow Onufriev 2004, eq. 6.
TEST(BornRadii, AreTheShadowsOfNeighbours) {
  const double rho = 0.15, offset = 0.009, reduced = rho - offset, scale = 0.8;
  for (const double apart : {0.05, 0.12, 0.2, 0.4}) {
    System system = pair(apart);
    system.topology.bornRadii = {rho, 0.3};
    system.topology.bornScales = {scale, scale};
    const double s = scale * (0.3 - offset);
    constexpr int kShells = 200000;
    const double from = std::max(reduced, apart - s), to = apart + s;
    double integral = 0;
    for (int n = 0; n < kShells; ++n) {
      const double t = from + (to - from) * (n + 0.5) / kShells;
      const double share = t < s - apart ? 1.0 : (s * s - (apart - t) * (apart - t)) / (4 * apart * t);
      integral += share / (t * t) * (to - from) / kShells;
    }
    const double psi = reduced * integral;
    const double expected =
        1 / (1 / reduced - std::tanh(psi - 0.8 * psi * psi + 4.85 * psi * psi * psi) / rho);
    EXPECT_NEAR(reference::bornRadii(system.topology, system.state.positions)[0], expected, 1e-8) << apart;
  }
}

/// A pull below its largest force is a spring to the centre of mass, above it a constant force; it is shared
/// out by mass, and the whole accelerates by F / M.
TEST_P(ClosedForm, PullsAreSpringsWithALimit) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.dynamics.timeStep = 0.001;
  System system = pair(1.5);
  system.state.box = {};
  system.topology.masses = {10, 30};
  system.topology.pairs = {{0, 0}};
  const auto engine = make(system, settings);
  const Vec3 centre = 0.25 * system.state.positions[0] + 0.75 * system.state.positions[1];
  External external;
  external.pulls = {{{0, 1}, centre + Vec3{0.3, 0, 0.4}, 100, 80}};
  engine->setExternal(external);
  expectNear(core::length(engine->pullForces()[0]), 50);
  expectNear(engine->energies()[Term::external], 12.5);
  expectNear(engine->forces()[0].z, 0.25 * 40);
  expectNear(engine->forces()[1].z, 0.75 * 40);
  external.pulls[0].largestForce = 20;
  engine->setExternal(external);
  expectNear(core::length(engine->pullForces()[0]), 20);
  expectNear(engine->energies()[Term::external], 20 * 0.5 - 0.5 * 20 * 20 / 100);
  engine->advance(10);
  const State state = engine->state();
  EXPECT_NEAR(core::length(0.25 * state.velocities[0] + 0.75 * state.velocities[1]), 20 / 40.0 * 0.01,
              either(1e-9, 1e-5));
}

/// 1 V/nm on one elementary charge: 96.485 kJ/mol/nm.
TEST_P(ClosedForm, FieldsPushCharges) {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  System system = pair(1.5);
  system.state.box = {};
  system.topology.charges = {1, 0};
  system.topology.pairs = {{0, 0}};
  const auto engine = make(system, settings);
  External external;
  external.electricField = {0, 2, 0};
  engine->setExternal(external);
  expectNear(engine->forces()[0].y, 2 * 96.48533212);
  EXPECT_EQ(engine->forces()[1].y, 0);
}

/// Heat where the hand is: atoms inside the ball come to its temperature, those outside stay cold (nothing
/// joins them). 27 oscillators' temperatures scatter by sqrt(2 / 81) a sample, 200 samples a coupling apart.
TEST_P(ClosedForm, HeatRegionsHeatWhatLiesInside) {
  System system{"springs", bareTopology(54), {}};
  for (int n = 0; n < 54; ++n) {
    const Vec3 place{n < 27 ? 0.0 : 10.0, 0.1 * n, 0};
    system.state.positions.push_back(place);
    system.topology.positionRestraints.push_back({n, place, {5000, 5000, 5000}});
  }
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.dynamics.timeStep = 0.002;
  const auto engine = make(system, settings);
  External external;
  external.regions = {{{0, 1.3, 0}, 2, 400, 0.05}};
  engine->setExternal(external);
  engine->advance(250);
  double hot = 0, cold = 0;
  constexpr int kSamples = 200;
  for (int n = 0; n < kSamples; ++n) {
    engine->advance(25);
    const State state = engine->state();
    for (std::size_t m = 0; m < 54; ++m)
      (m < 27 ? hot : cold) +=
          12 * dot(state.velocities[m], state.velocities[m]) / (81 * kBoltzmann * kSamples);
  }
  EXPECT_NEAR(hot, 400, 5 * 400 * std::sqrt(2 / 81.0 / kSamples) * 1.5);
  EXPECT_NEAR(cold, 0, 1e-6);
}

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "nothing was thrown";
}

TEST(ReferenceEngine, SaysWhatIsWrongWithItsInput) {
  const auto refuse = [](const std::function<void(System&, Settings&)>& change, const std::string& message) {
    System system = pair(0.5);
    Settings settings = plainSettings();
    change(system, settings);
    const std::string found = messageOf([&] { static_cast<void>(makeReferenceEngine(system, settings)); });
    EXPECT_NE(found.find(message), std::string::npos) << found;
  };
  refuse([](System&, Settings& s) { s.nonbonded.cutoff = 1.6; },
         "the cut-off of 1.6 nm is more than half the box's smallest height (3 nm)");
  refuse([](System&, Settings& s) { s.nonbonded.cutoff = 0; }, "the cut-off must be above 0 nm");
  refuse([](System&, Settings& s) { s.nonbonded.meshOrder = 6; }, "the mesh order is 6; allowed are 4 and 5");
  refuse([](System&, Settings& s) { s.nonbonded.ewaldTolerance = 2; },
         "the Ewald tolerance is 2.000000; it must lie between 0 and 1");
  refuse([](System&, Settings& s) { s.nonbonded.electrostatics = Electrostatics::plain; },
         "plain Coulomb forces never end");
  refuse([](System& system, Settings&) { system.state.box = {}; }, "needs a periodic box");
  refuse([](System&, Settings& s) { s.nonbonded.hasGeneralisedBorn = true; },
         "goes with plain electrostatics in a system without a box");
  refuse([](System&, Settings& s) { s.dynamics.timeStep = -1; }, "the time step is -1.000000 ps");
  refuse([](System& system, Settings&) { system.state.positions.pop_back(); },
         "a state of 1 positions and 0 velocities for 2 atoms");
  refuse(
      [](System& system, Settings& s) {
        system.state.box = {};
        s.nonbonded.electrostatics = Electrostatics::plain;
        s.dynamics.barostat = Barostat::stochasticCellRescale;
      },
      "a barostat needs a periodic box");
  System system = pair(0.5);
  const auto engine = makeReferenceEngine(system, plainSettings());
  External external;
  external.pulls = {{{7}, {}, 1000, 100}};
  EXPECT_NE(messageOf([&] { engine->setExternal(external); }).find("a pull names atom 8 of 2"),
            std::string::npos);
}

AULA_EVERY_ENGINE(ClosedForm);

}  // namespace
}  // namespace aula::test
