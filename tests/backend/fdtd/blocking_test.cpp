// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>

#include "backend/fdtd/cases.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "fdtd/cpu/cpu_solver.h"
#include "support/fdtd.h"
#include "support/scratch_folder.h"

/// What may change the CPU solver's speed must not change its answer: temporal blocking, threads, the
/// grouping of steps, a checkpoint in between and (where products are fused alike) the instruction set give
/// identical bits.
namespace aula::test {
namespace {

using namespace fdtd;

constexpr int kSteps = 23;

std::vector<std::uint32_t> bitsOf(const Solver& solver) {
  std::vector<std::uint32_t> bits;
  for (int component = 0; component < 6; ++component) {
    if (!solver.grid().computes(component)) continue;
    const IndexBox box = wholeBox(solver.grid(), component);
    std::vector<float> values(box.size());
    solver.read(component, box, std::span<float>(values));
    for (const float value : values) bits.push_back(std::bit_cast<std::uint32_t>(value));
  }
  return bits;
}

/// The first place where two records of bits differ, or -1.
std::ptrdiff_t firstDifference(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.size() != b.size()) return 0;
  for (std::size_t n = 0; n < a.size(); ++n)
    if (a[n] != b[n]) return static_cast<std::ptrdiff_t>(n);
  return -1;
}

bool isSupported(const char* instructionSet) {
  try {
    static_cast<void>(cpu::chooseKernels(instructionSet));
    return true;
  } catch (const core::Error&) {
    return false;
  }
}

class Blocking : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override { medium_ = makeMedium(GetParam().setup); }
  std::unique_ptr<Solver> make(const Tuning& tuning) const {
    auto solver = makeCpuSolver(GetParam().setup, medium_, tuning);
    fillWithNoise(*solver, 11);
    return solver;
  }
  Medium medium_;
};

TEST_P(Blocking, ChangesNoBit) {
  const auto plain = make({.threads = 1, .stepsPerSweep = 1});
  for (int n = 0; n < kSteps; ++n) plain->advance(1);
  const auto expected = bitsOf(*plain);

  for (const int stepsPerSweep : {1, 2, 3, 5, 8, 0})
    for (const int threads : {1, 2, 3}) {
      const auto solver = make({.threads = threads, .stepsPerSweep = stepsPerSweep});
      solver->advance(kSteps);
      EXPECT_EQ(firstDifference(bitsOf(*solver), expected), -1) << solver->description();
    }
  const auto grouped = make({.threads = 2, .stepsPerSweep = 4});
  for (const int steps : {1, 7, 2, 0, 13}) grouped->advance(steps);
  EXPECT_EQ(grouped->step(), kSteps);
  EXPECT_EQ(firstDifference(bitsOf(*grouped), expected), -1) << "steps in groups of 1, 7, 2, 0, 13";
}

TEST_P(Blocking, InstructionSetsThatFuseAlikeAgree) {
  if (!isSupported("avx2") || !isSupported("avx512"))
    GTEST_SKIP() << "this processor has not both AVX2 and AVX-512";
  const auto wide = make({.threads = 1, .stepsPerSweep = 0, .instructionSet = "avx512"});
  const auto narrow = make({.threads = 1, .stepsPerSweep = 0, .instructionSet = "avx2"});
  wide->advance(kSteps);
  narrow->advance(kSteps);
  EXPECT_EQ(firstDifference(bitsOf(*wide), bitsOf(*narrow)), -1);
}

TEST_P(Blocking, BaselineAgreesToRounding) {
  // Twice the rounding of a fused product: the bound of agreement_test.cpp with 64 + 64 units for the two
  // solvers together.
  const auto best = make({.threads = 1, .stepsPerSweep = 0});
  const auto baseline = make({.threads = 1, .stepsPerSweep = 0, .instructionSet = "baseline"});
  double peak = 0;
  for (int n = 1; n <= 8; ++n) {
    best->advance(1);
    baseline->advance(1);
    peak = std::max({peak, largest(*best, kEx), largest(*best, kHx)});
  }
  const double allowed = 4.4 * 2 * 8 * 128 * std::ldexp(peak, -24);
  for (int component = 0; component < 6; ++component) {
    if (!GetParam().setup.grid.computes(component)) continue;
    const auto a = readAll(*best, component), b = readAll(*baseline, component);
    for (std::size_t n = 0; n < a.size(); ++n) ASSERT_NEAR(a[n], b[n], allowed) << "component " << component;
  }
}

