// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "compute/shared_array.h"
#include "particles.h"
#include "rig.h"

namespace aula::render {
namespace {

TEST(StreamedParticles, StaticArraysAreWrittenOnceAndMovingOnesTwelveBytesAParticle) {
  Rig rig;
  stage::ParticlePass pass(rig.device());
  constexpr std::size_t kCount = 300000;
  Shot shot;
  shot.width = 160;
  shot.height = 120;
  shot.camera.eye = {0, -4, 1};
  const scene::ParticlesView still = heapOfBalls(kCount, 0.9, 0.01F);
  shot.frame.views.emplace_back(still);
  (void)rig.draw(pass, shot);
  // Positions, colours, one radius.
  EXPECT_EQ(pass.bytesWritten(), kCount * 24 + 4);
  (void)rig.draw(pass, shot);
  EXPECT_EQ(pass.bytesWritten(), 0U);

  std::vector<Drawn> pictures;
  Shot before = shot;
  for (int step = 1; step <= 4; ++step) {
    Shot next = shot;
    auto moved = std::make_shared<std::vector<scene::Float3>>(*still.positions);
    for (scene::Float3& p : *moved) p.x += 0.1F * static_cast<float>(step);
    scene::ParticlesView view = still;
    view.positions = moved;
    next.frame.views = {view};
    next.previous = &before.frame;
    const Drawn drawn = rig.draw(pass, next);
    EXPECT_EQ(pass.bytesWritten(), kCount * 12);
    // All move by 0.1 to the right: 0.1 / (2 tan(15 degrees) 4 m 4/3) of the picture's width at the middle.
    const std::size_t middle = drawn.at(80, 60);
    ASSERT_TRUE(drawn.covers(80, 60));
    const double distance = std::sqrt(17.0);
    const double width = 2 * std::tan(15 * std::acos(-1) / 180) * distance * 4 / 3;
    // Seen up to 0.9 m nearer than the middle.
    EXPECT_GT(drawn.motion[middle].x, 0.09 / width);
    EXPECT_LT(drawn.motion[middle].x, 0.11 / width * distance / (distance - 0.9));
    before = next;
  }
}

TEST(StreamedParticles, PositionsInSharedMemoryGiveTheSamePictureAndMotion) {
  Rig rig;
  stage::ParticlePass pass(rig.device());
  const scene::ParticlesView host = heapOfBalls(500, 0.8, 0.1F);
  const auto shared = [&](float shift) {
    const std::size_t n = host.positions->size();
    const std::shared_ptr<compute::SharedArray> array = rig.gpu().sharedArrays().take(16 * n);
    auto* floats = static_cast<float*>(array->hostPointer());
    for (std::size_t i = 0; i < n; ++i) {
      const scene::Float3& p = (*host.positions)[i];
      const float values[4] = {p.x + shift, p.y, p.z, 7};
      std::copy(values, values + 4, floats + 4 * i);
    }
    rig.gpu().sharedArrays().publish(*array, nullptr);
    scene::ParticlesView view = host;
    view.positions = nullptr;
    view.sharedPositions = array;
    return view;
  };
  Shot shot;
  shot.frame.views.emplace_back(host);
  const Drawn expected = rig.draw(pass, shot);
  Shot before = shot, now = shot;
  before.frame.views = {shared(-0.05F)};
  (void)rig.draw(pass, before);
  now.frame.views = {shared(0)};
  now.previous = &before.frame;
  const Drawn drawn = rig.draw(pass, now);
  EXPECT_EQ(drawn.depth, expected.depth);
  EXPECT_EQ(drawn.base, expected.base);
  ASSERT_TRUE(drawn.covers(64, 48));
  EXPECT_GT(drawn.motion[drawn.at(64, 48)].x, 0.005F);
  EXPECT_NEAR(drawn.motion[drawn.at(64, 48)].y, 0, 0.002F);
}

TEST(StreamedParticles, AsManyAsAMillionAreDrawn) {
  Rig rig;
  stage::ParticlePass pass(rig.device());
  Shot shot;
  shot.width = 160;
  shot.height = 120;
  shot.camera.eye = {0, -4, 1};
  shot.frame.views.emplace_back(heapOfBalls(1000000, 0.9, 0.006F));
  const Drawn drawn = rig.draw(pass, shot);
  // The heap is closed: a disc of radius asin(0.9 / sqrt(17)) in a picture 30 degrees high.
  const double pixels = 60 / std::tan(std::acos(-1) / 12) * std::tan(std::asin(0.9 / std::sqrt(17.0)));
  const double area = std::acos(-1) * pixels * pixels;
  EXPECT_NEAR(static_cast<double>(drawn.coveredPixels()), area, 0.03 * area);
}

}  // namespace
}  // namespace aula::render
