// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "rig.h"
#include "support/test_gpu.h"

namespace aula::render {
namespace {

constexpr int kWidth = 160, kHeight = 64;
constexpr float kDark = 0.05F, kBright = 0.9F, kSpeed = 3, kBarWidth = 8;

/// What tells the upscaler that the bar moves.
enum class Bar {
  object,    ///< It stands in front and has its motion: what an opaque object is.
  decal,     ///< It lies on the background, with its motion.
  reactive,  ///< It has no motion but marks itself: see-through things.
  shadow     ///< Nothing says that it moves.
};

float barLeft(int frame) {
  return 10 + kSpeed * static_cast<float>(frame);
}

PaintedScene movingBar(Bar kind) {
  return [kind](glm::vec2 uv, int frame) {
    const float x = uv.x * kWidth - barLeft(frame);
    Paint paint;
    paint.light = glm::vec3(kDark);
    if (x >= 0 && x < kBarWidth) {
      paint.light = glm::vec3(kBright);
      if (kind == Bar::object) paint.depth = 0.15F;
      if (kind == Bar::object || kind == Bar::decal) paint.motion = {kSpeed / kWidth, 0};
      if (kind == Bar::reactive) paint.reactive = 1;
    }
    return paint;
  };
}

/// Encoded as shown, between the background's code and the bar's: 0 to 1.
double contrastAt(const Image& image, int x) {
  double sum = 0;
  for (int y = kHeight / 4; y < 3 * kHeight / 4; ++y) sum += image.at(x, y)[1];
  const auto code = [](double v) { return 255 * (1.055 * std::pow(v, 1 / 2.4) - 0.055); };
  return (sum / (kHeight / 2) - code(kDark)) / (code(kBright) - code(kDark));
}

/// For how many frames after the bar has left a pixel more than a tenth of its contrast stays there; the
/// worst of the trail's pixels, once the history is warm.
int trailFrames(const std::shared_ptr<Gpu>& gpu, Bar kind, double ratio) {
  Rig rig(gpu, kWidth, kHeight, ratio);
  const PaintedScene scene = movingBar(kind);
  constexpr int kFrames = 36;
  Image image;
  for (int i = 0; i <= kFrames; ++i) image = rig.draw(scene, i);
  int frames = 0;
  // Pixels wholly left; those within a drawn pixel of the bar's edge belong to its smooth rim.
  for (int x = static_cast<int>(barLeft(kFrames) - ratio) - 1; x >= 10; --x) {
    if (contrastAt(image, x) > 0.1) {
      const double since = (barLeft(kFrames) - (x + 1)) / kSpeed;
      frames = std::max(frames, static_cast<int>(std::ceil(since)));
    }
  }
  return frames;
}

class Ghost : public GpuTest {
 protected:
  void expectShort(Bar kind) {
    for (const double ratio : {1.0, 1.5, 1.7, 2.0, 3.0}) {
      const int frames = trailFrames(gpu, kind, ratio);
      RecordProperty("trail at " + std::to_string(ratio), frames);
      EXPECT_LE(frames, 4) << "at ratio " << ratio;
    }
  }
};

TEST_F(Ghost, BehindAnObjectIsAtMostFourFrames) {
  expectShort(Bar::object);
}
TEST_F(Ghost, BehindWhatLiesOnASurfaceIsAtMostFourFrames) {
  expectShort(Bar::decal);
}
TEST_F(Ghost, BehindWhatIsSeeThroughIsAtMostFourFrames) {
  expectShort(Bar::reactive);
}
TEST_F(Ghost, OfAShadowIsAtMostFourFrames) {
  expectShort(Bar::shadow);
}

}  // namespace
}  // namespace aula::render
