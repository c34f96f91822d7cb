// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_history.h"

#include <gtest/gtest.h>

#include <cmath>

namespace aula::lab {
namespace {

std::shared_ptr<const core::MemoryCheckpoint> ofBytes(std::size_t bytes) {
  auto checkpoint = std::make_shared<core::MemoryCheckpoint>();
  core::CheckpointWriter writer(*checkpoint);
  writer.writeArray("block", std::span<const char>(std::vector<char>(bytes)));
  return checkpoint;
}

TEST(LiveHistory, findsTheLastPlaceAtAStepOrBeforeIt) {
  LiveHistory history(std::size_t{1} << 20);
  for (const std::int64_t step : {0, 100, 50}) history.add(step, ofBytes(10));
  EXPECT_EQ(history.before(0).step, 0);
  EXPECT_EQ(history.before(49).step, 0);
  EXPECT_EQ(history.before(50).step, 50);
  EXPECT_EQ(history.before(1000).step, 100);
  history.forgetAfter(50);
  EXPECT_EQ(history.before(1000).step, 50);
  EXPECT_TRUE(history.has(50));
  EXPECT_FALSE(history.has(100));
}

TEST(LiveHistory, thinsOutWithAgeWithinItsBudget) {
  const std::size_t each = ofBytes(1000)->bytes();
  LiveHistory history(16 * each);
  for (std::int64_t step = 0; step <= 100000; step += 10) {
    history.add(step, ofBytes(1000));
    ASSERT_LE(history.bytes(), 16 * each);
  }
  const auto& places = history.places();
  EXPECT_EQ(places.front().step, 0);
  EXPECT_EQ(places.back().step, 100000);
  ASSERT_GE(places.size(), 15U);
  // Sixteen places whose ages grow by a factor q from 10 to 1e5 have q^14 = 1e4: q = 1.93. That factor varies
  // by about its square while places come and go.
  for (std::size_t i = 1; i + 2 < places.size(); ++i) {
    const double age = double(100000 - places[i].step), next = double(100000 - places[i + 1].step);
    EXPECT_LT(age / next, 8) << i;
  }
}

TEST(LiveHistory, keepsTheBeginningWhateverItsSize) {
  LiveHistory history(10);
  history.add(0, ofBytes(1000));
  history.add(5, ofBytes(1000));
  ASSERT_EQ(history.places().size(), 1U);
  EXPECT_EQ(history.before(7).step, 0);
}

}  // namespace
}  // namespace aula::lab
