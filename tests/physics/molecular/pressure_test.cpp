// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// Pressures, and what pair energies say about real gases.
namespace aula::test {
namespace {

using namespace molecular;

constexpr double kPi = 3.14159265358979323846;

class Pressure : public EngineTest {};

/// At rest p = -dU/dV, where rigid molecules move as wholes with the box: the atoms' virial has the
/// constraints' forces in it, which do no work when a molecule is moved, and a molecule that starts to turn
/// from rest adds nothing. The box is stretched by 1 +- h, h = 1e-4 and 2e-4 (Richardson): of the fourth
/// order terms 1e-8 are left. The step that is tried for the constraints' forces has an error of dt^2, (dt
/// w)^2 = (1e-4 ps * 100 / ps)^2 = 1e-4 of the molecules' part. Pairs that cross the cut-off carry no energy
/// there (switch) but for Coulomb's tail of 1e-7.
TEST_P(Pressure, IsTheSlopeOfTheEnergyOfRigidMolecules) {
  const System system = waterBox(4, 13);
  Settings settings = plainSettings();
  settings.nonbonded.cutoff = 0.6;
  settings.nonbonded.switchStart = 0.5;
  settings.nonbonded.vdwModifier = VdwModifier::potentialSwitch;
  settings.nonbonded.ewaldTolerance = either(1e-7, 1e-6);
  settings.nonbonded.mesh = {32, 32, 32};
  settings.dynamics.timeStep = 1e-4;
  const auto engine = make(system, settings);
  const auto energyAt = [&](double stretch) {
    State state = system.state;
    state.box = rectangularBox(stretch * state.box.a.x, stretch * state.box.b.y, stretch * state.box.c.z);
    for (std::size_t n = 0; n < state.positions.size(); n += 3) {
      const auto& r = system.state.positions;
      const Vec3 centre = (15.9994 * r[n] + 1.008 * (r[n + 1] + r[n + 2])) / (15.9994 + 2 * 1.008);
      for (std::size_t m = n; m < n + 3; ++m) state.positions[m] = r[m] + (stretch - 1) * centre;
    }
    engine->setState(state);
    return engine->energies().potential();
  };
  const auto slope = [&](double h) { return (energyAt(1 + h) - energyAt(1 - h)) / (2 * h); };
  // Single precision needs longer steps: energies are known to 1e-7 of 1e4 kJ/mol.
  const double h = either(1e-4, 1e-3);
  const double byStretch = (4 * slope(h) - slope(2 * h)) / 3;
  const double volume = system.state.box.volume();
  const double expected = -byStretch / (3 * volume) * kBarPerUnit;
  engine->setState(system.state);
  const double found = engine->energies().scalarPressure();
  EXPECT_GT(std::abs(expected), 1000);
  EXPECT_NEAR(found, expected, either(1e-4, 5e-3) * std::abs(expected));
}

/// The ideal gas: p V = N k T exactly, component by component 2 K_ab / V.
TEST_P(Pressure, IdealGasPushesByItsKineticEnergy) {
  System system{"gas", argon(50), {}};
  system.topology.pairs = {{0, 0}};
  system.state.box = reducedBox({4, 0, 0}, {1, 4, 0}, {-1, 1, 4});
  system.state.positions = jitteredLattice(system.state.box, 4, 0.1, 3);
  system.state.positions.resize(50);
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  const auto engine = make(system, settings);
  engine->drawVelocities(300, 2);
  const Energies energies = engine->energies();
  Matrix3 expected{};
  for (const Vec3 v : engine->state().velocities)
    for (std::size_t row = 0; row < 3; ++row)
      expected[row] =
          expected[row] + (39.948 * v[static_cast<int>(row)] * kBarPerUnit / system.state.box.volume()) * v;
  for (std::size_t row = 0; row < 3; ++row)
    EXPECT_LT(core::length(energies.pressure[row] - expected[row]),
              either(1e-12, 1e-5) * std::abs(energies.scalarPressure()));
  EXPECT_NEAR(energies.temperature, 2 * energies.kinetic / (150 * kBoltzmann), either(1e-10, 1e-4));
}

/// B2 of the Lennard-Jones gas as a series (Hirschfelder, Curtiss and Bird 1954, eq. 3.6-9):
///   B2 / (2 pi sigma^3 / 3) = -sum over j of 2^(j + 1/2) / (4 j!) Gamma((2 j - 1)/4) T*^(-(2 j + 1)/4).
double virialSeries(double reducedTemperature) {
  double sum = 0, factorial = 1;
  for (int j = 0; j < 60; ++j) {
    if (j > 0) factorial *= j;
    sum -= std::pow(2, j + 0.5) / (4 * factorial) * std::tgamma((2 * j - 1) / 4.0) *
           std::pow(reducedTemperature, -(2 * j + 1) / 4.0);
  }
  return sum;
}

/// Argon's second virial coefficient, B2 = -2 pi integral of (exp(-u/kT) - 1) r^2 dr, with u the engine's
/// energy of two atoms: against the series, by Simpson's rule on 2000 distances to 2.4 nm (7 sigma; what lies
/// beyond is -8 pi eps sigma^6 / (3 kT r^3), added). Simpson's error here is below 1e-6; in single precision
/// energies have 1e-6. And against argon itself, -15.5 cm^3/mol at 300 K (Dymond and Smith 1980) within the 1
/// that Lennard-Jones' form, fitted to the liquid, is away from the gas.
TEST_P(Pressure, ArgonHasItsSecondVirialCoefficient) {
  System system{"pair", argon(2), {}};
  system.state.positions = {{0, 0, 0}, {0, 0, 0}};
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.vdwModifier = VdwModifier::plain;
  settings.nonbonded.cutoff = 3;
  const double from = 0.15, to = 2.4;
  constexpr int kIntervals = 2000;
  std::vector<double> energies;
  State state = system.state;
  state.positions[1].x = from;
  system.state = state;
  const auto engine = make(system, settings);
  for (int n = 0; n <= kIntervals; ++n) {
    state.positions[1].x = from + (to - from) * n / kIntervals;
    engine->setState(state);
    energies.push_back(engine->energies().potential());
  }
  for (const double temperature : {119.8, 200.0, 300.0, 500.0}) {
    const double kT = kBoltzmann * temperature;
    double sum = 0;
    for (int n = 0; n <= kIntervals; ++n) {
      const double r = from + (to - from) * n / kIntervals;
      const double weight = n == 0 || n == kIntervals ? 1 : n % 2 == 1 ? 4 : 2;
      sum += weight * (std::exp(-energies[static_cast<std::size_t>(n)] / kT) - 1) * r * r;
    }
    double b2 = -2 * kPi * sum * (to - from) / kIntervals / 3;
    b2 += 2 * kPi * from * from * from / 3;  // Nearer the other atom never comes.
    const double sigma3 = std::pow(kArgonSigma, 3);
    b2 -= 8 * kPi * kArgonEpsilon * sigma3 * sigma3 / (3 * kT * to * to * to);
    const double unit = 2 * kPi * sigma3 / 3;
    EXPECT_NEAR(b2 / unit, virialSeries(kT / kArgonEpsilon), either(2e-6, 2e-5)) << temperature;
    // nm^3 an atom to cm^3/mol: 602.214.
    if (temperature == 300.0) {
      EXPECT_NEAR(b2 * 602.214, -15.5, 1);
    }
  }
}

AULA_EVERY_ENGINE(Pressure);

}  // namespace
}  // namespace aula::test
