// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"
#include "support/fdtd.h"
#include "support/tolerance.h"

/// Resonances of a closed metal box. On the Yee grid they are known exactly: the standing waves sampled at
/// the staggered points are eigenvectors of the discrete curl curl, with the wave number k_a = m_a pi / L_a
/// replaced by K_a = (2/d) sin(k_a d/2) and the frequency by (2/dt) sin(w dt/2) (Taflove and Hagness 2005,
/// section 4.3).
namespace aula::test {
namespace {

using namespace fdtd;

struct Mode {
  std::array<int, 3> halfWaves;
  core::Vec3 amplitude;  ///< Of E_x, E_y, E_z; at right angles to K, so that the divergence is zero.
  double angularFrequency;
};

double waveNumber(const Grid& grid, const std::array<int, 3>& m, int axis) {
  return m[std::size_t(axis)] * core::kPi / (grid.cells(axis) * grid.spacing(axis));
}

core::Vec3 gridWaveVector(const Grid& grid, const std::array<int, 3>& m) {
  core::Vec3 k;
  for (int axis = 0; axis < 3; ++axis)
    k[axis] = 2 / grid.spacing(axis) * std::sin(waveNumber(grid, m, axis) * grid.spacing(axis) / 2);
  return k;
}

double gridFrequency(const Grid& grid, const std::array<int, 3>& m) {
  return 2 / grid.dt * std::asin(0.5 * core::kSpeedOfLight * grid.dt * core::length(gridWaveVector(grid, m)));
}

/// The lowest `count` modes by the continuum's frequency, each polarisation on its own.
std::vector<Mode> lowestModes(const Grid& grid, std::size_t count) {
  std::vector<Mode> modes;
  for (int p = 0; p < 8; ++p)
    for (int n = 0; n < 8; ++n)
      for (int m = 0; m < 8; ++m) {
        const std::array<int, 3> halfWaves{m, n, p};
        if ((m == 0) + (n == 0) + (p == 0) > 1) continue;
        const core::Vec3 k{waveNumber(grid, halfWaves, 0), waveNumber(grid, halfWaves, 1),
                           waveNumber(grid, halfWaves, 2)};
        const double w = core::kSpeedOfLight * core::length(k);
        const core::Vec3 gridK = gridWaveVector(grid, halfWaves);
        if (m == 0) {
          modes.push_back({halfWaves, {1, 0, 0}, w});
        } else if (n == 0) {
          modes.push_back({halfWaves, {0, 1, 0}, w});
        } else if (p == 0) {
          modes.push_back({halfWaves, {0, 0, 1}, w});
        } else {
          const core::Vec3 first = core::normalised(core::cross(gridK, {0, 0, 1}));
          modes.push_back({halfWaves, first, w});
          modes.push_back({halfWaves, core::normalised(core::cross(gridK, first)), w});
        }
      }
  std::stable_sort(modes.begin(), modes.end(),
                   [](const Mode& a, const Mode& b) { return a.angularFrequency < b.angularFrequency; });
  modes.resize(count);
  return modes;
}

std::vector<double> sampleMode(const Grid& grid, const Mode& mode, int component) {
  const IndexBox box = wholeBox(grid, component);
  std::vector<double> values;
  for (int k = 0; k < box.upper[2]; ++k)
    for (int j = 0; j < box.upper[1]; ++j)
      for (int i = 0; i < box.upper[0]; ++i) {
        const core::Vec3 x = grid.position(component, i, j, k);
        double value = mode.amplitude[component];
        for (int axis = 0; axis < 3; ++axis) {
          const double phase = waveNumber(grid, mode.halfWaves, axis) * x[axis];
          value *= axis == component ? std::cos(phase) : std::sin(phase);
        }
        values.push_back(value);
      }
  return values;
}

struct Measured {
  double angularFrequency;
  double impurity;  ///< Largest departure from the mode's shape, of its amplitude.
};

/// Starts a mode with E at its crest and measures the phase it has reached after `steps`.
Measured measure(compute::DeviceKind device, const Setup& setup, const Mode& mode, int steps) {
  const Grid& grid = setup.grid;
  const auto solver = makeSolverOn(device, setup);
  std::array<std::vector<double>, 3> start;
  for (int component = 0; component < 3; ++component) {
    start[std::size_t(component)] = sampleMode(grid, mode, component);
    solver->write(component, wholeBox(grid, component), start[std::size_t(component)]);
  }
  // E is at its crest at time 0 if H changes sign between -dt/2 and dt/2: a step from H = 0 tells twice its
  // value.
  const auto trial = makeSolverOn(device, setup);
  for (int component = 0; component < 3; ++component)
    trial->write(component, wholeBox(grid, component), start[std::size_t(component)]);
  trial->advance(1);
  for (int component = kHx; component <= kHz; ++component) {
    std::vector<double> h = readAll(*trial, component);
    for (double& value : h) value *= -0.5;
    solver->write(component, wholeBox(grid, component), h);
  }

  // Stop where E passes zero: there the amplitude tells the phase best.
  const double expected = gridFrequency(grid, mode.halfWaves) * grid.dt;
  const double quarters = std::floor(steps * expected / (core::kPi / 2) / 2) * 2 + 1;
  const int stop = int(std::lround(quarters * core::kPi / 2 / expected));
  solver->advance(stop);
  double projection = 0;
  double norm = 0;
  double impurity = 0;
  std::array<std::vector<double>, 3> end;
  for (std::size_t c = 0; c < 3; ++c) {
    end[c] = readAll(*solver, int(c));
    for (std::size_t p = 0; p < end[c].size(); ++p) {
      projection += end[c][p] * start[c][p];
      norm += start[c][p] * start[c][p];
    }
  }
  const double amplitude = projection / norm;
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t p = 0; p < end[c].size(); ++p)
      impurity = std::max(impurity, std::abs(end[c][p] - amplitude * start[c][p]));
  // cos(w t) near a zero: the branch on which the expected phase lies.
  const double turns = std::floor(expected * stop / core::kPi);
  const double folded = std::acos(std::clamp(std::fmod(turns, 2) == 0 ? amplitude : -amplitude, -1.0, 1.0));
  return {(turns * core::kPi + folded) / (stop * grid.dt), impurity};
}

class Cavity : public ::testing::TestWithParam<compute::DeviceKind> {};

TEST_P(Cavity, FirstTenModesAreTheGridsOwn) {
  fdtd::Setup setup = makeSetup(Dimensions::three, {44, 37, 31}, 1e-3, BoundaryKind::pec);
  setup.grid.dy = 1.1e-3;
  setup.grid.dt = 0.99 * courantLimit(setup.grid);
  const Grid& grid = setup.grid;
  constexpr int kSteps = 150;
  // Every step rounds each value a few times; over `steps` of them the phase wanders by less than their sum,
  // 4 steps eps (the mean over thousands of points is far better than one point's), out of a phase of w steps
  // dt > 0.05 steps.
  const double tolerance = 4 * epsilonOf(GetParam()) / 0.05;
  ASSERT_LT(tolerance, 1e-5);
  for (const Mode& mode : lowestModes(grid, 10)) {
    SCOPED_TRACE(::testing::Message()
                 << "mode " << mode.halfWaves[0] << mode.halfWaves[1] << mode.halfWaves[2]);
    const Measured measured = measure(GetParam(), setup, mode, kSteps);
    const double discrete = gridFrequency(grid, mode.halfWaves);
    ASSERT_GT(discrete * grid.dt, 0.05);
    EXPECT_TRUE(isNear(measured.angularFrequency, discrete, {.relative = tolerance}));
    // The scheme's own error is (k d)^2 / 24 at most: 0.2 % up to k d = 0.22, the tenth mode here.
    EXPECT_TRUE(isNear(measured.angularFrequency, mode.angularFrequency, {.relative = 2e-3}));
    // One step's curl of a mode of unit amplitude rounds at about eps S / d * d; they add up at random.
    EXPECT_LT(measured.impurity, 4 * kSteps * epsilonOf(GetParam()));
  }
}

// In double alone: the finest error is below single precision's reach.
TEST(Convergence, CavityFrequencyIsOfSecondOrder) {
  // The same box at three resolutions, the Courant number fixed: mode 1,1,1.
  double previous = 0;
  for (const int n : {6, 12, 24}) {
    fdtd::Setup setup = makeSetup(Dimensions::three, {n, n, n / 2}, 1.0 / n, BoundaryKind::pec, 0.7);
    const Grid& grid = setup.grid;
    const std::array<int, 3> halfWaves{1, 1, 1};
    const core::Vec3 gridK = gridWaveVector(grid, halfWaves);
    const Mode mode{halfWaves, core::normalised(core::cross(gridK, {0, 0, 1})), 0};
    const double exact = core::kSpeedOfLight * core::kPi * std::sqrt(1 + 1 + 4.0);
    const double error =
        std::abs(measure(compute::DeviceKind::reference, setup, mode, 40 * n).angularFrequency / exact - 1);
    // The next term is (k d)^2 smaller: 0.02 of it.
    if (previous > 0) {
      EXPECT_NEAR(std::log2(previous / error), 2, 0.1);
    }
    previous = error;
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Cavity, ::testing::ValuesIn(fdtdDevices()), deviceTestName);

}  // namespace
}  // namespace aula::test
