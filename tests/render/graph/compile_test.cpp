// SPDX-License-Identifier: Apache-2.0
#include "render/graph/compile.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::render::graph {
namespace {

constexpr Touch reading(int resource) {
  return {resource, true, false, false};
}
constexpr Touch writing(int resource) {
  return {resource, false, true, true};
}
constexpr Touch adding(int resource) {
  return {resource, true, true, false};
}

const std::vector<ResourceOutline> kResources = {{"a"}, {"b"}, {"c"}, {"target", true}};

TEST(GraphCompile, WhatNobodyReadsIsLeftOut) {
  const std::vector<PassOutline> passes = {
      {"makes a", {writing(0)}},
      {"makes b of a", {reading(0), writing(1)}},
      {"makes c of a", {reading(0), writing(2)}},
      {"shows b", {reading(1), writing(3)}},
  };
  const std::vector<bool> isLiving = livingPasses(passes, kResources);
  EXPECT_EQ(isLiving, (std::vector<bool>{true, true, false, true}));
  const std::vector<Lifetime> expected = {{0, 1}, {1, 3}, {-1, -1}, {3, 3}};
  EXPECT_EQ(lifetimes(passes, kResources, isLiving), expected);
}

TEST(GraphCompile, AChainThatEndsNowhereIsLeftOutWhole) {
  const std::vector<PassOutline> passes = {
      {"makes a", {writing(0)}}, {"makes b of a", {reading(0), writing(1)}}, {"clears", {writing(3)}}};
  EXPECT_EQ(livingPasses(passes, kResources), (std::vector<bool>{false, false, true}));
}

TEST(GraphCompile, AKeptPassKeepsWhatItReads) {
  const std::vector<PassOutline> passes = {{"makes a", {writing(0)}}, {"reads back", {reading(0)}, true}};
  EXPECT_EQ(livingPasses(passes, kResources), (std::vector<bool>{true, true}));
}

TEST(GraphCompile, WhatIsOverwrittenBeforeAnybodyLooksWasMadeInVain) {
  const std::vector<PassOutline> passes = {
      {"in vain", {writing(0)}}, {"again", {writing(0)}}, {"shows", {reading(0), writing(3)}}};
  EXPECT_EQ(livingPasses(passes, kResources), (std::vector<bool>{false, true, true}));
}

TEST(GraphCompile, WhatIsAddedToWasMadeBefore) {
  const std::vector<PassOutline> passes = {
      {"makes", {writing(0)}}, {"adds", {adding(0)}}, {"shows", {reading(0), writing(3)}}};
  EXPECT_EQ(livingPasses(passes, kResources), (std::vector<bool>{true, true, true}));
}

TEST(GraphCompile, ReadingWhatNobodyMadeIsAnError) {
  const std::vector<PassOutline> passes = {{"shows", {reading(0), writing(3)}}};
  try {
    (void)lifetimes(passes, kResources, {true});
    ADD_FAILURE() << "no error";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "The pass \"shows\" reads \"a\", which no pass before it writes.");
  }
}

}  // namespace
}  // namespace aula::render::graph
