// SPDX-License-Identifier: Apache-2.0
// Volumes against the closed form of emission and absorption; no stored pictures.
#include <gtest/gtest.h>

#include <cmath>

#include "fields.h"
#include "render/colour/colour_map.h"

namespace aula::render {
namespace {

using core::Vec3;
constexpr int kSide = 200;
/// As in volume/transfer_function.cpp: absorption over the diagonal at full strength, falling with
/// strength^1.5; the shown colour begins at 0.3 of the map's arm.
constexpr double kAbsorption = 60;
/// What of the diagonal a ray along the side of a cube crosses.
const double kCrossed = 1 / std::sqrt(3.0);

/// Looking along x at a cube of one value; nothing but the cube and its edges in the picture.
PictureStyle alongX(double opacity) {
  PictureStyle style;
  style.camera.emplace().projection = Projection::orthographic;
  style.camera->azimuth = 0;
  style.camera->elevation = 0;
  style.opacity = opacity;
  style.showAxes = style.showColourBar = style.showTitle = style.showTime = false;
  // Light adds up linearly before the film: without it every pixel can be told in advance.
  style.light.toneMapping = ToneMapping::none;
  style.light.hasShadows = style.light.hasAmbientOcclusion = false;
  return style;
}

scene::VolumeView cube(double value) {
  auto view = sampled("f", {"f", ""}, {-1, -1, -1}, {1, 1, 1}, 8, 8, 8, [&](const Vec3&) { return value; });
  view.lower = -1;
  view.upper = 1;
  return view;
}

/// A place away from the edges and the middle.
constexpr int kX = 70, kY = 120;

class SpacePicture : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_TRUE(renderer.validationMessages().empty()) << renderer.validationMessages().front();
  }
  std::array<double, 3> pixel(const scene::Frame& frame, const PictureStyle& style) {
    const auto p = renderer.render(frame, style).at(kX, kY);
    return {p[0] / 255.0, p[1] / 255.0, p[2] / 255.0};
  }
  Renderer renderer{testOptions(kSide, kSide)};
};

Srgb shownColour(double value) {
  const double strength = std::abs(value);
  return ColourMap::named("tide").at(0.5 + 0.5 * std::copysign(0.3 + 0.7 * strength, value));
}

