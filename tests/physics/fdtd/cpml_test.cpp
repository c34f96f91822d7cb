// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"
#include "support/fdtd.h"

/// What the absorbing layer sends back, against the same run in a domain so deep that its far wall answers
/// too late.
namespace aula::test {
namespace {

using namespace fdtd;

constexpr double kSpacing = 1e-3;

class Layer : public ::testing::TestWithParam<compute::DeviceKind> {};

/// A line source `distance` cells before the layer at the high x face; E and H records half a cell before the
/// layer at places seen under 0 to 60 degrees. `extra` cells are put between the records and the layer.
std::vector<std::vector<double>> records(compute::DeviceKind device, Dimensions dimensions, int extra,
                                         int steps) {
  constexpr int kDistance = 20;
  constexpr int kMargin = 190;  // To every other face: the pulse is over before anything returns from there.
  Setup setup = makeSetup(dimensions, {kMargin + kDistance + 10 + extra, 2 * kMargin, 1}, kSpacing,
                          BoundaryKind::cpml, 0.99);
  PointDipole dipole;
  dipole.position = {kMargin * kSpacing, kMargin * kSpacing, 0};
  dipole.direction = dimensions == Dimensions::tm ? core::Vec3{0, 0, 1} : core::Vec3{0, 1, 0};
  // Broad: no static part, spectrum up to 10 cells a wavelength.
  dipole.waveform.kind = Waveform::Kind::gaussianDerivative;
  dipole.waveform.width = 5 * kSpacing / core::kSpeedOfLight;
  dipole.waveform.delay = 6 * dipole.waveform.width;
  setup.sources.push_back(dipole);
  const auto solver = makeSolverOn(device, setup);
  const int probe = kMargin + kDistance - 1;
  const int component = dimensions == Dimensions::tm ? kEz : kEy;
  std::vector<std::vector<double>> result(7);
  for (int n = 0; n < steps; ++n) {
    solver->advance(1);
    for (int angle = 0; angle <= 60; angle += 10) {
      const int offset = int(std::lround(kDistance * std::tan(angle * core::kPi / 180)));
      result[std::size_t(angle / 10)].push_back(readOne(*solver, component, probe, kMargin + offset, 0));
    }
  }
  return result;
}

TEST_P(Layer, ReflectsLessThanMinus70Decibels) {
  // The reflection is the layer's; rounding (of values up to the largest near the source, some ten times
  // those recorded) stays below -110 dB in single precision.
  constexpr int kSteps = 400;  // The way to a side wall and back is 2 * 190 cells or 540 steps.
  for (const Dimensions dimensions : {Dimensions::tm, Dimensions::te}) {
    const auto tested = records(GetParam(), dimensions, 0, kSteps);
    const auto free = records(GetParam(), dimensions, 200, kSteps);
    for (int angle = 0; angle <= 60; angle += 10) {
      const auto& with = tested[std::size_t(angle / 10)];
      const auto& without = free[std::size_t(angle / 10)];
      double reflected = 0;
      double incident = 0;
      for (std::size_t n = 0; n < with.size(); ++n) {
        reflected = std::max(reflected, std::abs(with[n] - without[n]));
        incident = std::max(incident, std::abs(without[n]));
      }
      const double decibel = 20 * std::log10(reflected / incident);
      EXPECT_LT(decibel, -70) << angle << " degrees, " << (dimensions == Dimensions::tm ? "TM" : "TE");
      EXPECT_GT(decibel, -200) << "nothing came back at all: was the layer there?";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Layer, ::testing::ValuesIn(fdtdDevices()), deviceTestName);

}  // namespace
}  // namespace aula::test
