// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>

#include "desktop/scene/colour_image.h"
#include "desktop/scene/plane.h"
#include "desktop/ui/icons.h"
#include "desktop/ui/raster.h"
#include "desktop/ui/style.h"

namespace {

using namespace aula;

const render::ColourMap& grey() {
  return render::ColourMap::named("graphite");
}

int byteOf(double position) {
  return static_cast<int>(std::lround(255.0 * double(grey().at(position)[0])));
}

TEST(DesktopColourImage, InterpolatesBetweenNodesAndLeavesTheOutsideEmpty) {
  const std::vector<float> values{0, 1, 0, 1};
  const desktop::Lattice lattice{2, 2, 0, 1, 0, 1, values.data()};
  const auto image = desktop::colourImage(lattice, {-0.5, 1.5, 0, 1}, 8, 1, grey(), {0, 1});
  // Pixel centres lie at -0.375, -0.125, 0.125 ... 1.375. A map of 1025 entries: half a byte either way.
  EXPECT_EQ(image.at(0, 0)[3], 0);
  EXPECT_EQ(image.at(7, 0)[3], 0);
  for (int i = 2; i < 6; ++i) EXPECT_NEAR(image.at(i, 0)[0], byteOf(-0.5 + 0.25 * (i + 0.5)), 1) << i;
}

TEST(DesktopColourImage, TakesTheMeanWhereNodesAreFiner) {
  std::vector<float> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 ? 1.0F : 0.0F;
  const desktop::Lattice lattice{1000, 1, 0, 1, 0, 1, values.data()};
  const auto image = desktop::colourImage(lattice, {0, 1, 0, 1}, 10, 1, grey(), {0, 1});
  // 100 nodes a pixel, half of them 1: what a node more or less weighs is a hundredth.
  for (int i = 0; i < 10; ++i) EXPECT_NEAR(image.at(i, 0)[0], byteOf(0.5), 3);
}

TEST(DesktopColourImage, WhatIsNotANumberIsGreyAndUpIsUp) {
  // The first row lies at the bottom. A value that is missing reaches as far as the nodes beside it.
  const std::vector<float> values{0, 0, NAN, 1, 1, 1};
  const desktop::Lattice lattice{3, 2, 0, 2, 0, 1, values.data()};
  const auto image = desktop::colourImage(lattice, {0, 2, 0, 1}, 4, 64, grey(), {0, 1});
  EXPECT_EQ(image.at(3, 63)[0], 128);
  EXPECT_GT(image.at(0, 0)[0], image.at(0, 63)[0]);
  EXPECT_NEAR(desktop::valueAt(lattice, 0, 0.5), 0.5, 1e-6);
  EXPECT_TRUE(std::isnan(desktop::valueAt(lattice, 2, 0.5)));
}

TEST(DesktopPlane, ThinAxisIsLookedAlong) {
  scene::VolumeView view;
  view.nx = 4;
  view.nz = 3;
  view.spacing = {1, 2, 3};
  view.values = std::make_shared<const std::vector<float>>(12, 1.0F);
  const desktop::Plane plane = desktop::planeFrom(view);
  EXPECT_EQ(plane.normal, 1);
  EXPECT_EQ(plane.horizontal, 0);
  EXPECT_EQ(plane.vertical, 2);
  EXPECT_EQ(plane.lattice.right, 3);
  EXPECT_EQ(plane.lattice.top, 6);
}

TEST(DesktopRaster, TrianglesThatShareAnEdgeCoverEveryPixelOnce) {
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // Else a layout is left where the test runs.
  ImGui::GetIO().DisplaySize = {40, 30};
  ImGui::GetIO().Fonts->Build();
  ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(std::uintptr_t{1}));
  ImGui::NewFrame();
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  list.Flags = ImDrawListFlags_None;  // No soft edges.
  list.AddRectFilled({10, 5}, {30, 25}, IM_COL32(255, 255, 255, 128));
  ImGui::Render();
  render::Image white{1, 1, {255, 255, 255, 255}};
  const auto image = desktop::rasterise(
      *ImGui::GetDrawData(), [&](std::uint64_t) { return &white; }, IM_COL32_BLACK);
  ImGui::DestroyContext(context);
  ASSERT_EQ(image.width, 40);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) {
      const bool isInside = x >= 10 && x < 30 && y >= 5 && y < 25;
      // Drawn twice a pixel on the diagonal would have 192.
      EXPECT_EQ(image.at(x, y)[0], isInside ? 128 : 0) << x << ", " << y;
    }
}

/// Relative luminance and contrast (WCAG 2.1).
double contrast(ImU32 a, ImU32 b) {
  const auto luminance = [](ImU32 colour) {
    const auto linear = [](ImU32 byte) {
      const double v = double(byte & 255) / 255;
      return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour >> 16);
  };
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(DesktopTheme, TextKeepsItsContrast) {
  for (const desktop::ThemeName name :
       {desktop::ThemeName::light, desktop::ThemeName::dark, desktop::ThemeName::highContrast}) {
    const desktop::Palette& p = desktop::paletteOf(name);
    const double least = name == desktop::ThemeName::highContrast ? 7 : 4.5;
    for (const ImU32 ground : {p.panel, p.window, p.raised, p.sceneGround}) {
      EXPECT_GE(contrast(p.text, ground), least);
      EXPECT_GE(contrast(p.faint, ground), least);
      EXPECT_GE(contrast(p.accent, ground), least);
    }
    EXPECT_GE(contrast(p.onAccent, p.accent), least);
    EXPECT_GE(contrast(p.good, p.goodSoft), least);
    EXPECT_GE(contrast(p.bad, p.badSoft), least);
    EXPECT_GE(contrast(p.warn, p.panel), least);
    EXPECT_GE(contrast(p.text, p.accentSoft), least);
    // Lines are graphics: 3 is enough (1.4.11).
    for (const ImU32 curve : p.curves) EXPECT_GE(contrast(curve, p.panel), 3);
  }
}

}  // namespace
