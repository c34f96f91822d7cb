// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "../anatomy_import/nifti_file.h"
#include "anatomy/kind/kinds.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "lab/session/checked_lab.h"

namespace aula::anatomy {
namespace {

using testing::HasSubstr;

class ScanLab : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("aula-scan-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    std::vector<float> values(24);
    std::iota(values.begin(), values.end(), 0.F);
    test::NiftiFile file;
    file.data = test::packed(values);
    std::ofstream(folder_ / "small.nii", std::ios::binary) << file.bytes();
    registry_.add(makeScanKind());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  lab::CheckedLab checked(const std::string& scene, const std::string& file = "small.nii",
                          const std::string& more = "") {
    std::ofstream(folder_ / "scan.lab.json")
        << R"({"aula": 1, "title": "T",
      "knobs": {"level": {"default": 10, "unit": "1", "range": [0, 20], "live": true},
                "window": {"default": 8, "unit": "1", "range": [1, 40], "live": true}},
      "simulation": {"kind": "scan", "file": ")"
        << file << R"("}, "scene": )" << scene << more << R"(, "run": {"duration": "0.5 s"}})";
    return lab::checkLab(lab::Lab::read(folder_ / "scan.lab.json"), registry_);
  }
  std::string problem(const std::string& scene, const std::string& file = "small.nii",
                      const std::string& more = "") {
    try {
      (void)checked(scene, file, more);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return error.what();
    }
    return "none";
  }
  static std::unique_ptr<lab::Simulation> build(const lab::CheckedLab& lab) {
    return lab.plan->build({compute::DeviceKind::cpu});
  }

  std::filesystem::path folder_;
  lab::Registry registry_;
};

template <class T>
const T* find(const scene::Frame& frame) {
  for (const scene::View& view : frame.views)
    if (const T* found = std::get_if<T>(&view)) return found;
  return nullptr;
}

TEST_F(ScanLab, WindowAndLevelAreTheColoursLimits) {
  const lab::CheckedLab lab =
      checked(R"({"level": "level", "window": "window", "surface": 12, "slices": true})");
  const auto simulation = build(lab);
  scene::Frame frame;
  simulation->publish(frame);
  const auto* volume = find<scene::VolumeView>(frame);
  ASSERT_NE(volume, nullptr);
  EXPECT_EQ(volume->lower, 6);
  EXPECT_EQ(volume->upper, 14);
  EXPECT_EQ(find<scene::IsoSurfaceView>(frame)->level, 12);
  EXPECT_EQ(frame.views.size(), 5U);
  EXPECT_TRUE(simulation->apply({0, "level", 15}));
  EXPECT_FALSE(simulation->apply({0, "nothing", 15}));
  scene::Frame later;
  simulation->publish(later);
  EXPECT_EQ(find<scene::VolumeView>(later)->upper, 19);
  EXPECT_EQ(find<scene::VolumeView>(later)->values, volume->values)
      << "the voxels are shared, not read again";
  EXPECT_EQ(lab.plan->estimate({}).steps, 30);
}

TEST_F(ScanLab, SlicesStandWhereTheyAreAskedFor) {
  const lab::CheckedLab lab = checked(R"({"volume": false, "slices": true, "slices_at": [0, 1, 0.5]})");
  scene::Frame frame;
  build(lab)->publish(frame);
  ASSERT_EQ(frame.views.size(), 3U);
  // 4 x 3 x 2 voxels, 2, 3, 4 mm apart, from (10, 20, 30) mm.
  const auto& sagittal = std::get<scene::SliceView>(frame.views[0]);
  EXPECT_NEAR(sagittal.corner.x, 0.010, 1e-12);
  EXPECT_NEAR(std::get<scene::SliceView>(frame.views[1]).corner.y, 0.026, 1e-12);
  EXPECT_NEAR(std::get<scene::SliceView>(frame.views[2]).corner.z, 0.032, 1e-12);
  EXPECT_NEAR(sagittal.u.y, 0.006, 1e-12);
  EXPECT_NEAR(sagittal.v.z, 0.004, 1e-12);
}

TEST_F(ScanLab, ACheckpointBringsTheKnobsBack) {
  const lab::CheckedLab lab = checked(R"({"level": "level", "window": "window"})");
  const auto first = build(lab);
  first->advance(7);
  ASSERT_TRUE(first->apply({7, "window", 30}));
  core::MemoryCheckpoint kept;
  core::CheckpointWriter writer(kept);
  first->save(writer);
  const auto second = build(lab);
  core::CheckpointReader reader(kept);
  second->load(reader);
  EXPECT_EQ(second->step(), 7);
  scene::Frame frame;
  second->publish(frame);
  EXPECT_EQ(find<scene::VolumeView>(frame)->upper - find<scene::VolumeView>(frame)->lower, 30);
}

TEST_F(ScanLab, WhatIsWrongIsToldWithItsPlace) {
  EXPECT_THAT(problem("{}", "none.nii"), HasSubstr("simulation.file: Cannot read the volume"));
  EXPECT_THAT(problem("{}", ""), HasSubstr("simulation.file"));
  EXPECT_THAT(problem("{}", "scan.lab.json"), HasSubstr("shorter than a NIfTI header"));
  EXPECT_THAT(problem(R"({"window": 0})"), HasSubstr("scene.window"));
  EXPECT_THAT(problem(R"({"level": "3 mm"})"), HasSubstr("scene.level"));
  EXPECT_THAT(problem(R"({"slices_at": [0, 2, 0]})"), HasSubstr("scene.slices_at"));
  EXPECT_THAT(problem(R"({"windwo": 3})"), HasSubstr("windwo"));
  EXPECT_THAT(problem(R"({"surface": "high"})"), HasSubstr("scene.surface"));
  EXPECT_THAT(problem(R"({"window": "level - 5"})"), HasSubstr("knobs.level.live: the lab does not hold"));
  EXPECT_THAT(problem("{}", "small.nii", R"(, "instruments": {"a": {"kind": "probe"}})"),
              HasSubstr("have no instruments"));
}

}  // namespace
}  // namespace aula::anatomy
