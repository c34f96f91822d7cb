// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/hill.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "anatomy/muscle/instruments.h"

/// Thelen's curves at points known by hand, their integrals, and one muscle at rest.
namespace aula::anatomy {
namespace {

const HillConstants kConstants;

double integral(const std::function<double(double)>& f, double from, double to) {
  const int pieces = 2000;  // Simpson
  double sum = f(from) + f(to);
  for (int n = 1; n < pieces; ++n) sum += f(from + (to - from) * n / pieces) * (n % 2 ? 4 : 2);
  return sum * (to - from) / pieces / 3;
}

TEST(Hill, CurvesPassThroughTheirFixedPoints) {
  const HillConstants& c = kConstants;
  EXPECT_EQ(activeForceLength(c, 1), 1);
  EXPECT_NEAR(activeForceLength(c, 1.5), std::exp(-0.5), 1e-15);  // 0.25 / 0.5
  EXPECT_EQ(activeForceLength(c, 0.7), activeForceLength(c, 1.3));
  EXPECT_EQ(passiveForce(c, 0.9), 0);
  EXPECT_EQ(passiveForce(c, 1), 0);
  EXPECT_NEAR(passiveForce(c, 1 + c.passiveStrain), 1, 1e-15);
  EXPECT_EQ(tendonForce(c, -0.01), 0);
  EXPECT_EQ(tendonForce(c, 0), 0);
  EXPECT_NEAR(tendonForce(c, 0.609 * c.tendonStrain), 0.33, 1e-15);
  // 0.33 + 1.712 (1 - 0.609): Thelen's rounded constants miss 1 by 6e-4.
  EXPECT_NEAR(tendonForce(c, c.tendonStrain), 1, 7e-4);
}

TEST(Hill, TheTendonsToeGoesOverSmoothly) {
  const double toe = 0.609 * kConstants.tendonStrain, h = 1e-7;
  const double below = (tendonForce(kConstants, toe) - tendonForce(kConstants, toe - h)) / h;
  const double above = (tendonForce(kConstants, toe + h) - tendonForce(kConstants, toe)) / h;
  // 0.33 * 3 / 0.609 * e^3 / (e^3 - 1) = 1.7108 against 1.712: the rounding of the paper's constants.
  EXPECT_NEAR(below / above, 1, 1e-3);
}

TEST(Hill, ForceVelocityHasHillsBranches) {
  const HillConstants& c = kConstants;
  for (const double a : {0.1, 0.5, 1.0}) {
    const double fastest = c.maximumVelocity * (0.25 + 0.75 * a);
    EXPECT_EQ(forceVelocity(c, a, 0), 1);
    EXPECT_EQ(forceVelocity(c, a, -fastest), 0);
    EXPECT_EQ(forceVelocity(c, a, -2 * fastest), 0);
    // Shortening at half: (1 - 1/2) / (1 + 1 / (2 * 0.3)) = 3/16.
    EXPECT_NEAR(forceVelocity(c, a, -fastest / 2), 3.0 / 16, 1e-15);
    EXPECT_NEAR(forceVelocity(c, a, 1e9), c.lengtheningForce, 1e-6);
    // Lengthening: what is above 1 is half of what it can be at 1 / k of the fastest, k = (2 + 2 / 0.3) /
    // 0.8.
    EXPECT_NEAR(forceVelocity(c, a, fastest / (26.0 / 3 / 0.8)), 1.4, 1e-14);
    // Thelen: twice as steep when lengthening.
    const double h = 1e-8;
    EXPECT_NEAR((forceVelocity(c, a, h) - 1) / (1 - forceVelocity(c, a, -h)), 2, 1e-6);
  }
}

/// The force solved for must satisfy the equations as printed.
TEST(Hill, ForceVelocityInvertsThelensEquation) {
  for (const double a : {0.05, 0.4, 1.0})
    for (const double forceLength : {0.4, 1.0})
      for (double v = -0.999; v < 3; v += 0.0931) {
        const double velocity = v * kConstants.maximumVelocity * (0.25 + 0.75 * a);
        const double force = a * forceLength * forceVelocity(kConstants, a, velocity);
        EXPECT_NEAR(velocityAt(kConstants, a, forceLength, force), velocity, 1e-10);
      }
}

TEST(Hill, EnergiesAreTheIntegralsOfForces) {
  for (const double L : {0.8, 1.2, 1.7})
    EXPECT_NEAR(passiveEnergy(kConstants, L),
                integral([](double x) { return passiveForce(kConstants, x); }, 1, std::max(1.0, L)), 1e-10);
  const double toe = 0.609 * kConstants.tendonStrain;
  const auto force = [](double x) { return tendonForce(kConstants, x); };
  for (const double strain : {-0.1, 0.01, 0.03, 0.06}) {
    const double exact = integral(force, 0, std::max(0.0, std::min(strain, toe))) +
                         (strain > toe ? integral(force, toe, strain) : 0);
    EXPECT_NEAR(tendonEnergy(kConstants, strain), exact, 1e-12);
  }
}

TEST(Hill, StiffnessesAreTheDerivativesOfForces) {
  const double h = 1e-6;  // central differences: h^2 times a third derivative of 1e5 at most
  for (const double L : {0.7, 1.1, 1.5})
    EXPECT_NEAR(passiveStiffness(kConstants, L),
                (passiveForce(kConstants, L + h) - passiveForce(kConstants, L - h)) / (2 * h), 1e-7);
  for (const double strain : {-0.01, 0.005, 0.015, 0.03})
    EXPECT_NEAR(tendonStiffness(kConstants, strain),
                (tendonForce(kConstants, strain + h) - tendonForce(kConstants, strain - h)) / (2 * h), 1e-5);
  for (const double a : {0.05, 1.0})
    for (const double v : {-20.0, -2.0, -0.3, 0.2, 3.0})
      EXPECT_NEAR(forceVelocitySlope(kConstants, a, v),
                  (forceVelocity(kConstants, a, v + h) - forceVelocity(kConstants, a, v - h)) / (2 * h),
                  1e-7);
}

/// From rest to full excitation da/dt = (1 - a) / (0.01 (0.5 + 1.5 a)), so t = 0.01 (-2 ln(1 - a) - 1.5 a)
/// from 0; back, da/dt = -a (0.5 + 1.5 a) / 0.04, so t = 0.08 ln((0.5 + 1.5 a) / a) from 1, less its start.
TEST(Hill, ActivationStepsAreTheClosedForms) {
  HillConstants c;
  c.leastActivation = 0;
  const double h = 5e-4;
  double a = 0;
  for (int n = 1; n <= 100; ++n) {
    a = activationAfter(c, a, 1, h);
    // Fourth order: (h / 5 ms)^4 = 1e-4 of every step, and as much again because 5 ms grows with a.
    EXPECT_NEAR(0.01 * (-2 * std::log1p(-a) - 1.5 * a), n * h, 2e-4 * n * h) << n;
  }
  const double top = a;
  const auto back = [](double x) { return 0.08 * std::log((0.5 + 1.5 * x) / x); };
  for (int n = 1; n <= 200; ++n) {
    a = activationAfter(c, a, 0, h);
    EXPECT_NEAR(back(a) - back(top), n * h, 1e-6 * n * h + 1e-9) << n;
  }
  EXPECT_LT(activationAfter(kConstants, 0.02, 0, 2e-3), 0.02);
  EXPECT_EQ(activationAfter(kConstants, 0.01, 0, 1e-3), 0.01);  // never below the least
}

MuscleSpec muscle(double pennation) {
  MuscleSpec spec;
  spec.maximumForce = 800;
  spec.optimalLength = 0.1;
  spec.slackLength = 0.15;
  spec.pennation = pennation;
  return spec;
}

TEST(Hill, FibreAndTendonPullEquallyAtRest) {
  for (const double pennation : {0.0, 0.2, 0.4})
    for (const double a : {0.01, 0.3, 1.0})
      for (double length = 0.2; length < 0.34; length += 0.01) {
        const HillMuscle hill(muscle(pennation), kConstants);
        const MuscleMoment m = hill.atRest(a, length);
        EXPECT_NEAR(m.tension, m.cosPennation * (m.active + m.passive), 1e-8 * 800)
            << pennation << " " << a << " " << length;
        EXPECT_NEAR(m.tendonLength + m.fibreLength * m.cosPennation, length, 1e-15);
        // The thickness stays.
        EXPECT_NEAR(m.fibreLength * std::sqrt(1 - m.cosPennation * m.cosPennation), 0.1 * std::sin(pennation),
                    1e-12);
      }
}

TEST(Hill, FullForceAtTheOptimalLengthStretchesTheTendonByItsStrain) {
  // Fibre at its optimum, tendon at the strain where it bears 800 N: 0.609 e + (1 - 0.33) e / 1.712.
  const double strain = kConstants.tendonStrain * (0.609 + 0.67 / 1.712);
  const MuscleMoment m = HillMuscle(muscle(0), kConstants).atRest(1, 0.1 + 0.15 * (1 + strain));
  EXPECT_NEAR(m.fibreLength, 0.1, 1e-9);
  EXPECT_NEAR(m.tension, 800, 1e-6);
}

TEST(Hill, SlackMusclesBearNothing) {
  const HillMuscle hill(muscle(0.3), kConstants);
  EXPECT_LT(hill.atRest(0.01, 0.148).tension, 1e-9);
  const MuscleMoment m = hill.after(1e-4, 0.1, 0.5, 0.16);  // tendon far too short for its slack length
  EXPECT_EQ(m.tension, 0);
  EXPECT_LT(m.fibreVelocity, -0.9 * 10 * 0.1 * (0.25 + 0.75 * 0.5));  // it runs to take up the slack
}

/// However short the step and however fast the stretch, one answer that balances.
TEST(Hill, MovingFibresBalance) {
  for (const double seconds : {1e-6, 5e-4, 1e-2})
    for (const double a : {0.01, 0.5, 1.0})
      for (const double before : {0.05, 0.1, 0.15})
        for (const double length : {0.2, 0.25, 0.29}) {
          const HillMuscle hill(muscle(0.2), kConstants);
          const MuscleMoment m = hill.after(seconds, before, a, length);
          if (m.fibreLength <= hill.shortest()) continue;
          EXPECT_NEAR(m.tension, m.cosPennation * (m.active + m.passive + m.viscous), 1e-6 * 800)
              << seconds << " " << a << " " << before << " " << length;
          EXPECT_NEAR(m.fibreVelocity, (m.fibreLength - before) / seconds, 1e-9);
        }
}

TEST(Hill, AStiffTendonIsTheLimitOfARigidOne) {
  HillConstants stiff = kConstants;
  double before = 0;
  for (const double strain : {2e-3, 1e-3, 5e-4}) {
    stiff.tendonStrain = strain;
    const HillMuscle hill(muscle(0.2), stiff);
    // Longer than the optimum: there a small give changes the force to first order.
    const double gap = hill.atRest(1, 0.27).tension - hill.atRest(1, 0.27, Tendon::rigid).tension;
    if (before != 0) {
      EXPECT_NEAR(gap / before, 0.5, 0.02);
    }
    before = gap;
  }
}

TEST(Hill, InstrumentCurvesAreTheFormulas) {
  const MuscleSpec spec = muscle(0);
  const ForceLength curve = forceLengthCurve(spec, 0.5, 121);
  ASSERT_EQ(curve.active.size(), 121U);
  EXPECT_NEAR(curve.active[60].x, 0.1, 1e-15);
  EXPECT_NEAR(curve.active[60].y, 400, 1e-9);
  EXPECT_NEAR(curve.passive[120].y, 800, 1e-9);
  EXPECT_NEAR(curve.total[120].y, 800 + 400 * std::exp(-0.36 / 0.5), 1e-9);
  const std::vector<CurvePoint> fv = forceVelocityCurve(spec, 1, 101);
  EXPECT_NEAR(fv[50].x, 0, 1e-12);
  EXPECT_NEAR(fv[50].y, 800, 1e-9);
  EXPECT_NEAR(fv[100].x, 1, 1e-12);  // shortening by 10 lengths of 0.1 m a second
  EXPECT_EQ(fv[100].y, 0);
  EXPECT_GT(fv[0].y, 1.5 * 800);
}

}  // namespace
}  // namespace aula::anatomy
