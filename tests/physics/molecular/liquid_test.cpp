// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <utility>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/statistics.h"
#include "physics/molecular/systems.h"
#include "support/device_list.h"

/// Liquid water as others have computed it, and the drift of its energy: too long for the reference, so these
/// run on the fast engines alone.
namespace aula::test {
namespace {

using namespace molecular;

std::vector<compute::DeviceKind> fastKinds() {
  return {
#if defined(AULA_MOLECULAR_CPU)
    compute::DeviceKind::cpu,
#endif
#if defined(AULA_MOLECULAR_CUDA)
        compute::DeviceKind::cuda,
#endif
  };
}

class LongLiquid : public EngineTest {
 protected:
  void SetUp() override {
    if (GetParam() == compute::DeviceKind::cuda) AULA_NEED_CUDA();
  }
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LongLiquid);

/// What is known of a model of water at 298 K and 1 bar.
struct Water {
  const char* name;
  double density;       ///< kg/m^3
  double peak, height;  ///< nm, -: first of the oxygens' pair distribution
  double diffusion;     ///< 1e-9 m^2/s, in a box of some 900 molecules
};

/// Density: Vega and Abascal 2011, table 2. Peak and diffusion: Mark and Nilsson 2001, tables 3 and 4.
constexpr Water kTip3p{"TIP3P", 980, 0.277, 2.67, 5.19};
constexpr Water kSpce{"SPC/E", 994, 0.275, 3.07, 2.49};

/// SPC/E (Berendsen, Grigera and Straatsma 1987) is TIP3P with other numbers.
System boxOf(const Water& water, int perSide) {
  System system = waterBox(perSide, 12);
  if (water.density == kTip3p.density) return system;
  Topology& topology = system.topology;
  const double angle = std::acos(-1.0 / 3), bond = 0.1;
  topology.pairs[0] = lennardJonesOf(0.31656, 0.65017);
  for (std::size_t n = 0; n < topology.charges.size(); ++n)
    topology.charges[n] = n % 3 == 0 ? -0.8476 : 0.4238;
  for (Settle& settle : topology.settles) {
    settle.distanceOH = bond;
    settle.distanceHH = 2 * bond * std::sin(angle / 2);
    // Hydrogens moved out and apart, in their plane.
    auto& r = system.state.positions;
    const auto o = static_cast<std::size_t>(settle.oxygen);
    const Vec3 a = r[o + 1] - r[o], b = r[o + 2] - r[o];
    const Vec3 along = core::normalised(a + b), across = core::normalised(a - b);
    r[o + 1] = r[o] + bond * (std::cos(angle / 2) * along + std::sin(angle / 2) * across);
    r[o + 2] = r[o] + bond * (std::cos(angle / 2) * along - std::sin(angle / 2) * across);
  }
  return system;
}

Settings liquidSettings() {
  Settings settings;
  settings.dynamics.temperature = 298;
  settings.dynamics.temperatureCoupling = 0.5;
  settings.dynamics.pressureCoupling = 1;
  settings.dynamics.seed = 3;
  return settings;
}

/// Counts of pairs of oxygens by distance, over what an even liquid has.
class PairDistribution {
 public:
  void add(const State& state) {
    const double density = static_cast<double>(state.positions.size() / 3) / state.box.volume();
    const std::size_t count = state.positions.size() / 3;
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const double r = core::length(state.box.nearest(state.positions[3 * i] - state.positions[3 * j]));
        const auto bin = static_cast<std::size_t>(r / kWidth);
        if (bin < counts_.size()) counts_[bin] += 2 / (static_cast<double>(count) * density);
      }
    ++samples_;
  }
  [[nodiscard]] double at(std::size_t bin) const {
    const double inner = static_cast<double>(bin) * kWidth, outer = inner + kWidth;
    return counts_[bin] / samples_ /
           (4.0 / 3 * 3.14159265358979 * (outer * outer * outer - inner * inner * inner));
  }
  /// Place and height of the highest, by a parabola through three bins.
  [[nodiscard]] std::pair<double, double> peak() const {
    std::size_t best = 1;
    for (std::size_t bin = 1; bin + 1 < counts_.size(); ++bin)
      if (at(bin) > at(best)) best = bin;
    const double a = at(best - 1), b = at(best), c = at(best + 1);
    const double shift = 0.5 * (a - c) / (a - 2 * b + c);
    return {(static_cast<double>(best) + 0.5 + shift) * kWidth, b - 0.25 * (a - c) * shift};
  }

