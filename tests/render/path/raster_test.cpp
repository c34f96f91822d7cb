// SPDX-License-Identifier: Apache-2.0
// The path tracer's direct light against the live picture's: two ways to the same number.
#include <cmath>

#include "scenes.h"

namespace aula::render {
namespace {

class RasterAgreement : public PathTest {
 protected:
  static constexpr int kWidth = 96, kHeight = 64, kSamples = 128;

  struct Pair {
    HdrImage traced, drawn;
  };
  Pair draw(const scene::Frame& frame, const scene::Camera& from, const SceneStyle& style) {
    PathTracerOptions options = pictureOf(kWidth, kHeight);
    options.depth = 1;
    PathTracer& tracer = testTracer(options);
    tracer.setScene(frame, from, style);
    SceneRendererOptions live;
    live.width = kWidth;
    live.height = kHeight;
    live.antialiasing = Antialiasing::none;
    SceneRenderer renderer(gpu, live);
    (void)renderer.still(frame, from, style, 16);
    return {tracer.trace(kSamples), renderer.radiance()};
  }
  /// Means over the whole picture and over each of 6 x 4 regions that is wholly covered in both.
  static void compare(const Pair& pair, double tolerance, double regionTolerance) {
    double traced = 0, drawn = 0;
    int regions = 0;
    for (int region = 0; region < 24; ++region) {
      double a = 0, b = 0;
      bool isCovered = true;
      for (int y = 0; y < kHeight / 4; ++y) {
        for (int x = 0; x < kWidth / 6; ++x) {
          const auto at = static_cast<std::size_t>(
              4 * ((region / 6 * (kHeight / 4) + y) * kWidth + region % 6 * (kWidth / 6) + x));
          for (std::size_t c = 0; c < 3; ++c) {
            a += static_cast<double>(pair.traced.pixels[at + c]);
            b += static_cast<double>(pair.drawn.pixels[at + c]);
          }
          isCovered = isCovered && pair.traced.pixels[at + 3] > 0.999F && pair.drawn.pixels[at + 3] > 0.999F;
        }
      }
      if (!isCovered) continue;
      ++regions;
      traced += a;
      drawn += b;
      EXPECT_NEAR(a / b, 1, regionTolerance) << "region " << region % 6 << ", " << region / 6;
    }
    EXPECT_GT(regions, 8);
    EXPECT_NEAR(traced / drawn, 1, tolerance);
    std::printf("traced over drawn: %.4f in %d regions\n", traced / drawn, regions);
  }
  static scene::Frame mattScene() {
    scene::Frame frame;
    frame.views.emplace_back(
        meshView("floor", scene::makeGrid({-6, -6, -0.5}, {12, 0, 0}, {0, 12, 0}), matt(0.5F, 0.4F, 0.3F)));
    frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 96, 48), matt(0.3F, 0.5F, 0.7F)));
    return frame;
  }
  const scene::Camera camera = cameraAt({0, -5, 3}, {0, 0, 0}, 30);
};

TEST_F(RasterAgreement, OfLampsWithoutShadows) {
  SceneStyle style = lampStyle({0.4, -0.7, 0.9}, 0, false);
  Light second = style.lights[0];
  second.towards = core::normalised({-1, -0.2, 0.4});
  second.colour = {0.3F, 0.6F, 1};
  style.lights.push_back(second);
  style.hasAmbientOcclusion = false;
  style.hasShadows = false;
  // Half precision of the live picture's images (0.05 %), 8 bits of its albedo (0.4 % of 0.3): within 2 %
  // with room.
  compare(draw(mattScene(), camera, style), 0.02, 0.02);
}

TEST_F(RasterAgreement, OfAHardShadow) {
  // Regions that the shadow's edge crosses compare its area as well.
  SceneStyle style = lampStyle({0.5, -0.35, 1}, 0.06, true);
  style.hasAmbientOcclusion = false;
  const Pair pair = draw(mattScene(), camera, style);
  double traced = 0, drawn = 0;
  for (std::size_t i = 0; i < pair.traced.pixels.size(); ++i) {
    if (i % 4 == 3) continue;
    traced += static_cast<double>(pair.traced.pixels[i]);
    drawn += static_cast<double>(pair.drawn.pixels[i]);
  }
  std::printf("with a shadow, traced over drawn: %.4f\n", traced / drawn);
  EXPECT_NEAR(traced / drawn, 1, 0.02);
}

TEST_F(RasterAgreement, OfTheStudiosLightOnAConvexThing) {
  // A ball alone: nothing shades anything. The live picture's means over hemispheres are nine harmonics,
  // which stand for the whole within some per cent at each normal (Ramamoorthi and Hanrahan 2001, section 3:
  // 3 % for the lights they tried) and much closer in the mean. Of light that is the same from everywhere
  // they are exact.
  SceneStyle style;
  style.lights.clear();
  style.hasAmbientOcclusion = false;
  scene::Frame frame;
  frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 96, 48), matt(0.3F, 0.5F, 0.7F)));
  const scene::Camera close = flatCamera({0, -5, 3}, {0, 0, 0}, 1.1);
  compare(draw(frame, close, style), 0.02, 0.05);
  style.surroundings = Surroundings::uniform;
  compare(draw(frame, close, style), 0.02, 0.02);
}

}  // namespace
}  // namespace aula::render
