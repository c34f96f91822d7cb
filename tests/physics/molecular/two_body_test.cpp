// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// Two atoms whose motion is known in closed form, the integrators' own discrete answer where there is one.
namespace aula::test {
namespace {

using namespace molecular;

constexpr double kPi = 3.14159265358979323846;

class TwoBodies : public EngineTest {};

System dumbbell(double apart) {
  System system{"two", bareTopology(2), {}};
  joinMolecule(system.topology);
  system.topology.masses = {12, 4};
  system.state.positions = {{0.1, 0.2, 0.3}, {0.1 + apart, 0.2, 0.3}};
  system.state.velocities.resize(2);
  return system;
}

Settings inVacuum() {
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  return settings;
}

/// Velocity Verlet and leap-frog of a linear spring give x = A cos(W n dt) with sin(W dt / 2) = w dt / 2
/// (Hockney and Eastwood 1988, section 4-4-3). w dt is 0.3 here, so that W and w differ by 0.4 %: 12 radians
/// in 2000 steps. In double, rounding adds up to 2000^(3/2) u = 1e-11 of the amplitude of 0.01 nm and 0.1 nm
/// of length; in single, forces have errors of 1e-7 and positions of 3e-8 nm a step.
TEST_P(TwoBodies, OscillateAtTheSchemesOwnFrequency) {
  System system = dumbbell(0.16);
  const double k = 1e5, reduced = 12.0 * 4 / 16, w = std::sqrt(k / reduced), dt = 0.3 / w;
  system.topology.bonds = {{0, 1, 0.15, k}};
  exclude(system.topology, 0, 1);
  Settings settings = inVacuum();
  settings.dynamics.timeStep = dt;
  const auto engine = make(system, settings);
  const double shifted = 2 / dt * std::asin(w * dt / 2);
  for (int n = 0; n < 2000; n += 100) {
    const State state = engine->state();
    const double length = core::length(state.positions[1] - state.positions[0]);
    EXPECT_NEAR(length - 0.15, 0.01 * std::cos(shifted * n * dt), either(1e-11, 2e-5)) << n;
    engine->advance(100);
  }
}

/// A rigid dumbbell turns by the same angle every step, sin(theta) = dt u / d: the move along the tangent
/// stays, and corrections along the old direction only shorten what it lengthened. Leap-frog's velocity is
/// the chord's, 2 d sin(theta / 2) / dt, and its move adds d sin(theta) across the new direction: the same
/// angle. In double 1000 turns add rounding of 1000^(3/2) u / 0.04 and 1000 times SHAKE's 1e-12; in single
/// 1e-7 d / (dt u) a step.
TEST_P(TwoBodies, RigidRotorTurnsEvenly) {
  for (const Integrator integrator : {Integrator::velocityVerlet, Integrator::leapFrog}) {
    const double length = 0.15, reduced = 3, speed = 3, dt = 0.002;  // speed = |v_1 - v_0|
    System system = dumbbell(length);
    system.topology.constraints = {{0, 1, length}};
    exclude(system.topology, 0, 1);
    system.state.velocities = {{0, -speed * 4 / 16, 0}, {0, speed * 12 / 16, 0}};
    Settings settings = inVacuum();
    settings.dynamics.integrator = integrator;
    settings.dynamics.timeStep = dt;
    const auto engine = make(system, settings);
    const int steps = 1000;
    engine->advance(steps);
    const State state = engine->state();
    const Vec3 d = state.positions[1] - state.positions[0];
    const double turn = std::asin(dt * speed / length);
    EXPECT_NEAR(core::length(d), length, either(1e-11, 3e-7) * length);
    EXPECT_NEAR(std::remainder(std::atan2(d.y, d.x) - steps * turn, 2 * kPi), 0, either(2e-9, 5e-3));
    const double velocity =
        integrator == Integrator::velocityVerlet ? speed : 2 * length * std::sin(turn / 2) / dt;
    const double expected = 0.5 * reduced * velocity * velocity;
    EXPECT_NEAR(engine->energies().kinetic, expected, either(1e-9, 1e-4) * expected);
  }
}

struct Ellipse {
  System system = dumbbell(0.3);
  double axis = 0, speed = 0, period = 0;
  static constexpr double kStrength = kCoulomb, kReduced = 3;

  /// Two opposite charges, from the far end of an ellipse of excentricity 0.2: a (1 + e) = 0.3 nm.
  Ellipse() {
    system.topology.charges = {1, -1};
    axis = 0.3 / 1.2;
    speed = std::sqrt(kStrength / kReduced * (2 / 0.3 - 1 / axis));
    period = 2 * kPi * std::sqrt(kReduced * axis * axis * axis / kStrength);
    system.state.velocities = {{0, -speed / 4, 0}, {0, 3 * speed / 4, 0}};
  }
};

/// Kepler's ellipse: the energy -k q q / 2a, the angular momentum, and the period, which velocity Verlet
/// keeps but for a relative (2 pi / steps)^2 of order one: the angle after one period is off by less than 2
/// pi times that, and by a quarter with half the step. Central forces keep the angular momentum exactly, but
/// for rounding.
TEST_P(TwoBodies, ChargesGoRoundInEllipses) {
  const Ellipse ellipse;
  Settings settings = inVacuum();
  double angles[2];
  for (const int doubled : {0, 1}) {
    const int steps = doubled ? 1000 : 500;
    settings.dynamics.timeStep = ellipse.period / steps;
    const auto engine = make(ellipse.system, settings);
    const Energies before = engine->energies();
    const double energy = -Ellipse::kStrength / (2 * ellipse.axis);
    EXPECT_NEAR(before.potential() + before.kinetic, energy, either(1e-12, 1e-5) * std::abs(energy));
    engine->advance(steps);
    const State state = engine->state();
    const Energies after = engine->energies();
    const Vec3 d = state.positions[1] - state.positions[0];
    const double order = std::pow(2 * kPi / steps, 2);
    EXPECT_NEAR(after.potential() + after.kinetic, energy, (either(0, 1e-5) + order) * std::abs(energy));
    EXPECT_NEAR(core::length(d), 0.3, (either(0, 1e-4) + order) * 0.3);
    angles[doubled] = std::atan2(d.y, d.x);
    EXPECT_LT(std::abs(angles[doubled]), 2 * kPi * order + either(0, 1e-3));
    const Vec3 spin = cross(d, state.velocities[1] - state.velocities[0]);
    EXPECT_NEAR(spin.z, 0.3 * ellipse.speed, either(1e-11, 1e-4) * 0.3 * ellipse.speed);
  }
  if (isDouble()) {
    EXPECT_NEAR(angles[0] / angles[1], 4, 0.05);
  }
}

AULA_EVERY_ENGINE(TwoBodies);

}  // namespace
}  // namespace aula::test
