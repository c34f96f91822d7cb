// SPDX-License-Identifier: Apache-2.0
// What the window's painter does on a real device: skipped where there is none.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "core/error.h"
#include "desktop/scene/scene_painter.h"
#include "render/gpu.h"
#include "scene/camera/viewpoints.h"
#include "scene/view/bounds.h"

namespace {

using namespace aula;

class DesktopPainter : public testing::Test {
 protected:
  void SetUp() override {
    try {
      (void)render::Gpu::make();
    } catch (const core::Error& error) {
      GTEST_SKIP() << error.what();
    }
  }
  /// A ball of fog.
  static desktop::SceneRequest request() {
    scene::VolumeView view;
    view.name = "ball";
    view.nx = view.ny = view.nz = 16;
    view.spacing = {0.1, 0.1, 0.1};
    view.quantity = {"Field", "V/m"};
    auto values = std::make_shared<std::vector<float>>();
    for (int i = 0; i < 16 * 16 * 16; ++i) {
      const double x = i % 16 - 7.5, y = i / 16 % 16 - 7.5, z = i / 256 - 7.5;
      values->push_back(float(std::exp(-(x * x + y * y + z * z) / 20)));
    }
    view.values = values;
    auto frame = std::make_shared<scene::Frame>();
    frame->views.emplace_back(view);
    desktop::SceneRequest wanted;
    wanted.frame = frame;
    wanted.width = 128;
    wanted.height = 96;
    wanted.isSpace = true;
    wanted.camera = scene::makeView(scene::NamedView::isometric, scene::boundsOf(*frame), {128, 96});
    wanted.ratio = 0;
    return wanted;
  }
};

TEST_F(DesktopPainter, HoldsItsBudgetByTheRatio) {
  desktop::ScenePainter painter;
  desktop::SceneRequest wanted = request();
  // No device draws anything in a microsecond: seven pictures to judge, then the coarsest at once.
  wanted.budget = 1e-3;
  for (int i = 0; i < 10; ++i) (void)painter.paint(wanted);
  EXPECT_DOUBLE_EQ(painter.ratio(), 3);
  // What is asked for by number is drawn so, without a say in what the budget does.
  wanted.ratio = 1;
  (void)painter.paint(wanted);
  EXPECT_DOUBLE_EQ(painter.ratio(), 1);
  wanted.ratio = 0;
  (void)painter.paint(wanted);
  EXPECT_DOUBLE_EQ(painter.ratio(), 3);
  // With an hour for each it becomes finer again, step by step: one in twenty pictures at the most.
  wanted.budget = 3.6e6;
  (void)painter.paint(wanted);
  const double before = painter.ratio();
  for (int i = 0; i < 45; ++i) (void)painter.paint(wanted);
  EXPECT_LT(painter.ratio(), before);
  EXPECT_GT(painter.ratio(), 2);
  EXPECT_EQ(painter.validationCount(), 0U);
  // A still is always drawn as finely as can be.
  wanted.isStill = true;
  (void)painter.paint(wanted);
  EXPECT_DOUBLE_EQ(painter.ratio(), 1);
}

TEST_F(DesktopPainter, ACoarserPictureIsStillOfTheSameThing) {
  desktop::ScenePainter painter;
  desktop::SceneRequest wanted = request();
  wanted.isBare = true;
  const auto differenceAt = [&](double ratio) {
    wanted.ratio = 1;
    wanted.isStill = true;
    const render::Image still = painter.paint(wanted);
    wanted.isStill = false;
    wanted.ratio = ratio;
    render::Image live;
    for (int i = 0; i < 24; ++i) live = painter.paint(wanted);
    double sum = 0;
    for (std::size_t i = 0; i < still.pixels.size(); ++i)
      sum += std::abs(double(still.pixels[i]) - double(live.pixels[i]));
    return sum / double(still.pixels.size());
  };
  // Of 255; a blank picture would differ by about 15. The walls' thin lines soften at higher ratios.
  EXPECT_LT(differenceAt(1), 2);
  EXPECT_LT(differenceAt(2.3), 4);
}

}  // namespace
