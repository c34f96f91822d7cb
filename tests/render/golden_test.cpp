// SPDX-License-Identifier: Apache-2.0
// Whole pictures against stored ones, drawn in software. They were stored on Mesa 22.3 with 256-bit vectors;
// other versions and widths round interpolated numbers differently. What that may do, per channel of 255
// steps:
//  - inside of surfaces, colours move by a step or two;
//  - at the edge of a line or letter coverage is computed from interpolated pixels: a few steps;
//  - at the edge of a mesh one of four samples may fall to the other side: a quarter of the range, 64 steps,
//  at single
//    pixels.
// Hence a mean that only a real change exceeds, and a maximum that lost text, lines or colours exceed by far.
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "fields.h"
#include "golden.h"

namespace aula::render {
namespace {

constexpr GoldenTolerance kFlat{32, 0.25};
constexpr GoldenTolerance kSpace{72, 0.5};

Image drawn(const scene::Frame& frame, const PictureStyle& style, int width, int height) {
  Renderer renderer(testOptions(width, height));
  Image image = renderer.render(frame, style);
  EXPECT_TRUE(renderer.validationMessages().empty()) << renderer.validationMessages().front();
  return image;
}

TEST(Golden, SlitLight) {
  scene::Frame frame = doubleSlit(300, 180);
  scene::LinesView circle;
  circle.isDashed = true;
  circle.polylines.emplace_back();
  for (int i = 0; i <= 96; ++i) {
    const double angle = i * std::numbers::pi / 48;
    circle.polylines[0].push_back({14e-6 + 2e-6 * std::cos(angle), 2e-6 * std::sin(angle), 0});
  }
  frame.views.emplace_back(circle);
  frame.views.emplace_back(scene::LabelView{"detector 探测器", {14e-6, 0, 0}});
  EXPECT_TRUE(matchesGolden("slit-light", drawn(frame, {}, 480, 300), kFlat));
}

TEST(Golden, SlitDarkSmallChinese) {
  scene::Frame frame = doubleSlit(300, 180);
  frame.title = "双缝干涉实验：单色光通过两条狭缝之后，在远处屏幕上形成明暗相间的条纹，间距与波长成正比";
  std::get<scene::VolumeView>(frame.views[0]).quantity.name = "电场强度 z 分量";
  PictureStyle style;
  style.background = Background::dark;
  EXPECT_TRUE(matchesGolden("slit-dark-chinese", drawn(frame, style, 320, 240), kFlat));
}

TEST(Golden, Intensity) {
  scene::Frame frame = doubleSlit(300, 180);
  auto& view = std::get<scene::VolumeView>(frame.views[0]);
  auto squares = std::make_shared<std::vector<float>>(*view.values);
  for (float& v : *squares) v *= v;
  view.values = squares;
  view.scale = scene::ColourScale::sequential;
  view.quantity = {"Squared field", "V^2/m^2"};
  EXPECT_TRUE(matchesGolden("intensity", drawn(frame, {}, 400, 360), kFlat));
}

TEST(Golden, DipoleVolume) {
  scene::Frame frame;
  frame.title = "Dipole radiation";
  frame.time = 5.2e-9;
  frame.views.emplace_back(
      sampled("Ez", {"Electric field, z", "V/m"}, {-1, -1, -1}, {1, 1, 1}, 40, 40, 40, dipoleField));
  PictureStyle style;
  style.isCutAway = true;
  EXPECT_TRUE(matchesGolden("dipole-volume", drawn(frame, style, 400, 300), kSpace));
}

TEST(Golden, DipolePlanesAndObjects) {
  scene::Frame frame;
  frame.title = "Three slices";
  const scene::Quantity quantity{"Electric field, z", "V/m"};
  frame.views.emplace_back(sampled("xy", quantity, {-1, -1, 0}, {1, 1, 0}, 60, 60, 1, dipoleField));
  frame.views.emplace_back(sampled("xz", quantity, {-1, 0, -1}, {1, 0, 1}, 60, 1, 60, dipoleField));
  frame.views.emplace_back(sampled("yz", quantity, {0, -1, -1}, {0, 1, 1}, 1, 60, 60, dipoleField));
  frame.views.emplace_back(sphere({0.6, -0.6, 0.4}, 0.25, 1));
  frame.views.emplace_back(sphere({0.6, -0.6, -0.5}, 0.25, 0.5));
  scene::LinesView arrow;
  arrow.polylines = {{{0, 0, -0.6}, {0, 0, 1}}};
  frame.views.emplace_back(arrow);
  PictureStyle style;
  style.kind = PictureKind::space;
  style.background = Background::dark;
  style.camera.emplace().projection = Projection::orthographic;
  EXPECT_TRUE(matchesGolden("dipole-planes", drawn(frame, style, 400, 300), kSpace));
}

TEST(Golden, SpaceLabelsWithLeadersAndARuler) {
  // Type as distance fields, Latin and Chinese, over bright and dark; leaders that keep out of each other's
  // way.
  scene::Frame frame;
  frame.title = "Arm, seen from the front";
  const char* names[] = {"humerus", "ulna 尺骨", "radius 桡骨", "biceps brachii", "olecranon"};
  for (int i = 0; i < 5; ++i) {
    const double angle = 1.2 * i;
    const core::Vec3 middle{0.35 * std::cos(angle), 0.25 * std::sin(angle), 0.25 * i - 0.5};
    scene::MeshView bone = sphere(middle, 0.2, 1);
    bone.name = names[i];
    bone.material.baseColour = {0.75F, 0.7F, 0.55F - 0.1F * static_cast<float>(i)};
    frame.views.emplace_back(bone);
    frame.views.emplace_back(scene::LabelView{names[i], middle, true, i});
  }
  frame.views.emplace_back(scene::RulerView{"length", {-0.6, -0.5, -0.7}, {-0.6, -0.5, 0.65}});
  PictureStyle style;
  style.kind = PictureKind::space;
  EXPECT_TRUE(matchesGolden("space-labels", drawn(frame, style, 480, 360), kSpace));
}

TEST(Golden, ADifferenceIsFound) {
  if (std::getenv("AULA_UPDATE_GOLDEN") != nullptr) GTEST_SKIP() << "stored pictures are being replaced";
  EXPECT_FALSE(matchesGolden("slit-light", drawn(doubleSlit(60, 36), {}, 640, 480), kFlat)) << "another size";
  EXPECT_FALSE(matchesGolden("slit-light", drawn(doubleSlit(300, 180), {}, 480, 300), kFlat))
      << "no detector in it";
}

}  // namespace
}  // namespace aula::render
