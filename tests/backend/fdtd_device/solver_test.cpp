// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "backend/fdtd_device/cases.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "support/device_list.h"

namespace aula::fdtd::testing {
namespace {

using compute::DeviceKind;
using ::testing::HasSubstr;

class DeviceSolver : public ::testing::TestWithParam<DeviceKind> {
 protected:
  void SetUp() override {
    if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  }
  [[nodiscard]] std::unique_ptr<Solver> make(const fdtd::Setup& setup) const {
    return makeSolver(setup, makeMedium(setup), {GetParam(), 1});
  }
};

std::vector<float> allFields(const Solver& solver) {
  std::vector<float> all;
  for (int c = 0; c < 6; ++c) {
    if (!solver.grid().computes(c)) continue;
    std::vector<float> values(wholeBox(solver.grid(), c).size());
    solver.read(c, wholeBox(solver.grid(), c), std::span<float>(values));
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

/// Everything at once: layers, all kinds of materials, sources.
Setup fullSetup() {
  for (const Case& c : deviceCases())
    if (c.name == "materials cpml") {
      Setup setup = c.setup;
      PointDipole dipole;
      dipole.position = {17e-3, 13e-3, 10e-3};
      dipole.waveform.kind = Waveform::Kind::continuous;
      dipole.waveform.frequency = 1e10;
      setup.sources.push_back(dipole);
      return setup;
    }
  throw core::Error("the case is gone");
}

TEST_P(DeviceSolver, GivesTheSameBitsHoweverStepsAreGrouped) {
  const fdtd::Setup setup = fullSetup();
  const auto once = make(setup), often = make(setup);
  writeRandomFields(*once);
  writeRandomFields(*often);
  once->advance(75);
  for (const int steps : {1, 2, 31, 32, 9}) often->advance(steps);
  EXPECT_EQ(allFields(*once), allFields(*often));
}

/// Saved after an odd number of steps: the check device then runs each kernel's blocks and threads in the
/// other order than in the unbroken run, so that equal bits also show that the order does not matter.
TEST_P(DeviceSolver, GoesOnFromACheckpointWithTheSameBits) {
  const fdtd::Setup setup = fullSetup();
  const auto file =
      std::filesystem::temp_directory_path() / ("aula-device-solver-" + std::to_string(getpid()));
  const auto unbroken = make(setup);
  writeRandomFields(*unbroken);
  unbroken->advance(13);
  {
    core::CheckpointWriter writer(file);
    unbroken->save(writer);
    writer.commit();
  }
  unbroken->advance(40);
  const auto resumed = make(setup);
  core::CheckpointReader reader(file);
  resumed->load(reader);
  EXPECT_EQ(resumed->step(), 13);
  resumed->advance(40);
  EXPECT_EQ(resumed->step(), unbroken->step());
  EXPECT_EQ(allFields(*resumed), allFields(*unbroken));
  std::filesystem::remove(file);
}

TEST_P(DeviceSolver, ReadsWhatWasWrittenAlsoInClosingFaces) {
  // Sizes off the padding of rows; a box in the middle and the whole grid.
  const fdtd::Setup setup = emptySetup(33, 9, 5, BoundaryKind::pec);
  const auto solver = make(setup);
  writeRandomFields(*solver);
  std::vector<double> all(wholeBox(setup.grid, kHx).size());
  solver->read(kHx, wholeBox(setup.grid, kHx), std::span<double>(all));
  EXPECT_EQ(setup.grid.count(kHx, 0), 34);
  for (const double value : all) EXPECT_NE(value, 0);  // H normal to a wall too, at both of its ends.

  std::vector<double> wall(wholeBox(setup.grid, kEy).size());
  solver->read(kEy, wholeBox(setup.grid, kEy), std::span<double>(wall));
  std::size_t n = 0;
  for (int k = 0; k <= 5; ++k)
    for (int j = 0; j < 9; ++j)
      for (int i = 0; i <= 33; ++i, ++n)
        EXPECT_EQ(wall[n] == 0, i == 0 || i == 33 || k == 0 || k == 5) << i << " " << j << " " << k;

  const IndexBox box{{30, 2, 1}, {34, 7, 4}};
  std::vector<double> part(box.size());
  solver->read(kHx, box, std::span<double>(part));
  for (int k = 1; k < 4; ++k)
    for (int j = 2; j < 7; ++j)
      for (int i = 30; i < 34; ++i)
        EXPECT_EQ(part[std::size_t(((k - 1) * 5 + j - 2) * 4 + i - 30)],
                  all[std::size_t((k * 9 + j) * 34 + i)]);
}

TEST_P(DeviceSolver, TellsAValueThatIsNotFinite) {
  const auto solver = make(emptySetup(20, 10, 10, BoundaryKind::cpml));
  EXPECT_TRUE(solver->isFinite());
  solver->write(kHz, IndexBox{{19, 9, 9}, {20, 10, 10}},
                std::vector<double>{std::numeric_limits<double>::infinity()});
  EXPECT_FALSE(solver->isFinite());
}

TEST_P(DeviceSolver, TakesNoMoreMemoryThanEstimated) {
  for (const Case& c : deviceCases()) {
    const auto solver = make(c.setup);
    // The lists of sources and couplings are surfaces and may exceed the estimate's slack only on toy grids.
    EXPECT_LE(solver->bytes(), estimateSolverBytes(c.setup, GetParam())) << c.name;
    EXPECT_FALSE(solver->description().empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Backend, DeviceSolver, ::testing::Values(DeviceKind::check, DeviceKind::cuda),
                         [](const auto& parameter) { return std::string(deviceName(parameter.param)); });

TEST(SolverMemory, OfCpuAndReferenceIsEstimatedFromAbove) {
  for (const DeviceKind kind : {DeviceKind::reference, DeviceKind::cpu})
    for (const Case& c : deviceCases()) {
      if (c.setup.grid.cellCount() < 10000) continue;  // Margins and padding are most of a small grid.
      const auto solver = makeSolver(c.setup, makeMedium(c.setup), {kind, 1});
      const double estimate = estimateSolverBytes(c.setup, kind);
      EXPECT_LE(solver->bytes(), estimate) << compute::deviceName(kind) << " " << c.name;
      // What objects take is bounded by the boxes around them; without objects the estimate must be close.
      if (c.setup.objects.empty()) {
        EXPECT_GE(solver->bytes(), estimate / 2) << compute::deviceName(kind) << " " << c.name;
      }
    }
}

TEST(DeviceMemory, AThousandCubedFitsALargeCard) {
  // 12 floats a cell, rows of 1024 padded by nothing, layers: about 51.5 + 1.5 GB.
  fdtd::Setup setup = emptySetup(1024, 1024, 1024, BoundaryKind::cpml);
  for (auto& faces : setup.boundaries)
    for (Boundary& face : faces) face.cpml.cells = 10;
  const double bytes = estimateSolverBytes(setup, DeviceKind::cuda);
  EXPECT_GT(bytes, 48.0 * (1 << 30));
  EXPECT_LT(bytes, 50.5 * (1 << 30));
}

TEST(DeviceMemory, AGridThatDoesNotFitIsRefusedBeforeAnythingIsAllocated) {
  const fdtd::Setup setup = emptySetup(20000, 20000, 20000, BoundaryKind::pec);
  const Medium nothing;
  try {
    static_cast<void>(makeCheckSolver(setup, nothing));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_THAT(error.what(), HasSubstr("a grid of 20000 x 20000 x 20000 cells needs up to"));
    EXPECT_THAT(error.what(), HasSubstr("use fewer cells, or --device cpu"));
  }
}

TEST(DeviceMemory, WithoutAGpuCudaNamesTheReason) {
  if (aula::testing::cudaMissing().empty()) GTEST_SKIP() << "there is a CUDA device";
  const fdtd::Setup setup = emptySetup(8, 8, 8, BoundaryKind::pec);
  try {
    static_cast<void>(makeCudaSolver(setup, makeMedium(setup)));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_THAT(error.what(), HasSubstr("CUDA"));
  }
}

}  // namespace
}  // namespace aula::fdtd::testing
