// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/resource_state.h"

#include <gtest/gtest.h>

namespace aula::render::vulkan {
namespace {

constexpr ResourceUse kDrawn{VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                             VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                             VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL};
constexpr ResourceUse kSampled{VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                               VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};
constexpr ResourceUse kSampledLater{VK_PIPELINE_STAGE_2_COMPUTE_SHADER_BIT,
                                    VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                                    VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};

TEST(ResourceState, TheFirstUseWaitsForNobody) {
  ResourceState state;
  const Dependency first = state.advance(kDrawn, false);
  EXPECT_TRUE(first.isNeeded);  // For the layout.
  EXPECT_EQ(first.fromStages, VK_PIPELINE_STAGE_2_NONE);
  EXPECT_EQ(first.fromLayout, VK_IMAGE_LAYOUT_UNDEFINED);
  EXPECT_EQ(first.toLayout, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL);
}

TEST(ResourceState, AReadWaitsForTheWriteOnceForEachKindOfReader) {
  ResourceState state;
  (void)state.advance(kDrawn, false);
  const Dependency read = state.advance(kSampled, true);
  EXPECT_TRUE(read.isNeeded);
  EXPECT_EQ(read.fromStages, kDrawn.stages);
  EXPECT_EQ(read.fromAccess, VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT);
  EXPECT_EQ(read.fromLayout, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL);
  EXPECT_FALSE(state.advance(kSampled, true).isNeeded);
  // Another stage has not seen it yet; it comes after the change of layout.
  const Dependency other = state.advance(kSampledLater, true);
  EXPECT_TRUE(other.isNeeded);
  EXPECT_EQ(other.fromStages, kSampled.stages);
  EXPECT_EQ(other.fromLayout, other.toLayout);
  EXPECT_FALSE(state.advance(kSampledLater, true).isNeeded);
}

TEST(ResourceState, AWriteWaitsForAllReaders) {
  ResourceState state;
  (void)state.advance(kDrawn, false);
  (void)state.advance(kSampled, true);
  (void)state.advance(kSampledLater, true);
  const Dependency write = state.advance(kDrawn, false);
  EXPECT_TRUE(write.isNeeded);
  EXPECT_EQ(write.fromStages, kSampled.stages | kSampledLater.stages);
  EXPECT_EQ(write.fromLayout, VK_IMAGE_LAYOUT_UNDEFINED) << "what was there may go";
}

TEST(ResourceState, WritesOneAfterTheOther) {
  ResourceState buffer;
  const ResourceUse copy{VK_PIPELINE_STAGE_2_COPY_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT};
  EXPECT_FALSE(buffer.advance(copy, true).isNeeded);
  const Dependency again = buffer.advance(copy, true);
  EXPECT_TRUE(again.isNeeded);
  EXPECT_EQ(again.fromAccess, VK_ACCESS_2_TRANSFER_WRITE_BIT);
}

}  // namespace
}  // namespace aula::render::vulkan