double linear(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double encoded(double v) {
  return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
/// What is seen through a fog of one colour of what lies behind it; encoded, as the colours are.
double mixed(double through, double fog, double behind) {
  return encoded((1 - through) * linear(fog) + through * linear(behind));
}

/// Rays stop when less than 0.004 shines through; encoding stretches dark tones up to five times here. Values
/// are kept in half precision (2^-11 of absorption 60, at most 0.01 of e^-1), and a byte rounds by half a
/// step, twice.
constexpr double kSlack = 5 * 0.004 + 2.0 / 255;

TEST_F(SpacePicture, ACubeOfOneValueAbsorbsExponentially) {
  for (const double value : {0.25, 0.5, 1.0, -0.5}) {
    for (const double opacity : {0.05, 0.1, 1.0}) {
      scene::Frame frame;
      frame.views.emplace_back(cube(value));
      const auto found = pixel(frame, alongX(opacity));
      const double through = std::exp(-kAbsorption * kCrossed * opacity * std::pow(std::abs(value), 1.5));
      for (std::size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(found[c], mixed(through, shownColour(value)[c], 1), kSlack) << value << " " << opacity;
      }
    }
  }
}

TEST_F(SpacePicture, WhatIsSolidEndsTheRay) {
  // A wall through the middle: before it lies half of the cube, behind it nothing shows.
  constexpr double kValue = 0.5, kOpacity = 0.1;
  scene::Frame clear, fog;
  clear.views.emplace_back(cube(0));
  clear.views.emplace_back(wall(0, 0.9));
  fog.views.emplace_back(cube(kValue));
  fog.views.emplace_back(wall(0, 0.9));
  const auto bare = pixel(clear, alongX(kOpacity)), found = pixel(fog, alongX(kOpacity));
  const double through = std::exp(-0.5 * kAbsorption * kCrossed * kOpacity * std::pow(kValue, 1.5));
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_LT(bare[c], 0.95) << "the wall must be seen";
    EXPECT_NEAR(found[c], mixed(through, shownColour(kValue)[c], bare[c]), kSlack);
  }
}

TEST_F(SpacePicture, TheEighthCutAwayIsEmpty) {
  // From (1, 1, 1) towards the middle the nearest eighth is missing; along x a ray through it crosses half
  // the cube.
  PictureStyle style = alongX(0.1);
  style.camera->elevation =
      1e-3;  // A hair up and aside, so that the nearest eighth is that of high y and high z.
  style.camera->azimuth = 1e-3;
  style.isCutAway = true;
  scene::Frame frame;
  frame.views.emplace_back(cube(0.5));
  const Image image = renderer.render(frame, style);
  const double whole = std::exp(-kAbsorption * kCrossed * 0.1 * std::pow(0.5, 1.5)), half = std::sqrt(whole);
  const double green = shownColour(0.5)[1];
  // Seen from +x with z up, +y points to the right: high y, high z is the upper right quarter.
  EXPECT_NEAR(image.at(140, 60)[1] / 255.0, mixed(half, green, 1), kSlack);
  EXPECT_NEAR(image.at(60, 60)[1] / 255.0, mixed(whole, green, 1), kSlack);
  EXPECT_NEAR(image.at(60, 140)[1] / 255.0, mixed(whole, green, 1), kSlack);
}

TEST_F(SpacePicture, MoreNodesOfTheSameFieldMakeTheSamePicture) {
  // Up to the steps' own rounding.
  const auto field = [](const Vec3& p) { return 0.5 + 0.3 * p.x; };
  const auto view = [&](int nx) {
    auto v = sampled("f", {"f", ""}, {-1, -1, -1}, {1, 1, 1}, nx, 4, 4, field);
    v.lower = -1;
    v.upper = 1;
    return v;
  };
  scene::Frame coarse, fine;
  coarse.views.emplace_back(view(64));
  fine.views.emplace_back(view(300));
  const auto a = pixel(coarse, alongX(0.1)), b = pixel(fine, alongX(0.1));
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(a[c], b[c], kSlack);
}

TEST_F(SpacePicture, NearSolidsHideFarOnes) {
  // Two walls of different colours, given far one last.
  scene::Frame frame;
  scene::MeshView front = wall(0.5, 0.9), back = wall(-0.5, 0.9);
  front.material.baseColour = {0.9F, 0.05F, 0.05F};
  back.material.baseColour = {0.05F, 0.05F, 0.9F};
  frame.views.emplace_back(front);
  frame.views.emplace_back(back);
  const auto seen = pixel(frame, alongX(1));
  EXPECT_GT(seen[0], 0.5);
  EXPECT_LT(seen[2], 0.5);
}

TEST_F(SpacePicture, TransparentSolidsLetThrough) {
  scene::Frame frame;
  scene::MeshView front = wall(0.5, 0.9), back = wall(-0.5, 0.9);
  front.material.opacity = 0.5F;
  front.material.baseColour = {0.7F, 0, 0};
  back.material.baseColour = {0, 0, 0.7F};
  // The background is white, so what neither wall has, green, tells that walls are there at all; red comes
  // from the near one alone, and more blue than it would show as a solid shines through from the far one.
  scene::Frame solid, alone;
  scene::MeshView opaque = front;
  opaque.material.opacity = 1;
  solid.views = {opaque, back};
  alone.views = {back};
  frame.views = {front, back};
  const auto seen = pixel(frame, alongX(1)), hidden = pixel(solid, alongX(1)),
             behind = pixel(alone, alongX(1));
  EXPECT_LT(seen[1], 0.6);
  EXPECT_GT(seen[0], behind[0] + 0.1);
  EXPECT_GT(seen[2], hidden[2] + 0.1);
}

}  // namespace
}  // namespace aula::render
