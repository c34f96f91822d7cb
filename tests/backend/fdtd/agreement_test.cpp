// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "backend/fdtd/cases.h"
#include "support/device_list.h"
#include "support/fdtd.h"

/// Every fast implementation against the double-precision reference, step by step, from noise in all
/// components (so that every coefficient anywhere shows at the first step) and with the sources running.
///
/// The bound. Let u = 2^-24 and F the largest value of E or eta0 H so far. One half step of one component
/// computes four differences' worth of at most 2 F each, scaled by a = c0 dt / dx < 1 / sqrt(2), rounds
/// differences, products, sums, the coefficients themselves and the result: at most 4 * 2 F a * 3 u / 2 + F u
/// < 10 F u. A layer adds psi for each difference (bounded by the difference), at most doubling that; a pole
/// adds its state, of the size of strength * F with strengths of 2, and a lag; off-diagonal couplings add two
/// further brackets weighted with less than 1/2. So one half step adds at most kErrorPerHalfStep = 64 F u.
/// Errors then travel like fields do: the scheme conserves an energy equivalent to E^2 + H^2 within the
/// factor (1 + s) / (1 - s), s the Courant share 0.9, so a perturbation's root mean square grows at most by
/// sqrt(19) = 4.4, however many steps follow. After n steps the root mean square of the error is at most 4.4
/// * 2 n * 64 F u. A single value may exceed the root mean square; the same bound is asked of the largest
/// error, since the errors' true signs are mixed and 64 is several times what they are. At n = 1 this is 6e-5
/// F, at n = 24 8e-4 F: a wrong term is of the order of a F.
namespace aula::test {
namespace {

using compute::DeviceKind;
using namespace fdtd;

constexpr double kErrorPerHalfStep = 64;
constexpr double kGrowth = 4.4;
constexpr int kSteps = 24;

class Agreement : public ::testing::TestWithParam<std::tuple<DeviceKind, Case>> {};

TEST_P(Agreement, WithTheReferenceStepByStep) {
  const auto& [device, one] = GetParam();
  if (device == DeviceKind::cuda) AULA_NEED_CUDA();
  const auto problems = validate(one.setup);
  ASSERT_TRUE(problems.empty()) << problems.front();
  const Medium medium = makeMedium(one.setup);
  const auto reference = makeSolverOn(DeviceKind::reference, one.setup, medium);
  const auto solver = makeSolverOn(device, one.setup, medium, 2);
  fillWithNoise(*reference, 7);
  fillWithNoise(*solver, 7);

  const double u = std::ldexp(1.0, -24);
  double peak = 0, firstError = 0;
  for (int n = 0; n <= kSteps; ++n) {
    if (n > 0) {
      reference->advance(1);
      solver->advance(1);
    }
    ASSERT_EQ(reference->step(), n);
    ASSERT_EQ(solver->step(), n);
    peak = std::max({peak, largest(*reference, kEx), largest(*reference, kHx)});
    for (int component = 0; component < 6; ++component) {
      if (!one.setup.grid.computes(component)) continue;
      const std::vector<double> expected = readAll(*reference, component),
                                found = readAll(*solver, component);
      const IndexBox box = wholeBox(one.setup.grid, component);
      for (std::size_t m = 0; m < expected.size(); ++m) {
        const double error = std::abs(found[m] - expected[m]);
        firstError = std::max(firstError, error / peak);
        const double allowed = kGrowth * 2 * n * kErrorPerHalfStep * u * peak;
        const auto nx = std::size_t(box.extent(0)), ny = std::size_t(box.extent(1));
        ASSERT_LE(error, allowed) << "component " << component << " at (" << m % nx << ", " << m / nx % ny
                                  << ", " << m / nx / ny << ") after " << n << " steps: found " << found[m]
                                  << ", the reference has " << expected[m] << "; the largest field is "
                                  << peak;
      }
    }
  }
  EXPECT_GT(peak, 0.1) << "nothing happened: the comparison says nothing";
  EXPECT_TRUE(solver->isFinite());
  RecordProperty("largest_error_in_u", std::to_string(firstError / u));
}

/// Parts of fields, as instruments read them and initial conditions set them.
class Boxes : public ::testing::TestWithParam<DeviceKind> {};

TEST_P(Boxes, AreReadAndWrittenWhereTheyAre) {
  if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  const fdtd::Setup setup = makeSetup(Dimensions::three, {37, 11, 9}, 1e-8, BoundaryKind::cpml);
  fdtd::Setup thin = setup;
  for (auto& axis : thin.boundaries)
    for (Boundary& face : axis) face.cpml.cells = 2;
  const auto solver = makeSolverOn(GetParam(), thin);
  fillWithNoise(*solver, 3);
  for (int component = 0; component < 6; ++component) {
    const std::vector<double> before = readAll(*solver, component);
    const IndexBox whole = wholeBox(thin.grid, component);
    const IndexBox box{{13, 2, 3}, {whole.upper[0] - 1, 7, 5}};
    const auto place = [&](const IndexBox& within, int i, int j, int k) {
      return (std::size_t(k - within.lower[2]) * std::size_t(within.extent(1)) +
              std::size_t(j - within.lower[1])) *
                 std::size_t(within.extent(0)) +
             std::size_t(i - within.lower[0]);
    };
    const auto isInside = [&](int i, int j, int k) {
      return i >= box.lower[0] && i < box.upper[0] && j >= box.lower[1] && j < box.upper[1] &&
             k >= box.lower[2] && k < box.upper[2];
    };
    // Reading a part gives that part, in single precision and double.
    std::vector<double> part(box.size());
    std::vector<float> single(box.size());
    solver->read(component, box, std::span<double>(part));
    solver->read(component, box, std::span<float>(single));
    for (int k = box.lower[2]; k < box.upper[2]; ++k)
      for (int j = box.lower[1]; j < box.upper[1]; ++j)
        for (int i = box.lower[0]; i < box.upper[0]; ++i) {
          ASSERT_EQ(part[place(box, i, j, k)], before[place(whole, i, j, k)]);
          ASSERT_EQ(single[place(box, i, j, k)], static_cast<float>(before[place(whole, i, j, k)]));
        }
    // Writing one changes that part and nothing else.
    for (std::size_t n = 0; n < part.size(); ++n) part[n] = static_cast<double>(n) + 2;
    solver->write(component, box, part);
    const std::vector<double> after = readAll(*solver, component);
    for (int k = 0; k < whole.upper[2]; ++k)
      for (int j = 0; j < whole.upper[1]; ++j)
        for (int i = 0; i < whole.upper[0]; ++i) {
          const double expected =
              isInside(i, j, k) ? part[place(box, i, j, k)] : before[place(whole, i, j, k)];
          ASSERT_EQ(after[place(whole, i, j, k)], expected)
              << "component " << component << " at " << i << ", " << j << ", " << k;
        }
  }
}

INSTANTIATE_TEST_SUITE_P(Fdtd, Boxes,
                         ::testing::Values(DeviceKind::reference, DeviceKind::cpu, DeviceKind::check,
                                           DeviceKind::cuda),
                         deviceTestName);

INSTANTIATE_TEST_SUITE_P(Fdtd, Agreement,
                         ::testing::Combine(::testing::Values(DeviceKind::cpu, DeviceKind::check,
                                                              DeviceKind::cuda),
                                            ::testing::ValuesIn(backendCases())),
                         [](const auto& one) {
                           return std::string(compute::deviceName(std::get<0>(one.param))) + "_" +
                                  std::get<1>(one.param).name;
                         });

}  // namespace
}  // namespace aula::test
