// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/spirometry.h"

#include <gtest/gtest.h>

#include <cmath>

#include "physics/anatomy_airways/lungs.h"
#include "support/tolerance.h"

namespace aula::tests {
namespace {

using namespace anatomy;
using test::isNear;

// A bellows that empties as exp(-t / tau) from the first instant: FEV1 / FVC is (1 - exp(-1/tau)) / (1 -
// exp(-T/tau)), by hand.
TEST(Spirometry, ReadsAnExponentialBreath) {
  std::vector<double> times, volumes, flows;
  const double tau = 0.5, capacity = 4e-3, end = 6;
  for (int i = 0; i <= 900; ++i) {
    const double t = 0.01 * i - 3;
    times.push_back(t);
    volumes.push_back(1e-3 + (t <= 0 ? capacity * (1 + t / 100) : capacity * std::exp(-t / tau)));
    flows.push_back(t <= 0 ? capacity / 100 : -capacity / tau * std::exp(-t / tau));
  }
  const Spirometry found = readSpirometry(times, volumes, flows);
  ASSERT_TRUE(found.isThere);
  // The first sample of flow comes 0.01 s late: 2 % of tau.
  EXPECT_TRUE(isNear(found.forcedCapacity, capacity * (1 - std::exp(-end / tau)), {.relative = 1e-9}));
  EXPECT_TRUE(isNear(found.peakFlow, capacity / tau, {.relative = 0.025}));
  EXPECT_TRUE(isNear(found.forcedVolume, capacity * (1 - std::exp(-1 / tau)), {.relative = 0.005}));
  // Time from a quarter to three quarters: tau ln 3.
  EXPECT_TRUE(isNear(found.middleFlow, 0.5 * capacity / (tau * std::log(3.0)), {.relative = 0.005}));
}

TEST(Spirometry, FindsNothingInQuietBreathing) {
  Breathing breathing(coarseTree(), {});
  std::vector<double> times, volumes, flows;
  for (int i = 0; i < 800; ++i) {
    breathing.advance(0.01);
    times.push_back(breathing.time());
    volumes.push_back(breathing.volume());
    flows.push_back(breathing.flow());
  }
  EXPECT_FALSE(readSpirometry({0, 1}, {1, 1}, {0, 0}).isThere);
  // A quiet breath of half a litre and half a litre a second is at the limit; the coarse tree's has 0.54 L.
  EXPECT_LT(readSpirometry(times, volumes, flows).peakFlow, 1e-3);
}

// Ranges: Quanjer and others 2012 (GLI, a man of 45 years and 1.75 m, fifth to ninety-fifth percentile):
// FVC 3.8 to 5.9 L, FEV1 3.0 to 4.8 L, FEV1/FVC 0.70 to 0.88, of which teaching takes 0.75 to 0.85; peak flow
// 7 to 11 L/s (ECSC, Quanjer 1993); capacity 6 to 7 L. Resistance 0.5 to 2 cmH2O s/L at 0.5 L/s.
void expectHealthy(const ForcedBreath& breath) {
  ASSERT_TRUE(breath.result.isThere);
  EXPECT_GT(breath.result.ratio(), 0.75);
  EXPECT_LT(breath.result.ratio(), 0.85);
  EXPECT_GT(breath.result.forcedCapacity, 3.8e-3);
  EXPECT_LT(breath.result.forcedCapacity, 5.9e-3);
  EXPECT_GT(breath.result.forcedVolume, 3.0e-3);
  EXPECT_LT(breath.result.forcedVolume, 4.8e-3);
  EXPECT_GT(breath.result.peakFlow, 7e-3);
  EXPECT_LT(breath.result.peakFlow, 11e-3);
  EXPECT_NEAR(breath.result.capacity, 6e-3, 0.6e-3);
  EXPECT_NEAR(breath.quietVolume, 0.5e-3, 0.15e-3);
  const double unit = kWaterCentimetre / kLitre;
  EXPECT_GT(breath.resistance, 0.5 * unit);
  EXPECT_LT(breath.resistance, 2 * unit);
}

TEST(ForcedBreath, HealthyLungsOfTheWholeTree) {
  expectHealthy(forcedBreath(usualTree(), {}, 0.02));
}

TEST(ForcedBreath, ObstructionEmphysemaAndFibrosis) {
  // The limiter's small airways are the whole tree's; the coarse one lacks them, so that this is about
  // changes, measured on the whole tree.
  const ForcedBreath asthma = forcedBreath(usualTree(), narrowed(0.7), 0.02);
  EXPECT_LT(asthma.result.ratio(), 0.70);
  EXPECT_GT(asthma.result.forcedCapacity, 3.8e-3);  // Nearly all comes out, slowly.
  // Severe airflow obstruction has resistances of 3 to 10 cmH2O s/L.
  EXPECT_GT(asthma.resistance, 2.5 * kWaterCentimetre / kLitre);

  BreathingSettings settings;
  settings.emphysema = 0.7;
  const ForcedBreath emphysema = forcedBreath(usualTree(), settings, 0.02);
  EXPECT_LT(emphysema.result.ratio(), 0.70);
  EXPECT_GT(emphysema.result.capacity, 1.1 * 6e-3);     // Hyperinflation: over 110 %.
  EXPECT_GT(emphysema.result.residual, 1.2 * 1.55e-3);  // Air is trapped.

  settings.emphysema = 0;
  settings.fibrosis = 0.7;
  const ForcedBreath fibrosis = forcedBreath(usualTree(), settings, 0.02);
  EXPECT_GT(fibrosis.result.ratio(), 0.80);                  // Normal or raised ...
  EXPECT_LT(fibrosis.result.forcedCapacity, 0.8 * 4.47e-3);  // ... with FVC below 80 %.
  EXPECT_LT(fibrosis.result.capacity, 0.8 * 6e-3);
}

}  // namespace
}  // namespace aula::tests
