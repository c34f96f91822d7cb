// SPDX-License-Identifier: Apache-2.0
#include "render/graph/aliasing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace aula::render::graph {
namespace {

TEST(GraphAliasing, AChainNeedsTwoPlaces) {
  // Each is read while the next is written: no more than two live at once.
  std::vector<PlacementRequest> chain;
  for (int i = 0; i < 7; ++i) chain.push_back({1000, 100, {i, i + 1}});
  EXPECT_EQ(place(chain).bytes, 2000U);
}

TEST(GraphAliasing, WhatLivesAllAlongSharesNothing) {
  const std::vector<PlacementRequest> all = {{300, 1, {0, 3}}, {200, 1, {0, 3}}, {100, 1, {0, 3}}};
  const Placement placement = place(all);
  EXPECT_EQ(placement.bytes, 600U);
  for (const auto& sharing : sharers(all, placement.offsets)) EXPECT_EQ(sharing.size(), 1U);
}

TEST(GraphAliasing, NothingThatLivesAtTheSameTimeOverlaps) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<PlacementRequest> all;
    std::size_t most = 0, sum = 0;
    for (int i = 0; i < 30; ++i) {
      PlacementRequest request;
      request.size = 1 + random() % 5000;
      request.alignment = std::size_t{1} << random() % 9;
      request.life.first = static_cast<int>(random() % 20);
      request.life.last = request.life.first + static_cast<int>(random() % 6);
      all.push_back(request);
      sum += request.size + request.alignment;
    }
    const Placement placement = place(all);
    const auto sharing = sharers(all, placement.offsets);
    for (std::size_t a = 0; a < all.size(); ++a) {
      EXPECT_EQ(placement.offsets[a] % all[a].alignment, 0U);
      EXPECT_LE(placement.offsets[a] + all[a].size, placement.bytes);
      for (std::size_t b = 0; b < a; ++b) {
        const bool doOverlap = placement.offsets[a] < placement.offsets[b] + all[b].size &&
                               placement.offsets[b] < placement.offsets[a] + all[a].size;
        const bool doMeet = all[a].life.first <= all[b].life.last && all[b].life.first <= all[a].life.last;
        EXPECT_FALSE(doOverlap && doMeet);
        EXPECT_EQ(std::count(sharing[a].begin(), sharing[a].end(), b), doOverlap ? 1 : 0);
      }
    }
    // At no time can less be needed than what lives then; never more than everything side by side.
    for (int t = 0; t < 26; ++t) {
      std::size_t now = 0;
      for (const PlacementRequest& request : all) {
        if (request.life.first <= t && t <= request.life.last) now += request.size;
      }
      most = std::max(most, now);
    }
    EXPECT_GE(placement.bytes, most);
    EXPECT_LE(placement.bytes, sum);
  }
}

}  // namespace
}  // namespace aula::render::graph
