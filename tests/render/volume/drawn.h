// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "../fields.h"
#include "render/gpu.h"
#include "render/scene_renderer.h"

namespace aula::render {

/// A scene drawn on the software device with validation, whose silence is asserted at the end.
class DrawnScene : public testing::Test {
 protected:
  static constexpr int kSide = 96;

  void TearDown() override {
    EXPECT_TRUE(gpu->validationMessages().empty()) << gpu->validationMessages().front();
  }

  /// Light without a film, and nothing but what the views themselves say.
  static SceneStyle plain() {
    SceneStyle style;
    style.toneMapping = ToneMapping::none;
    style.hasShadows = style.hasAmbientOcclusion = style.hasSubsurface = false;
    style.background = {1, 1, 1};
    return style;
  }
  /// Along the x axis from x = 4 at what lies around the origin; y to the right, z up; 2.4 across.
  static scene::Camera alongX() {
    scene::Camera camera;
    camera.eye = {4, 0, 0};
    camera.target = {0, 0, 0};
    camera.isOrthographic = true;
    camera.fieldOfView = 2 * std::atan(1.2 / 4) * 180 / M_PI;
    return camera;
  }
  /// The pixel that shows (y, z), in linear light.
  std::array<double, 3> at(const scene::Frame& frame, const SceneStyle& style, double y, double z,
                           int samples = 4) {
    return pixelOf(renderer.still(frame, alongX(), style, samples), y, z);
  }
  static std::array<double, 3> pixelOf(const Image& image, double y, double z) {
    const auto p =
        image.at(static_cast<int>((y / 1.2 + 1) / 2 * kSide), static_cast<int>((1 - z / 1.2) / 2 * kSide));
    return {linear(p[0]), linear(p[1]), linear(p[2])};
  }
  static double linear(std::uint8_t byte) {
    const double v = byte / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  }

  /// One device for all tests of a program: making its pipelines takes longer than drawing.
  static std::shared_ptr<Gpu> sharedGpu() {
    static const std::shared_ptr<Gpu> gpu = [] {
      GpuOptions options;
      options.validation = Validation::on;
      options.device = "llvmpipe";
      return Gpu::make(options);
    }();
    return gpu;
  }
  static SceneRenderer& sharedRenderer() {
    static SceneRenderer renderer(sharedGpu(), {kSide, kSide, UpscaleMode::native, Antialiasing::none});
    return renderer;
  }

  std::shared_ptr<Gpu> gpu = sharedGpu();
  SceneRenderer& renderer = sharedRenderer();
};

}  // namespace aula::render
