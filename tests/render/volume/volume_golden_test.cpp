// SPDX-License-Identifier: Apache-2.0
// What volumes, slices and surfaces of equal value look like. Tolerances as in golden_test.cpp: other
// versions of the software device move colours by a step or two and single pixels of edges by more.
#include <cmath>

#include "../golden.h"
#include "drawn.h"

namespace aula::render {
namespace {

constexpr GoldenTolerance kSpace{72, 0.5};

using core::Vec3;

/// Something like a skull with a brain in it: shells of different density around the middle.
double head(const Vec3& p) {
  const double r = std::hypot(p.x / 0.75, p.y / 0.9, (p.z - 0.05 * std::cos(5 * p.y)) / 0.85);
  const double shell = std::exp(-std::pow((r - 0.85) / 0.05, 2));
  const double folds = 0.06 * std::sin(14 * p.x) * std::sin(13 * p.y) * std::sin(12 * p.z);
  const double inside = 0.45 / (1 + std::exp((r + folds - 0.66) / 0.02));
  return shell + inside;
}

class VolumeGolden : public DrawnScene {};

TEST_F(VolumeGolden, TissueLitByItsGradientCutOpen) {
  auto view = sampled("head", {"Density", ""}, {-1, -1, -1}, {1, 1, 1}, 64, 64, 64, head);
  view.scale = scene::ColourScale::sequential;
  view.lower = 0;
  view.upper = 1.1;
  view.shading = scene::VolumeShading::surface;
  view.opacity = {{0.25, 0}, {0.35, 0.35F}, {0.55, 0.3F}, {0.6, 0.02F}, {0.75, 0.25F}, {0.9, 0.6F}};
  scene::Frame frame;
  frame.views.emplace_back(view);
  frame.clips = {{{-0.5, 0.8660254, 0}, -0.15}};
  SceneRenderer wide(gpu, {320, 240, UpscaleMode::native, Antialiasing::none});
  EXPECT_TRUE(matchesGolden("volume-tissue", wide.still(frame, cameraFor(frame, -50, 25), {}, 8), kSpace));
}

TEST_F(VolumeGolden, AFieldAsFogWithASliceAndAnObject) {
  scene::Frame frame;
  auto view = sampled("Ez", {"Electric field, z", "V/m"}, {-1, -1, -1}, {1, 1, 1}, 48, 48, 48, dipoleField);
  frame.views.emplace_back(view);
  scene::SliceView slice;
  slice.name = "cut";
  slice.volume = view;
  slice.corner = {-1, -1, -1};
  slice.u = {2, 2, 0};
  slice.v = {0, 0, 2};
  frame.views.emplace_back(slice);
  scene::MeshView ball = sphere({0.5, -0.5, 0.3}, 0.2, 1);
  ball.name = "ball";
  frame.views.emplace_back(ball);
  SceneStyle style;
  style.background = {1, 1, 1};
  SceneRenderer wide(gpu, {320, 240, UpscaleMode::native, Antialiasing::none});
  EXPECT_TRUE(
      matchesGolden("volume-field-slice", wide.still(frame, cameraFor(frame, -60, 25), style, 8), kSpace));
}

}  // namespace
}  // namespace aula::render
