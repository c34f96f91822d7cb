// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "render/quality/image_quality.h"
#include "render/temporal/jitter.h"
#include "rig.h"
#include "support/test_gpu.h"

namespace aula::render {
namespace {

constexpr int kWidth = 160, kHeight = 96;

glm::vec2 pixelOf(glm::vec2 uv) {
  return uv * glm::vec2(kWidth, kHeight);
}

/// Thin lines at all slopes over a soft field; the whole moves by `pan` pixels a frame.
PaintedScene lines(glm::vec2 pan) {
  return [pan](glm::vec2 uv, int frame) {
    const glm::vec2 q = pixelOf(uv) - pan * static_cast<float>(frame);
    Paint paint;
    const float wave = 0.45F + 0.25F * std::sin(0.06F * q.x) * std::cos(0.045F * q.y);
    paint.light = {wave, 0.6F * wave + 0.1F, 0.8F - wave};
    paint.motion = pan / glm::vec2(kWidth, kHeight);
    for (int k = 0; k < 10; ++k) {
      const float angle = 0.17F + 0.31F * static_cast<float>(k);
      if (std::abs(std::cos(angle) * (q.x - 80) + std::sin(angle) * (q.y - 48)) < 0.6F) {
        paint.light = k % 2 == 0 ? glm::vec3(0.9F) : glm::vec3(0.02F);
      }
    }
    return paint;
  };
}

Image after(Rig& rig, const PaintedScene& scene, int frames) {
  Image image;
  for (int i = 0; i < frames; ++i) image = rig.draw(scene, i);
  return image;
}

class Upscaler : public GpuTest {};

TEST_F(Upscaler, AUniformPictureStaysExactlySo) {
  const PaintedScene grey = [](glm::vec2, int) { return Paint{.light = glm::vec3(0.25F, 0.5F, 0.75F)}; };
  for (const double ratio : {1.0, 1.5, 1.7, 2.0, 3.0}) {
    Rig rig(gpu, kWidth, kHeight, ratio);
    (void)after(rig, grey, 6);
    // Half-precision numbers of the encoded history: 2^-11 of it, and light is about its square: 4 x 2^-11 of
    // the light.
    for (std::size_t i = 0; i < rig.light().size(); i += 4) {
      ASSERT_NEAR(rig.light()[i], 0.25F, 0.25 * 0.003) << ratio;
      ASSERT_NEAR(rig.light()[i + 1], 0.5F, 0.5 * 0.003) << ratio;
      ASSERT_NEAR(rig.light()[i + 2], 0.75F, 0.75 * 0.003) << ratio;
      ASSERT_EQ(rig.light()[i + 3], 1) << ratio;
    }
  }
}

TEST_F(Upscaler, NothingStaysNothing) {
  const PaintedScene empty = [](glm::vec2, int) { return Paint{.alpha = 0, .depth = 0}; };
  Rig rig(gpu, kWidth, kHeight, 2);
  (void)after(rig, empty, 4);
  for (const float v : rig.light()) ASSERT_EQ(v, 0);
}

TEST_F(Upscaler, DrawsTheSameTwice) {
  const PaintedScene scene = lines({0.37F, 0.21F});
  Rig one(gpu, kWidth, kHeight, 1.7), two(gpu, kWidth, kHeight, 1.7);
  EXPECT_EQ(after(one, scene, 8).pixels, after(two, scene, 8).pixels);
}

TEST_F(Upscaler, AResetForgetsEverything) {
  const PaintedScene bright = [](glm::vec2, int) { return Paint{.light = glm::vec3(0.9F)}; };
  const PaintedScene dark = lines({0, 0});
  Rig used(gpu, kWidth, kHeight, 2), fresh(gpu, kWidth, kHeight, 2);
  (void)after(used, bright, temporal::jitterLength(2));
  // The jitter stands where it began: all that could differ is memory.
  EXPECT_EQ(used.draw(dark, 0, true).pixels, fresh.draw(dark, 0).pixels);
}

TEST_F(Upscaler, EachEyeHasItsOwnHistory) {
  const PaintedScene bright = [](glm::vec2, int) { return Paint{.light = glm::vec3(0.9F)}; };
  const PaintedScene scene = lines({0, 0});
  Rig both(gpu, kWidth, kHeight, 2), alone(gpu, kWidth, kHeight, 2);
  // Jitter advances with each call: the lone rig draws its other frames into the same eye's place in the
  // order.
  Image left, expected;
  for (int i = 0; i < 6; ++i) {
    both.eye = alone.eye = 0;
    left = both.draw(scene, i);
    expected = alone.draw(scene, i);
    both.eye = 1;
    (void)both.draw(bright, i);
    alone.eye = 1;
    (void)alone.draw(scene, i);
  }
  EXPECT_EQ(left.pixels, expected.pixels);
}

TEST_F(Upscaler, AtRestItComesNearTheReference) {
  const PaintedScene scene = lines({0, 0});
  const Image reference = painted(scene, 0, kWidth, kHeight);
  for (const double ratio : {1.0, 2.0}) {
    Rig rig(gpu, kWidth, kHeight, ratio);
    const double first = quality::psnr(reference, rig.draw(scene, 0));
    const double last = quality::psnr(reference, after(rig, scene, 24));
    // Samples add up: four times as many halve an error made of chance, 6 dB; 24 frames could give 13.8 at
    // best.
    EXPECT_GT(last, first + 6) << ratio;
  }
}

TEST_F(Upscaler, AMovingPictureStaysSharp) {
  // A camera that pans by parts of a pixel: resampling a history every frame would soften it more and more.
  const PaintedScene scene = lines({0.37F, 0.21F});
  Rig rig(gpu, kWidth, kHeight, 1);
  Rig still(gpu, kWidth, kHeight, 1);
  const double moving = quality::psnr(painted(scene, 23, kWidth, kHeight), after(rig, scene, 24));
  const PaintedScene resting = lines({0, 0});
  const double atRest = quality::psnr(painted(resting, 0, kWidth, kHeight), after(still, resting, 24));
  // The picture is resampled once, and lines 1.2 pixels wide are near what a pixel grid can hold: some is
  // lost, not most.
  EXPECT_GT(moving, atRest - 8);
}

TEST_F(Upscaler, LightThatChangesUnderAStillCameraIsFollowed) {
  // Nothing moves, so nothing but the light itself tells that the history is late. A surface grows brighter
  // by a hundredth of white a frame; as for what moves, what is seen may not be older than four frames.
  constexpr float kStep = 0.01F;
  constexpr int kLast = 30;
  const PaintedScene growing = [](glm::vec2, int frame) {
    return Paint{.light = glm::vec3(0.2F + kStep * static_cast<float>(frame))};
  };
  for (const double ratio : {1.0, 1.5, 2.0, 3.0}) {
    Rig rig(gpu, kWidth, kHeight, ratio);
    (void)after(rig, growing, kLast + 1);
    for (std::size_t i = 0; i < rig.light().size(); i += 4)
      ASSERT_GE(rig.light()[i], 0.2F + kStep * (kLast - 4)) << "pixel " << i / 4 << " at ratio " << ratio;
  }
}

}  // namespace
}  // namespace aula::render
