// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "physics/labs/lab_run.h"
#include "unit/fdtd/live_lab.h"

/// Knobs that are turned while the field is there: what comes of it is what Maxwell's equations say.
namespace aula::tests {
namespace {

/// Ez at the probe of the little lab, sampled every `interval` steps.
std::vector<double> probeOf(int steps, const std::vector<lab::Command>& commands,
                            const lab::KnobValues& knobs = {}) {
  LiveRun run(compute::DeviceKind::reference, knobs);
  run.advance(steps, commands);
  return run.data("probe")[0].values;
}

// A change glides for two periods (57 steps here) and crosses the domain of 60 cells twice, slantwise, at
// 0.67 cells a step (2 * 77 / 0.67 = 230 steps) before everything is as if it had always been so. What the
// absorbing layers send back is below -60 dB of a wave: 1e-3 of the largest field.
constexpr int kTurn = 200, kSettled = 560, kEnd = 700;
constexpr double kRemains = 1e-3;

void expectAlike(const std::vector<double>& found, const std::vector<double>& expected, double factor) {
  ASSERT_EQ(found.size(), expected.size());
  const std::size_t from = expected.size() * kSettled / kEnd;
  double peak = 0;
  for (std::size_t n = from; n < expected.size(); ++n) peak = std::max(peak, std::abs(expected[n]));
  EXPECT_GT(peak, 0.05);
  for (std::size_t n = from; n < expected.size(); ++n)
    ASSERT_NEAR(found[n], factor * expected[n], kRemains * peak) << "sample " << n;
}

TEST(LivePhysics, FieldScalesWithTheStrengthOfItsSources) {
  const auto whole = probeOf(kEnd, {});
  expectAlike(probeOf(kEnd, {{kTurn, "strength", 0.37}}), whole, 0.37);
  expectAlike(probeOf(kEnd, {{kTurn, "strength", 0}}), whole, 0);
  // From nothing: a source that was off can be turned on.
  expectAlike(probeOf(kEnd, {{kTurn, "strength", 1}}, {{"strength", 0}}), whole, 1);
}

TEST(LivePhysics, PhaseIsTheOneAskedForAfterTheGlide) {
  expectAlike(probeOf(kEnd, {{kTurn, "phase", 1.2}}), probeOf(kEnd, {}, {{"phase", 1.2}}), 1);
}

TEST(LivePhysics, GapAndGlassThatWereMovedDiffractAsIfTheyHadAlwaysStoodThere) {
  // An abrupt change radiates at every frequency the grid knows; the highest, of some four cells a
  // wavelength, hardly move on it and stay for a thousand steps. The instrument looks at the lab's own
  // wavelength over 500 steps, nearly 18 periods: of a wave of three times its frequency it lets through 1 /
  // (2 pi 18 * 2), of the few percent that are there less than 1e-3 of the amplitude; twice that, and as much
  // from slow settling, are 4e-3 of the intensity. Turning a knob to where it stands begins the sums anew.
  const auto intensity = [](const std::vector<lab::Command>& commands, const lab::KnobValues& knobs) {
    LiveRun run(compute::DeviceKind::reference, knobs);
    std::vector<lab::Command> all = commands;
    all.push_back({1000, "strength", 1});
    run.advance(1500, all);
    return run.data("line")[0].values;
  };
  for (const auto& [knob, value] : lab::KnobValues{{"gap", 0.5e-6}, {"gap", 0.9e-6}, {"index", 2}}) {
    const std::vector<double> turned = intensity({{kTurn, knob, value}}, {});
    const std::vector<double> fresh = intensity({}, {{knob, value}}), before = intensity({}, {});
    const double peak = *std::max_element(fresh.begin(), fresh.end());
    double change = 0;
    for (std::size_t n = 0; n < fresh.size(); ++n) {
      EXPECT_NEAR(turned[n], fresh[n], 4e-3 * peak) << knob << " " << value << ", point " << n;
      change = std::max(change, std::abs(before[n] - fresh[n]));
    }
    EXPECT_GT(change, 0.05 * peak) << knob << " makes no difference: the comparison says nothing";
  }
}

TEST(LivePhysics, WavelengthChangesWithoutAJump) {
  // Beyond the gap a wave of amplitude A and angular frequency w changes by at most A w dt a step; at most
  // twice that while both waves are under way.
  LiveRun run(compute::DeviceKind::reference);
  run.advance(kTurn);
  const auto sample = [&] {
    double value = 0;
    lab::Instrument* probe = run.simulation->instruments()[0];
    probe->sample();
    value = probe->data()[0].values.back();
    return value;
  };
  double amplitude = 0, before = sample();
  for (int n = 0; n < 60; ++n) {
    run.simulation->advance(1);
    amplitude = std::max(amplitude, std::abs(before = sample()));
  }
  ASSERT_TRUE(run.simulation->apply({0, "wavelength", 0.8e-6}));
  const double w = 2 * 3.14159265358979 * 299792458.0 / 0.8e-6;
  double largest = 0;
  for (int n = 0; n < 150; ++n) {
    run.simulation->advance(1);
    const double now = sample();
    largest = std::max(largest, std::abs(now - before));
    before = now;
  }
  EXPECT_LT(largest, 2 * amplitude * w * run.simulation->timeStep());
  EXPECT_GT(largest, 0.3 * amplitude * w * run.simulation->timeStep());
}

// ---- The lab itself

struct Pattern {
  std::vector<double> intensity;
  double fringe = 0;
};
Pattern patternOf(const std::vector<std::pair<std::string, std::string>>& knobs,
                  const std::vector<lab::Command>& commands, std::int64_t steps) {
  const lab::RunRecord record = runLab("double-slit", knobs, commands, steps);
  return {dataOf(record, "screen", "intensity").values, record.results.at(0).values.at(0)};
}

TEST(LivePhysics, DoubleSlitMeasuresTheSettingThatItIsTurnedTo) {
  // The slits are moved and the light is changed while the first wave is behind them.
  const std::vector<lab::Command> commands{{700, "slit_separation", 3e-6}, {710, "wavelength", 600e-9}};
  constexpr std::int64_t kSteps = 2260;
  const Pattern turned = patternOf({}, commands, 710 + kSteps);
  const Pattern fresh = patternOf({{"slit_separation", "3 um"}, {"wavelength", "600 nm"}}, {}, kSteps);
  ASSERT_EQ(turned.intensity.size(), fresh.intensity.size());
  const double peak = *std::max_element(fresh.intensity.begin(), fresh.intensity.end());
  // The sums begin anew, as long after the change as they do after the start: the direct and the most
  // slanting wave have passed, what the slits and the layers' grazing rays still hold is a hundredth of the
  // amplitude and hence two of the intensity.
  for (std::size_t n = 0; n < fresh.intensity.size(); ++n)
    ASSERT_NEAR(turned.intensity[n], fresh.intensity[n], 0.02 * peak) << "point " << n;
  EXPECT_NEAR(turned.fringe, fresh.fringe, 0.02 * fresh.fringe);
}

}  // namespace
}  // namespace aula::tests
