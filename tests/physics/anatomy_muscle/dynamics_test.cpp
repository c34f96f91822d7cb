// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/dynamics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "anatomy/muscle/instruments.h"

namespace aula::anatomy {
namespace {

using std::numbers::pi;
constexpr double kDegree = pi / 180;

/// An arm of bones alone, its joint without stops or friction, with room to swing both ways.
LimbModel bareArm() {
  LimbModel limb = upperLimb();
  limb.muscles.clear();
  limb.helpers.clear();
  limb.passive = {0, 1, 0};
  limb.flexionLimit[0] = -100 * kDegree;
  limb.flexionLimit[1] = 100 * kDegree;
  return limb;
}

/// What hangs below the elbow's axis: mass times distance, kg m, and where it hangs at rest.
struct Pendulum {
  double pull, rest;
};
Pendulum pendulumOf(const LimbModel& limb) {
  const RigidBody& forearm = limb.bodies[2];
  const Vec3 k = limb.elbowAxis, way = forearm.centre - limb.elbowCentre, across = way - dot(way, k) * k;
  const Vec3 down = Vec3{0, 0, -1} + k.z * k;  // The part of "down" that turns about the axis.
  const Vec3 d = down / core::length(down), side = cross(k, d);
  return {forearm.mass * core::length(across) * core::length(down),
          -std::atan2(dot(across, side), dot(across, d))};
}

double periodFrom(const LimbModel& limb, double amplitude, double step) {
  LimbSettings settings;
  settings.step = step;
  LimbDynamics arm(limb, settings);
  const double rest = pendulumOf(limb).rest;
  arm.place(rest + amplitude);
  // Crossings of the resting angle upwards, by straight lines between steps.
  double first = -1, last = -1;
  int crossings = 0;
  while (crossings < 6) {
    const double before = arm.angle() - rest, at = arm.time();
    arm.step();
    const double after = arm.angle() - rest;
    if (before < 0 && after >= 0) {
      last = at + step * before / (before - after);
      if (crossings++ == 0) first = last;
    }
  }
  return (last - first) / 5;
}

TEST(Limb, ABareForearmIsAPendulum) {
  const LimbModel limb = bareArm();
  const Pendulum pendulum = pendulumOf(limb);
  const double small = 2 * pi * std::sqrt(LimbDynamics(limb).inertia() / (pendulum.pull * 9.80665));
  EXPECT_NEAR(small, 0.92, 0.2);  // an arm's, seconds
  // Amplitude: 1 + q^2 / 16; the step: 1 - (h omega)^2 / 24; both below 1e-6 here, and the crossings' lines.
  EXPECT_NEAR(periodFrom(limb, 0.003, 5e-4), small, 2e-6 * small);
  // Large swings: K(sin(q / 2)) / (pi / 2) by the arithmetic-geometric mean.
  const double q = 80 * kDegree;
  double a = 1, b = std::cos(q / 2);
  for (int n = 0; n < 6; ++n) {
    const double next = (a + b) / 2;
    b = std::sqrt(a * b);
    a = next;
  }
  EXPECT_NEAR(periodFrom(limb, q, 5e-4), small / a, 2e-6 * small);
}

TEST(Limb, ThePendulumsEnergyStays) {
  LimbDynamics arm(bareArm());
  arm.place(70 * kDegree);
  const double start = arm.energy().stored();
  double worst = 0;
  for (int n = 0; n < 4000; ++n) {
    arm.step();
    worst = std::max(worst, std::abs(arm.energy().stored() - start));
  }
  // Verlet's energy breathes by about (h omega)^2 / 8 of the swing's 2 J and does not drift: h omega
  // = 3.4e-3.
  EXPECT_LT(worst, 5e-6);
}

/// Halving the step must quarter the error: of the pendulum, and of the whole arm with muscles.
TEST(Limb, StepsAreOfSecondOrder) {
  for (const bool hasMuscles : {false, true}) {
    const auto angleAfter = [&](double step) {
      LimbSettings settings;
      settings.step = step;
      LimbDynamics arm(hasMuscles ? upperLimb() : bareArm(), settings);
      arm.place(20 * kDegree);
      arm.load(3);
      if (hasMuscles) {
        for (const char* id : {"biceps_brachii_long_head", "brachialis", "brachioradialis"})
          arm.excite(arm.indexOf(id), 0.5);
      }
      arm.advance(0.25);
      return arm.angle();
    };
    const double coarse = angleAfter(2.5e-4), middle = angleAfter(1.25e-4), fine = angleAfter(6.25e-5);
    const double order = std::log2(std::abs((coarse - middle) / (middle - fine)));
    // Fibres with little activation settle within a millisecond; at these steps that is resolved.
    EXPECT_NEAR(order, 2, 0.15) << (hasMuscles ? "muscles" : "bones");
    EXPECT_LT(std::abs(angleAfter(1e-3) - fine),
              1e-4);  // rad: the coarsest step allowed is good enough to see
  }
}

TEST(Limb, WithNoMuscleAForearmHangsWhereGravityAndStopsBalance) {
  LimbModel limb = upperLimb();
  limb.muscles.clear();
  limb.helpers.clear();
  limb.passive.damping = 0.5;
  LimbDynamics arm(limb);
  arm.load(2);
  arm.place(60 * kDegree);
  arm.advance(25);
  EXPECT_NEAR(arm.velocity(), 0, 1e-6);
  EXPECT_NEAR(arm.gravityTorque() + arm.stopTorque(), 0, 1e-5);
  EXPECT_GT(arm.angle(), 0);
  EXPECT_LT(arm.angle(), 5 * kDegree);
}

/// With a weight in the hand and constant excitation the arm comes to rest where muscles carry the load.
TEST(Limb, AWeightIsHeldWhereTorquesBalance) {
  LimbDynamics arm(upperLimb());
  arm.load(2);
  arm.place(60 * kDegree);
  for (const char* id : {"biceps_brachii_long_head", "biceps_brachii_short_head", "brachialis"})
    arm.excite(arm.indexOf(id), 0.22);
  arm.settle();
  arm.advance(8);
  EXPECT_NEAR(arm.velocity(), 0, 1e-4);
  const double sum = arm.muscleTorque() + arm.gravityTorque() + arm.stopTorque();
  EXPECT_NEAR(sum, 0, 1e-3);
  // Gravity by hand: forearm and 2 kg, from where the bodies stand.
  const auto places = placesOf(arm.limb(), arm.pose());
  const Vec3 elbow = places[1].point(arm.limb().elbowCentre), axis = places[1].vector(arm.limb().elbowAxis);
  const Vec3 g{0, 0, -9.80665};
  const double byHand =
      dot(axis, cross(places[2].point(arm.limb().bodies[2].centre) - elbow, arm.limb().bodies[2].mass * g)) +
      dot(axis, cross(places[2].point(arm.limb().handCentre) - elbow, 2.0 * g));
  EXPECT_NEAR(arm.gravityTorque(), byHand, 1e-12);
}

TEST(Limb, GravityFollowsTheShouldersPose) {
  LimbDynamics arm(upperLimb());
  for (const Pose& shoulder : {Pose{0, 0.5, 0, 0}, Pose{0, 1.5, 0.3, -0.4}, Pose{0, 0, 1.2, 0.6}}) {
    arm.poseShoulder(shoulder);
    arm.place(1.0);
    const double u0 = arm.energy().weight, h = 1e-4;
    const double torque = arm.gravityTorque();
    arm.place(1.0 + h);
    EXPECT_NEAR(-(arm.energy().weight - u0) / h, torque, 1e-3);
    const auto places = placesOf(arm.limb(), arm.pose());
    const Vec3 elbow = places[1].point(arm.limb().elbowCentre), axis = places[1].vector(arm.limb().elbowAxis);
    const Vec3 g{0, 0, -9.80665};
    EXPECT_NEAR(
        arm.gravityTorque(),
        dot(axis, cross(places[2].point(arm.limb().bodies[2].centre) - elbow, arm.limb().bodies[2].mass * g)),
        1e-12);
  }
}

void expectBalanced(const LimbDynamics& arm, const char* what) {
  const EnergyAccount e = arm.energy();
  const double turnover = std::abs(e.contractile) + std::abs(e.motor) + e.fibreLoss + e.jointLoss;
  ASSERT_GT(turnover, 0.5) << what;
  // Asked for: 1 %. Worst is a stop: 30 mrad struck at 5 rad/s are crossed in 12 steps of 0.5 ms, and a
  // second-order step misses 1 / 12^2 / 12 of what is turned over there.
  EXPECT_LT(std::abs(e.error()), 6e-4 * turnover) << what;
}

TEST(Limb, WorkOfMusclesIsChangeOfEnergyAndLosses) {
  for (const Tendon tendon : {Tendon::elastic, Tendon::rigid}) {
    LimbSettings settings;
    settings.tendon = tendon;
    LimbDynamics arm(upperLimb(), settings);
    arm.load(4);
    arm.place(10 * kDegree);
    // Up, let down slowly (muscles stretched), up fast, dropped.
    double lifted = 0;
    for (const double excitation : {0.6, 0.25, 1.0, 0.0}) {
      for (const char* id : {"biceps_brachii_long_head", "biceps_brachii_short_head", "brachialis"})
        arm.excite(arm.indexOf(id), excitation);
      arm.advance(0.6);
      lifted = std::max(lifted, arm.angle());
      expectBalanced(arm, tendon == Tendon::elastic ? "elastic" : "rigid");
    }
    EXPECT_GT(lifted, 60 * kDegree);
    // On the bones alone: work of tendons, gravity, stops and friction make up the kinetic energy.
    const EnergyAccount e = arm.energy();
    const EnergyAccount start = [&] {
      LimbDynamics again(upperLimb(), settings);
      again.load(4);
      again.place(10 * kDegree);
      return again.energy();
    }();
    const double change = e.kinetic + e.weight + e.joint - start.kinetic - start.weight - start.joint;
    EXPECT_NEAR(e.muscles - e.jointLoss, change, 1e-3 * (e.jointLoss + std::abs(change) + 1));
  }
}

TEST(Limb, ClampMeasuresTheIsometricTorque) {
  for (const Action action : {Action::flexion, Action::extension}) {
    const std::vector<CurvePoint> curve = maximumTorqueCurve(upperLimb(), action, {}, 14);
    LimbDynamics arm(upperLimb());
    arm.clamp();
    for (std::size_t n = 1; n + 1 < curve.size(); n += 4) {
      arm.place(curve[n].x);
      for (std::size_t m = 0; m < arm.muscles().size(); ++m)
        arm.excite(m, does(arm.limb(), *arm.limb().find(arm.muscles()[m]), action) ? 1 : 0);
      arm.advance(2);
      const double torque = arm.heldTorque() - arm.gravityTorque() - arm.stopTorque();
      // The live muscles at rest keep an activation of 1 %, of which the curve knows nothing: 1 % of the
      // other side's maximum, 0.9 N m at most.
      EXPECT_NEAR(torque, (action == Action::flexion ? 1 : -1) * curve[n].y, 0.9);
      EXPECT_EQ(arm.velocity(), 0);
    }
  }
}

TEST(Limb, DriveTurnsEvenlyAndShowsForceVelocity) {
  const auto torqueAt90 = [](double velocity) {
    LimbDynamics arm(upperLimb());
    arm.load(0);
    for (std::size_t m = 0; m < arm.muscles().size(); ++m)
      arm.excite(m, does(arm.limb(), *arm.limb().find(arm.muscles()[m]), Action::flexion) ? 1 : 0);
    arm.place(velocity > 0 ? 20 * kDegree : velocity < 0 ? 125 * kDegree : 90 * kDegree);
    arm.settle();
    if (velocity == 0)
      arm.clamp();
    else
      arm.drive(velocity);
    while (velocity > 0   ? arm.angle() < 90 * kDegree
           : velocity < 0 ? arm.angle() > 90 * kDegree
                          : arm.time() < 1)
      arm.step();
    EXPECT_EQ(arm.velocity(), velocity);
    expectBalanced(arm, "drive");
    return arm.heldTorque();
  };
  const auto isometric = [] {
    LimbDynamics arm(upperLimb());
    for (std::size_t m = 0; m < arm.muscles().size(); ++m)
      arm.excite(m, does(arm.limb(), *arm.limb().find(arm.muscles()[m]), Action::flexion) ? 1 : 0);
    arm.place(90 * kDegree);
    arm.settle();
    arm.clamp();
    arm.advance(1);
    return arm.heldTorque();
  }();
  const double fast = torqueAt90(4), slow = torqueAt90(1), lengthening = torqueAt90(-1);
  EXPECT_LT(fast, slow);
  EXPECT_LT(slow, isometric);
  EXPECT_LT(isometric, lengthening);
  // Bound of the stretched fibres: 1.8 times the isometric force.
  EXPECT_LT(lengthening, 1.8 * isometric);
}

TEST(Limb, DriveStopsAtTheLimit) {
  LimbDynamics arm(upperLimb());
  arm.place(100 * kDegree);
  arm.drive(2);
  arm.advance(1);
  EXPECT_LE(arm.angle(), 130 * kDegree);
  EXPECT_GT(arm.angle(), 129.9 * kDegree);
  EXPECT_EQ(arm.velocity(), 0);
}

TEST(Limb, StopsHoldFullForceAndHeavyLoads) {
  LimbDynamics arm(upperLimb());
  arm.load(20);
  arm.place(40 * kDegree);
  for (std::size_t m = 0; m < arm.muscles().size(); ++m)
    arm.excite(m, does(arm.limb(), *arm.limb().find(arm.muscles()[m]), Action::extension) ? 1 : 0);
  for (int n = 0; n < 12000; ++n) {
    arm.step();
    ASSERT_GT(arm.angle(), -13 * kDegree);
  }
  EXPECT_GT(arm.angle(), -8 * kDegree);
  EXPECT_LT(arm.angle(), 0);
}

/// By Hunt and Crossley a stop of any stiffness sends back v of the u that strikes it, where
/// u + v = ln((1 + c u) / (1 - c v)) / c: their exact relation for torque * (1 + c velocity).
TEST(Limb, StopsGiveBackWhatTheirLossesLeave) {
  LimbModel limb = upperLimb();
  limb.muscles.clear();
  limb.helpers.clear();
  limb.passive.damping = 0;
  LimbSettings settings;
  settings.gravity = {};
  settings.step = 1e-4;
  for (const double u : {1.0, 5.0}) {
    LimbDynamics arm(limb, settings);
    arm.place(1.0, -u);
    arm.advance(2 / u);
    const double v = arm.velocity(), c = limb.passive.stopDamping;
    ASSERT_GT(v, 0);
    // Second-order steps through a stop of 30 mrad: (1e-4 s * 5 / s / 0.03)^2 = 3e-4 of the velocity.
    EXPECT_NEAR(u + v, std::log((1 + c * u) / (1 - c * v)) / c, 1e-3 * u);
    EXPECT_NEAR(arm.energy().error(), 0, 1e-3 * arm.energy().jointLoss);
  }
}

/// The largest allowed step, every muscle switched on and off at random: nothing breaks, energy is accounted
/// for.
TEST(Limb, CoarseStepsStayStable) {
  LimbSettings settings;
  settings.step = 1e-3;
  LimbDynamics arm(upperLimb(), settings);
  arm.load(1);
  unsigned random = 12345;
  for (int round = 0; round < 100; ++round) {
    for (std::size_t m = 0; m < arm.muscles().size(); ++m) {
      random = random * 1664525U + 1013904223U;
      arm.excite(m, (random >> 16) % 4 == 0 ? 1 : 0);
    }
    arm.advance(0.05);
    ASSERT_TRUE(std::isfinite(arm.angle()));
  }
  const EnergyAccount e = arm.energy();
  // 1 % is asked for.
  EXPECT_LT(std::abs(e.error()), 0.01 * (std::abs(e.contractile) + e.fibreLoss + e.jointLoss));
}

/// Tabled lengths against paths.
TEST(Limb, TheTableIsThePath) {
  for (const Pose& shoulder : {Pose{}, Pose{0, 1.0, 0.4, 0.3}})
    for (const MuscleSpec& spec : upperLimb().muscles) {
      const LengthTable table(upperLimb(), spec, shoulder);
      for (double degrees = 0.111; degrees < 130; degrees += 0.37) {
        Pose pose = shoulder;
        pose.elbowFlexion = degrees * kDegree;
        const PathMeasure exact = measurePath(upperLimb(), spec, pose), tabled = table.at(pose.elbowFlexion);
        // Where a surface is first met the curvature jumps by up to 0.1 m/rad^2 within a piece of 8.7 mrad:
        // the moment arm misses by less than a quarter of 0.1 * 8.7e-3, the length by that times a piece over
        // eight.
        EXPECT_NEAR(tabled.length, exact.length, 3e-7) << spec.id;
        EXPECT_NEAR(tabled.momentArm, exact.momentArm, 2.2e-4) << spec.id << " " << degrees;
      }
    }
}

}  // namespace
}  // namespace aula::anatomy