TEST_P(Blocking, ACheckpointChangesNoBit) {
  const ScratchFolder folder;
  const auto unbroken = make({.threads = 2, .stepsPerSweep = 0});
  unbroken->advance(9);
  {
    core::CheckpointWriter writer(folder.path() / "fdtd.checkpoint");
    unbroken->save(writer);
    writer.commit();
  }
  unbroken->advance(kSteps - 9);

  const auto resumed = makeCpuSolver(GetParam().setup, medium_, {.threads = 1, .stepsPerSweep = 3});
  core::CheckpointReader reader(folder.path() / "fdtd.checkpoint");
  resumed->load(reader);
  EXPECT_EQ(resumed->step(), 9);
  resumed->advance(kSteps - 9);
  EXPECT_EQ(firstDifference(bitsOf(*resumed), bitsOf(*unbroken)), -1);
}

INSTANTIATE_TEST_SUITE_P(Fdtd, Blocking, ::testing::ValuesIn(backendCases()),
                         [](const auto& one) { return one.param.name; });

TEST(CpuSolver, SeesWhatIsNotFinite) {
  const fdtd::Setup setup = makeSetup(Dimensions::three, {20, 7, 5}, 1e-8, BoundaryKind::pec);
  const auto solver = makeCpuSolver(setup, makeMedium(setup), {.threads = 2});
  EXPECT_TRUE(solver->isFinite());
  for (const double bad :
       {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    solver->write(kEy, {{3, 2, 2}, {4, 3, 3}}, std::vector<double>{bad});
    EXPECT_FALSE(solver->isFinite());
    solver->write(kEy, {{3, 2, 2}, {4, 3, 3}}, std::vector<double>{0});
    EXPECT_TRUE(solver->isFinite());
  }
}

TEST(CpuSolver, TheEstimateCoversWhatIsHeld) {
  // The estimate knows the setup alone: that some rows are uniform, or some cells without poles, it cannot
  // know. Memory comes in pages of 2 MiB, at most one more for each of about sixteen blocks.
  for (const char* filling : {"nothing", "glass", "metal"}) {
    fdtd::Setup setup = makeSetup(Dimensions::three, {100, 90, 80}, 1e-8, BoundaryKind::cpml);
    if (std::string(filling) != "nothing") {
      Material material;
      material.permittivity = 2.25;
      if (std::string(filling) == "metal") material.poles.push_back({Pole::Kind::drude, 0, 1e16, 1e14, 0});
      setup.materials.push_back(material);
      Object object;
      object.shape = BoxShape{{0.7e-6, 0, 0}, {1e-6, 1, 1}};
      object.material = 1;
      setup.objects.push_back(object);
    }
    const auto solver = makeCpuSolver(setup, makeMedium(setup), {.threads = 2});
    const double estimate = estimateSolverBytes(setup, compute::DeviceKind::cpu);
    EXPECT_LE(solver->bytes(), estimate + 16 * double(2 << 20)) << filling;
    EXPECT_GE(solver->bytes(), 0.4 * estimate) << filling;
  }
}

TEST(CpuSolver, RefusesAnUnknownInstructionSet) {
  try {
    static_cast<void>(cpu::chooseKernels("sse9"));
    FAIL() << "accepted";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "instruction set \"sse9\" is not known; use avx512, avx2 or baseline");
    EXPECT_EQ(error.exitCode(), 2);
  }
}

TEST(CpuSolver, LeavesTheCallersRoundingModeAlone) {
  const fdtd::Setup setup = makeSetup(Dimensions::three, {20, 7, 5}, 1e-8, BoundaryKind::pec);
  const auto solver = makeCpuSolver(setup, makeMedium(setup), {.threads = 1});
  solver->advance(3);
  volatile float tiny = std::numeric_limits<float>::min();
  EXPECT_GT(tiny / 4, 0.0F) << "denormal numbers are flushed in the caller's thread";
}

}  // namespace
}  // namespace aula::test
