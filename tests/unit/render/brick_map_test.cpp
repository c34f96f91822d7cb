// SPDX-License-Identifier: Apache-2.0
#include "render/volume/brick_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace aula::render {
namespace {

TransferFunction lookAboveHalf() {
  scene::VolumeView view;
  view.scale = scene::ColourScale::sequential;
  view.opacity = {{0.5, 0}, {1, 0.5F}};
  return {view, {0, 1}, ColourMap::named("dusk"), 1, 1};
}

TEST(BrickMap, CoversEveryCellOfAnySize) {
  for (const int nodes : {2, 8, 9, 10, 17, 18}) {
    const BrickMap bricks(std::vector<float>(static_cast<std::size_t>(nodes) * 2 * 2), nodes, 2, 2);
    EXPECT_EQ(bricks.count()[0], (nodes - 1 + 7) / 8) << nodes;
    EXPECT_EQ(bricks.count()[1], 1);
  }
}

TEST(BrickMap, DistancesAreTheChessboardDistancesToWhatCanBeSeen) {
  constexpr int kNodes = 65;  // Eight bricks a side.
  constexpr int kBricks = 8;
  std::mt19937 random(11);
  for (int round = 0; round < 5; ++round) {
    std::vector<float> values(kNodes * kNodes * kNodes, 0.0F);
    std::vector<std::array<int, 3>> seen;
    for (int n = 0; n < 1 + round; ++n) {
      // In the middle of a brick, so that only this brick has it.
      const std::array<int, 3> brick = {static_cast<int>(random() % kBricks),
                                        static_cast<int>(random() % kBricks),
                                        static_cast<int>(random() % kBricks)};
      seen.push_back(brick);
      const auto at = [&](int axis) {
        return static_cast<std::size_t>(brick[static_cast<std::size_t>(axis)] * 8 + 4);
      };
      values[at(0) + kNodes * (at(1) + kNodes * at(2))] = 0.9F;
    }
    const BrickMap bricks(values, kNodes, kNodes, kNodes);
    const std::vector<std::uint8_t> distances = bricks.distances(lookAboveHalf());
    for (int k = 0; k < kBricks; ++k) {
      for (int j = 0; j < kBricks; ++j) {
        for (int i = 0; i < kBricks; ++i) {
          int nearest = 255;
          for (const auto& b : seen)
            nearest =
                std::min(nearest, std::max({std::abs(b[0] - i), std::abs(b[1] - j), std::abs(b[2] - k)}));
          EXPECT_EQ(distances[static_cast<std::size_t>(i + kBricks * (j + kBricks * k))], nearest)
              << i << ' ' << j << ' ' << k;
        }
      }
    }
  }
}

TEST(BrickMap, AValueOnABordersNodeBelongsToBothBricks) {
  std::vector<float> values(17 * 2 * 2, 0.0F);
  values[8] = 1;
  EXPECT_EQ(BrickMap(values, 17, 2, 2).distances(lookAboveHalf()), (std::vector<std::uint8_t>{0, 0}));
}

TEST(BrickMap, WhatIsNotANumberIsNothing) {
  std::vector<float> values(9 * 2 * 2, NAN);
  EXPECT_EQ(BrickMap(values, 9, 2, 2).distances(lookAboveHalf()), (std::vector<std::uint8_t>{255}));
}

}  // namespace
}  // namespace aula::render
