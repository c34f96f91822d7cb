// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/free_list.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace aula::render::vulkan {
namespace {

TEST(FreeList, AlignsAndMerges) {
  FreeList list(100);
  EXPECT_EQ(list.take(10, 1), 0U);
  EXPECT_EQ(list.take(10, 16), 16U);
  EXPECT_EQ(list.take(6, 1), 10U) << "the gap before an aligned piece is free";
  EXPECT_EQ(list.freeBytes(), 74U);
  EXPECT_FALSE(list.take(75, 1).has_value());
  list.give(0, 10);
  list.give(16, 10);
  list.give(10, 6);
  EXPECT_TRUE(list.isEmpty());
  EXPECT_EQ(list.take(100, 64), 0U) << "neighbours must have merged";
  EXPECT_FALSE(list.take(1, 1).has_value());
}

TEST(FreeList, NeverGivesAByteTwice) {
  std::mt19937 random(7);
  FreeList list(5000);
  std::vector<int> owner(5000, 0);
  struct Piece {
    std::size_t offset, size;
  };
  std::vector<Piece> pieces;
  for (int round = 1; round < 4000; ++round) {
    if (!pieces.empty() && random() % 2 == 0) {
      const std::size_t k = random() % pieces.size();
      for (std::size_t i = 0; i < pieces[k].size; ++i) owner[pieces[k].offset + i] = 0;
      list.give(pieces[k].offset, pieces[k].size);
      pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(k));
      continue;
    }
    const std::size_t size = 1 + random() % 300, alignment = 1 + random() % 70;
    const auto offset = list.take(size, alignment);
    if (!offset) continue;
    ASSERT_EQ(*offset % alignment, 0U);
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_EQ(owner[*offset + i], 0);
      owner[*offset + i] = round;
    }
    pieces.push_back({*offset, size});
  }
  for (const Piece& piece : pieces) list.give(piece.offset, piece.size);
  EXPECT_TRUE(list.isEmpty());
}

}  // namespace
}  // namespace aula::render::vulkan
