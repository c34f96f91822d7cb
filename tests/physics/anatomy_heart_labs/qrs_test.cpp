// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/heart/body/conduction.h"
#include "anatomy/heart/body/leads.h"
#include "anatomy/heart/model/calibration.h"
#include "anatomy/heart/model/solver.h"

/// One beat down the conduction system, with the live heart's defaults, as the solver spreads it.
namespace aula::tests {
namespace {

using namespace anatomy::heart;

Settings liveSettings() {
  Settings settings;
  settings.along = 3.2, settings.across = 0.8;
  settings.timeStep = 4e-4;
  return settings;
}

struct Beat {
  Electrocardiogram ecg;
  double reached = 0;  ///< Share of the muscle
  double firstLeft = 1e9, firstRight = 1e9;
};

Beat beatOf(double spacing, unsigned blocked, double seconds) {
  const Ventricles muscle = ventricles(spacing);
  const ConductionSystem tree;
  const Leads leads(muscle, {electrodes().begin(), electrodes().end()});
  const Settings settings = liveSettings();
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::cpu;
  const auto solver = makeSolver(muscle.lattice, settings, device);
  for (const Entry& entry : entries(tree, muscle, blocked, 0.003, 0.001)) {
    Stimulus current;
    current.start = entry.time;
    current.duration = 0.003;
    current.current = 100 * settings.surfaceToVolume * settings.capacitance;
    current.nodes = entry.nodes;
    solver->stimulate(std::move(current));
  }
  Beat beat;
  beat.ecg.interval = 0.002;
  std::vector<float> potentials(muscle.domain.nodes.size());
  std::vector<std::uint8_t> isReached(potentials.size(), 0);
  const int samples = static_cast<int>(std::lround(seconds / beat.ecg.interval));
  for (int i = 0; i <= samples; ++i) {
    solver->potentialsAt(muscle.domain.nodes, potentials);
    beat.ecg.samples.push_back(leadsFrom(leads.atNodes(potentials)));
    for (std::size_t c = 0; c < potentials.size(); ++c) {
      if (isReached[c] != 0 || potentials[c] < -0.04F) continue;
      isReached[c] = 1;
      beat.reached += 1 / double(potentials.size());
      double& first = muscle.walls[c] == Wall::right ? beat.firstRight : beat.firstLeft;
      first = std::min(first, i * beat.ecg.interval);
    }
    solver->advance(5);
  }
  return beat;
}

std::pair<double, double> rangeOf(const Electrocardiogram& ecg, std::size_t lead, double from, double to) {
  std::pair<double, double> range{1e9, -1e9};
  for (std::size_t i = 0; i < ecg.samples.size(); ++i) {
    const double time = double(i) * ecg.interval;
    if (time < from || time > to) continue;
    range.first = std::min(range.first, ecg.samples[i][lead]);
    range.second = std::max(range.second, ecg.samples[i][lead]);
  }
  return range;
}

constexpr std::size_t kV1 = 6, kV5 = 10, kV6 = 11;

TEST(LiveHeart, WavesAreAsFastAsInVentricles) {
  // 0.5 to 0.7 m/s along and 0.2 to 0.35 m/s across fibres (Taggart et al. 2000 in man; Roberts et al. 1979
  // in dogs).
  const double along = cableVelocity(liveSettings(), 3.2, 0.001),
               across = cableVelocity(liveSettings(), 0.8, 0.001);
  EXPECT_NEAR(along, 0.65, 0.08);
  EXPECT_NEAR(across, 0.32, 0.05);
}

TEST(LiveHeart, AHealthyComplexIsEightyToAHundredMillisecondsWide) {
  const Beat beat = beatOf(0.001, 0, 0.2);
  const Qrs qrs = findQrs(beat.ecg, 0.05);
  EXPECT_GE(qrs.duration(), 0.080);
  EXPECT_LE(qrs.duration(), 0.100);
  EXPECT_GT(beat.reached, 0.995);
  // The left side of the septum first, the right ventricle up to 25 ms later (Durrer et al. 1970: 5 to 10
  // ms).
  EXPECT_GT(beat.firstRight - beat.firstLeft, 0.004);
  EXPECT_LT(beat.firstRight - beat.firstLeft, 0.025);
  // V1: r, then a deeper S. V5 and V6: R. No wave before it: there are no atria.
  const auto [s1, r1] = rangeOf(beat.ecg, kV1, 0, 0.2);
  EXPECT_GT(r1, 0.05e-3);
  EXPECT_LT(s1, -r1);
  for (const std::size_t lead : {kV5, kV6}) {
    EXPECT_GT(rangeOf(beat.ecg, lead, 0, 0.2).second, 0.3e-3);
    EXPECT_LT(rangeOf(beat.ecg, lead, 0, qrs.onset - 0.01).second, 0.02e-3);
  }
}

TEST(LiveHeart, ALeftBundleBlockWidensItPastAHundredAndTwenty) {
  const Beat beat = beatOf(0.001, 1U << unsigned(Trunk::left), 0.26);
  const Qrs qrs = findQrs(beat.ecg, 0.05);
  EXPECT_GT(qrs.duration(), 0.120);
  EXPECT_LT(qrs.duration(), 0.220);
  EXPECT_GT(beat.reached, 0.995);
  // Late forces to the left and back: V1 stays below, V6 above.
  EXPECT_LT(rangeOf(beat.ecg, kV1, 0.11, 0.18).second, 0);
  EXPECT_GT(rangeOf(beat.ecg, kV6, 0.11, 0.18).first, 0);
}

TEST(LiveHeart, ARightBundleBlockGivesV1ASecondR) {
  const Beat beat = beatOf(0.0015, 1U << unsigned(Trunk::right), 0.26);
  // r, S, R'; the late forces are weak, and the threshold may cut them off.
  const auto [s, r] = rangeOf(beat.ecg, kV1, 0, 0.1);
  EXPECT_GT(r, 0.02e-3);
  EXPECT_LT(s, -0.1e-3);
  EXPECT_GT(rangeOf(beat.ecg, kV1, 0.1, 0.25).second, r);
}

}  // namespace
}  // namespace aula::tests
