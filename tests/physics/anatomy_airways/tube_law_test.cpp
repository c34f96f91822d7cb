// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/tube_law.h"

#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/airways/air.h"
#include "support/tolerance.h"

namespace aula::tests {
namespace {

using namespace anatomy;
using test::isNear;

Narrowing healthy() {
  Narrowing all;
  all.fill(1);
  return all;
}

TEST(TubeLaw, AreaSlopeAndIntegralAgree) {
  for (int z = 0; z < kTubeGenerations; ++z) {
    const TubeLaw& law = tubeLaw(z);
    EXPECT_NEAR(law.area(0), law.a0, 1e-14);
    for (const double cm : {-40.0, -3.0, -0.1, 0.1, 2.0, 25.0}) {
      const double p = cm * kWaterCentimetre, h = 1e-4 * kWaterCentimetre;
      // Small airways change over 0.2 cmH2O; central differences are good to the square of h over that, 3e-7.
      EXPECT_TRUE(isNear((law.area(p + h) - law.area(p - h)) / (2 * h), law.slopeAt(p), {.relative = 2e-6}))
          << z;
      const double square = law.area(p) * law.area(p);
      EXPECT_TRUE(isNear((law.squareIntegral(p + h) - law.squareIntegral(p - h)) / (2 * h), square,
                         {.relative = 2e-6}))
          << z << " at " << cm;
    }
    EXPECT_LT(law.area(100 * kWaterCentimetre), 1);
  }
}

// What Lambert and others (1982, figure 3) computed for their normal lung, and what Hyatt's laboratory
// measured: between 8 and 12 L/s near full lungs, about 5 L/s at half of the vital capacity (recoil near 8
// cmH2O), under 1 L/s where recoil is 1 cmH2O. The choke point lies in the largest bronchi and goes to the
// periphery as lungs empty.
TEST(TubeLaw, GreatestFlowIsThatOfHealthyLungs) {
  const Narrowing all = healthy();
  EXPECT_GT(greatestFlow(25 * kWaterCentimetre, all), 8 * kLitre);
  EXPECT_LT(greatestFlow(25 * kWaterCentimetre, all), 12 * kLitre);
  EXPECT_NEAR(greatestFlow(8 * kWaterCentimetre, all), 5 * kLitre, 1 * kLitre);
  EXPECT_LT(greatestFlow(1 * kWaterCentimetre, all), 1 * kLitre);
  EXPECT_EQ(greatestFlow(0, all), 0);
  EXPECT_EQ(greatestFlow(-100, all), 0);
  int full = -1, empty = -1;
  const double high = 20 * kWaterCentimetre, low = 1 * kWaterCentimetre;
  EXPECT_FALSE(canPass(1.01 * greatestFlow(high, all), high, all, &full));
  EXPECT_FALSE(canPass(1.01 * greatestFlow(low, all), low, all, &empty));
  EXPECT_LE(full, 3);
  EXPECT_GE(empty, 5);
}

TEST(TubeLaw, MoreRecoilAndWiderAirwaysCarryMore) {
  const Narrowing all = healthy();
  Narrowing half = all;
  for (std::size_t z = 3; z < half.size(); ++z) half[z] = 0.5;
  double before = 0;
  for (const double cm : {0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0}) {
    const double flow = greatestFlow(cm * kWaterCentimetre, all);
    EXPECT_GT(flow, before);
    before = flow;
    // Half the diameter is a quarter of the area: at one speed a quarter of the flow, and friction takes
    // more.
    EXPECT_LT(greatestFlow(cm * kWaterCentimetre, half), 0.3 * flow);
  }
}

// Where one airway is all there is and friction counts for nothing, the greatest flow is that of the wave
// speed (Dawson and Elliott 1977): V^2 = A^3 / (rho dA/dP), with Bernoulli's head between alveolus and choke
// point. A lung whose other airways are ten times wider is nearly that.
TEST(TubeLaw, AChokePointRunsAtTheSpeedOfWaves) {
  Narrowing wide;
  wide.fill(10);
  wide[2] = 1;
  const double recoil = 10 * kWaterCentimetre;
  const TubeLaw& law = tubeLaw(2);
  double best = 0;
  for (double p = -50 * kWaterCentimetre; p < recoil; p += 0.01 * kWaterCentimetre) {
    const double area = law.maximalArea * law.area(p);
    // The flow that Bernoulli allows at this pressure; its maximum over all pressures is the wave speed's.
    best = std::max(best, area * std::sqrt(2 * (recoil - p) / kAirDensity));
  }
  // Friction over 19 mm takes 280 of the 980 Pa of head at this speed: 8 L/s through four airways of 9 mm, Re
  // 17,000, 61 times Poiseuille's loss. The flow goes with the root of the head: down to 0.84 of it.
  const double found = greatestFlow(recoil, wide);
  EXPECT_LT(found, best);
  EXPECT_GT(found, 0.82 * best);
}

}  // namespace
}  // namespace aula::tests