 private:
  static constexpr double kWidth = 0.005;
  std::vector<double> counts_ = std::vector<double>(120);
  double samples_ = 0;
};

void expectWater(const EngineTest&, const Water& water,
                 const std::function<std::unique_ptr<Engine>(const System&, const Settings&)>& make) {
  System system = boxOf(water, 8);
  Settings settings = liquidSettings();
  settings.dynamics.barostat = Barostat::stochasticCellRescale;
  settings.nonbonded.cutoff = 0.9;
  const auto engine = make(system, settings);
  engine->minimise(500, 300);
  engine->drawVelocities(298, 5);
  engine->advance(25000);
  EXPECT_EQ(engine->recoveries(), 0);

  // 200 ps at constant pressure: the density to 0.1 %, asked for within three errors and the 4 kg/m^3 by
  // which published values of one model differ (cut-offs).
  PairDistribution pairs;
  std::vector<double> densities;
  const double mass = 512 * (15.9994 + 2 * 1.008) * 1.66053906660;  // kg/m^3 nm^3
  for (int n = 0; n < 2000; ++n) {
    engine->advance(50);
    const State state = engine->state();
    densities.push_back(mass / state.box.volume());
    if (n % 10 == 0) pairs.add(state);
  }
  const Estimate density = blockAverage(densities);
  const auto [place, height] = pairs.peak();

  // 100 ps of diffusion at the mean density, from the slope of the mean square displacement of oxygens
  // between 2 and 10 ps (6 D), origins every picosecond; the error from the scatter of ten stretches.
  State state = engine->state();
  const double stretch = std::cbrt(mass / density.value / state.box.volume());
  for (std::size_t n = 0; n < state.positions.size(); n += 3) {
    const Vec3 move = (stretch - 1) * state.positions[n];
    for (std::size_t m = n; m < n + 3; ++m) state.positions[m] = state.positions[m] + move;
  }
  state.box = {stretch * state.box.a, stretch * state.box.b, stretch * state.box.c};
  system.state = state;
  settings.dynamics.barostat = Barostat::none;
  settings.dynamics.temperatureCoupling = 5;
  const auto still = make(system, settings);
  std::vector<std::vector<Vec3>> frames;
  for (int n = 0; n <= 110; ++n) {
    // Paths without jumps: an engine may put whole molecules back into the box, and in a picosecond none goes
    // half its length.
    std::vector<Vec3> now = still->state().positions;
    for (std::size_t m = 0; m < now.size() && n > 0; ++m)
      now[m] = frames.back()[m] + state.box.nearest(now[m] - frames.back()[m]);
    frames.push_back(now);
    still->advance(500);
  }
  std::vector<double> slopes;
  for (std::size_t from = 0; from + 10 < frames.size(); ++from) {
    const auto squareOver = [&](std::size_t frames_) {
      double sum = 0;
      for (std::size_t n = 0; n < state.positions.size(); n += 3) {
        const Vec3 d = frames[from + frames_][n] - frames[from][n];
        sum += dot(d, d);
      }
      return sum / 512;
    };
    // nm^2/ps is 1e-6 m^2/s.
    slopes.push_back((squareOver(10) - squareOver(2)) / 8 / 6 * 1e3);
  }
  const Estimate diffusion = blockAverage(slopes, 10);
  std::printf("%s: density %.1f +- %.1f, peak %.2f at %.4f nm, diffusion %.2f +- %.2f\n", water.name,
              density.value, density.error, height, place, diffusion.value, diffusion.error);

  EXPECT_NEAR(density.value, water.density, 4 + 3 * density.error);
  // Two bins' width; heights differ by the smoothing of bins.
  EXPECT_NEAR(place, water.peak, 0.005);
  EXPECT_NEAR(height, water.height, 0.1);
  // A smaller box is slower by 2.84 kT / 6 pi eta (1/L - 1/L') = 0.06 to 0.14 (Yeh and Hummer 2004).
  EXPECT_NEAR(diffusion.value, water.diffusion, 0.2 + 3 * diffusion.error);
}

TEST_P(LongLiquid, Tip3pIsAsPublished) {
  expectWater(*this, kTip3p,
              [this](const System& system, const Settings& settings) { return make(system, settings); });
}
TEST_P(LongLiquid, SpceIsAsPublished) {
  expectWater(*this, kSpce,
              [this](const System& system, const Settings& settings) { return make(system, settings); });
}

/// The slope of a straight line through the conserved energy, in kT per ns and atom at 300 K.
Estimate driftOf(Engine& engine, int samples, int stepsEach) {
  const int atoms = engine.topology().atomCount();
  const double dt = engine.settings().dynamics.timeStep, kT = kBoltzmann * 300;
  std::vector<double> energies;
  for (int n = 0; n < samples; ++n) {
    energies.push_back(engine.energies().conserved);
    engine.advance(stepsEach);
  }
  const auto slope = [&](int first, int count) {
    double xy = 0, xx = 0;
    for (int n = 0; n < count; ++n) {
      const double x = n - 0.5 * (count - 1);
      xy += x * energies[static_cast<std::size_t>(first + n)];
      xx += x * x;
    }
    return xy / xx / (stepsEach * dt) * 1000 / (atoms * kT);
  };
  // The error: how the slopes of four quarters scatter, each eight times less certain than the whole's.
  double squares = 0;
  const double whole = slope(0, samples);
  for (int quarter = 0; quarter < 4; ++quarter)
    squares += std::pow(slope(quarter * samples / 4, samples / 4) - whole, 2);
  return {whole, std::sqrt(squares / 4) / 8};
}

/// Without thermostat at 1 fs the energy of water drifts by at most 0.05 kT per ns and atom with default
/// settings, and by at most 0.002 with tight ones (buffer, Ewald tolerance and mesh).
TEST_P(LongLiquid, EnergyDriftIsSmall) {
  for (const bool isTight : {false, true}) {
    Settings settings = liquidSettings();
    settings.dynamics.timeStep = 0.001;
    settings.dynamics.temperature = 300;
    const auto warm = make(waterBox(8, 12), settings);
    warm->minimise(500, 300);
    warm->drawVelocities(300, 5);
    warm->advance(10000);
    System system = waterBox(8, 12);
    system.state = warm->state();
    settings.dynamics.thermostat = Thermostat::none;
    if (isTight) {
      settings.nonbonded.bufferTolerance = 1e-5;
      settings.nonbonded.ewaldTolerance = 1e-6;
      settings.nonbonded.meshSpacing = 0.08;
      settings.nonbonded.meshOrder = 5;
    }
    const auto engine = make(system, settings);
    const Estimate drift = driftOf(*engine, 1000, 50);
    std::printf("%s: drift %.5f +- %.5f kT/ns/atom\n", isTight ? "tight" : "default", drift.value,
                drift.error);
    EXPECT_LT(std::abs(drift.value), (isTight ? 0.002 : 0.05) + 2 * drift.error);
  }
}

INSTANTIATE_TEST_SUITE_P(Long, LongLiquid, ::testing::ValuesIn(fastKinds()), nameOfKind);

}  // namespace
}  // namespace aula::test
