// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "backend/fdtd/cases.h"
#include "support/device_list.h"
#include "support/fdtd.h"
#include "unit/fdtd/live_lab.h"

/// Every fast implementation against the reference after sources were turned and objects were moved while it
/// ran.
namespace aula::test {
namespace {

using compute::DeviceKind;
using namespace fdtd;

// The bound of agreement_test.cpp: 4.4 * 2 n * 64 F u after n steps, u = 2^-24, F the largest field so far.
double allowedError(int steps, double peak) {
  return 4.4 * 2 * steps * 64 * std::ldexp(1.0, -24) * peak;
}

class Driven : public ::testing::TestWithParam<std::tuple<DeviceKind, Case>> {};

TEST_P(Driven, SourcesFollowAsInTheReference) {
  const auto& [device, one] = GetParam();
  if (device == DeviceKind::cuda) AULA_NEED_CUDA();
  if (one.setup.sources.empty()) GTEST_SKIP() << "a case without sources";
  const Medium medium = makeMedium(one.setup);
  const auto reference = makeSolverOn(DeviceKind::reference, one.setup, medium);
  const auto solver = makeSolverOn(device, one.setup, medium, 2);
  constexpr int kSteps = 40;
  double peak = 0;
  for (int n = 1; n <= kSteps; ++n) {
    // In the middle of everything, then again while the first change is under way.
    for (const int turn : {14, 19}) {
      if (n != turn) continue;
      for (std::size_t source = 0; source < one.setup.sources.size(); ++source) {
        const double frequency =
            std::visit([](const auto& s) { return s.waveform.frequency; }, one.setup.sources[source]);
        const Drive drive{turn == 14 ? 0.4 : 1.6, 1.2 * frequency, 0.5, 15 * one.setup.grid.dt};
        reference->drive(source, drive);
        solver->drive(source, drive);
      }
    }
    reference->advance(1);
    solver->advance(1);
    peak = std::max({peak, largest(*reference, kEx), largest(*reference, kHx)});
    for (int component = 0; component < 6; ++component) {
      if (!one.setup.grid.computes(component)) continue;
      const std::vector<double> expected = readAll(*reference, component),
                                found = readAll(*solver, component);
      for (std::size_t m = 0; m < expected.size(); ++m)
        ASSERT_LE(std::abs(found[m] - expected[m]), allowedError(n, peak))
            << "component " << component << ", place " << m << ", step " << n;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fdtd, Driven,
                         ::testing::Combine(::testing::Values(DeviceKind::cpu, DeviceKind::check,
                                                              DeviceKind::cuda),
                                            ::testing::ValuesIn(backendCases())),
                         [](const auto& one) {
                           return std::string(compute::deviceName(std::get<0>(one.param))) + "_" +
                                  std::get<1>(one.param).name;
                         });

class Turned : public ::testing::TestWithParam<DeviceKind> {};

TEST_P(Turned, LabFollowsAsInTheReference) {
  if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  const std::vector<lab::Command> commands{{25, "gap", 0.4e-6},        {31, "index", 2.2},
                                           {40, "wavelength", 1.3e-6}, {46, "gap", 0.95e-6},
                                           {50, "phase", 2},           {53, "strength", 0.6}};
  constexpr int kSteps = 90;
  tests::LiveRun reference(DeviceKind::reference), run(GetParam());
  reference.advance(kSteps, commands);
  run.advance(kSteps, commands);
  const std::vector<double> expected = reference.data("field")[0].values, found = run.data("field")[0].values;
  ASSERT_EQ(found.size(), expected.size());
  double peak = 0;
  for (const double value : expected) peak = std::max(peak, std::abs(value));
  // The line current's own place held the largest field; what is left of it is within a factor of two.
  for (std::size_t m = 0; m < expected.size(); ++m)
    ASSERT_LE(std::abs(found[m] - expected[m]), allowedError(kSteps, 2 * peak)) << "place " << m;
  EXPECT_GT(peak, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Fdtd, Turned,
                         ::testing::Values(DeviceKind::cpu, DeviceKind::check, DeviceKind::cuda),
                         deviceTestName);

}  // namespace
}  // namespace aula::test
