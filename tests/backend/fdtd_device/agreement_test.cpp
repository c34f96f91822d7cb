// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "backend/fdtd_device/cases.h"
#include "support/device_list.h"

namespace aula::fdtd::testing {
namespace {

using compute::DeviceKind;

class DeviceAgreement : public ::testing::TestWithParam<std::tuple<DeviceKind, Case>> {};

/// Single precision against the reference's double. With u = 2^-24 and M the largest value so far, a half
/// step rounds, in one component: four fields' differences (each up to 2 M u, times a Courant number below
/// 0.6 and, in H and E alike, cb <= 1), two products and two sums of the same size, the stored coefficients
/// a, cb (u each, on terms of up to 2.4 M), the field itself (M u): below 12 M u; layers, poles and couplings
/// add terms of the same kind, at most doubling that. The scheme carries an error on as it carries a field,
/// without growth. So 48 M u a step of two half steps, were all errors of one sign.
TEST_P(DeviceAgreement, EqualsTheReferenceStepByStep) {
  const auto& [device, testCase] = GetParam();
  if (device == DeviceKind::cuda) AULA_NEED_CUDA();
  const fdtd::Setup& setup = testCase.setup;
  ASSERT_TRUE(validate(setup).empty()) << validate(setup).front();
  const Medium medium = makeMedium(setup);
  const auto reference = makeReferenceSolver(setup, medium);
  const auto tested =
      device == DeviceKind::cuda ? makeCudaSolver(setup, medium) : makeCheckSolver(setup, medium);
  if (testCase.startsRandom) {
    writeRandomFields(*reference);
    writeRandomFields(*tested);
  }

  double largest = 0;
  const auto compare = [&] {
    const double tolerance =
        48 * std::ldexp(1.0, -24) * static_cast<double>(std::max<std::int64_t>(1, reference->step()));
    ASSERT_EQ(reference->step(), tested->step());
    std::vector<double> expected[6], found[6];
    for (int c = 0; c < 6; ++c) {
      if (!setup.grid.computes(c)) continue;
      const IndexBox box = wholeBox(setup.grid, c);
      expected[c].resize(box.size());
      found[c].resize(box.size());
      reference->read(c, box, std::span<double>(expected[c]));
      tested->read(c, box, std::span<double>(found[c]));
      for (const double value : expected[c]) largest = std::max(largest, std::abs(value));
    }
    for (int c = 0; c < 6; ++c) {
      const IndexBox box = wholeBox(setup.grid, c);
      for (std::size_t n = 0; n < found[c].size(); ++n)
        ASSERT_LE(std::abs(found[c][n] - expected[c][n]), tolerance * largest)
            << "step " << reference->step() << ", component " << c << " at " << n % std::size_t(box.extent(0))
            << ", " << n / std::size_t(box.extent(0)) % std::size_t(box.extent(1)) << ", "
            << n / (std::size_t(box.extent(0)) * std::size_t(box.extent(1)));
    }
  };
  compare();
  // Every step at first; then across the border of a window of steps.
  int done = 0;
  for (const int steps : {1, 1, 1, 33}) {
    reference->advance(steps);
    tested->advance(steps);
    done += steps;
    ASSERT_NO_FATAL_FAILURE(compare());
  }
  for (; done < testCase.steps; done += 10) {
    reference->advance(10);
    tested->advance(10);
    ASSERT_NO_FATAL_FAILURE(compare());
  }
  EXPECT_GT(largest, 0);
  EXPECT_TRUE(tested->isFinite());
}

std::string caseName(const ::testing::TestParamInfo<std::tuple<DeviceKind, Case>>& given) {
  std::string name = std::string(deviceName(std::get<0>(given.param))) + "_" + std::get<1>(given.param).name;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Backend, DeviceAgreement,
                         ::testing::Combine(::testing::Values(DeviceKind::check, DeviceKind::cuda),
                                            ::testing::ValuesIn(deviceCases())),
                         caseName);

}  // namespace
}  // namespace aula::fdtd::testing
