// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/commands.h"

#include <numeric>

#include "render/support/test_gpu.h"
#include "render/vulkan/device_image.h"
#include "render/vulkan/pipeline.h"

namespace aula::render::vulkan {
namespace {

using CommandsTest = GpuTest;

constexpr std::uint32_t kAdd[] = {
#include <test_shaders/add.comp.inc>
};

TEST_F(CommandsTest, TicketsRiseAndFinish) {
  FrameCommands frame(device());
  FrameCommands::Ticket before = 0;
  for (int i = 0; i < 5; ++i) {
    frame.begin();
    const FrameCommands::Ticket expected = frame.ticket();
    const FrameCommands::Ticket ticket = frame.submit();
    EXPECT_EQ(ticket, expected);
    EXPECT_GT(ticket, before);
    before = ticket;
  }
  frame.wait(before);
  EXPECT_TRUE(frame.isDone(before));
  EXPECT_FALSE(frame.isDone(before + 1));
}

TEST_F(CommandsTest, WhatIsKeptLivesUntilItsFrameIsDone) {
  FrameCommands frame(device());
  auto thing = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = thing;
  frame.begin();
  frame.keep(std::move(thing));
  const auto ticket = frame.submit();
  EXPECT_FALSE(watch.expired());
  frame.wait(ticket);
  EXPECT_TRUE(watch.expired());
}

TEST_F(CommandsTest, WhatWasRecordedBeforeAnExceptionCounts) {
  // As when a view is refused after another was uploaded: the next frame relies on what is tracked.
  FrameCommands frame(device());
  ImageShape shape;
  shape.format = VK_FORMAT_R32_SFLOAT;
  shape.usage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  DeviceImage image(device(), shape);
  Buffer back(device(), 4, VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::readback);
  frame.begin();
  const float value = 42;
  frame.uploadTo(image, std::as_bytes(std::span(&value, 1)));
  // Here something throws, and the frame is never submitted.
  frame.begin();
  image.transition(frame.commands(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                   VK_ACCESS_2_TRANSFER_READ_BIT, true);
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = image.extent();
  vkCmdCopyImageToBuffer(frame.commands(), image.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                         back.handle(), 1, &region);
  frame.submitAndWait();
  EXPECT_EQ(*reinterpret_cast<const float*>(back.mapped()), value);
}

TEST_F(CommandsTest, MuchDataIsCopiedInPieces) {
  // More than one staging piece (32 MiB), and not a multiple of it.
  FrameCommands frame(device());
  std::vector<std::uint32_t> numbers((std::size_t{40} << 20) / 4 + 12345);
  std::iota(numbers.begin(), numbers.end(), 1U);
  const std::span<const std::byte> bytes = std::as_bytes(std::span(numbers));
  Buffer on(device(), bytes.size(), VK_BUFFER_USAGE_TRANSFER_DST_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
            MemoryUse::device);
  Buffer back(device(), bytes.size(), VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::readback);
  frame.begin();
  frame.uploadTo(on, bytes);
  frame.submit();
  frame.begin();
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = barrier.dstStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_TRANSFER_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(frame.commands(), &dependency);
  const VkBufferCopy region{0, 0, bytes.size()};
  vkCmdCopyBuffer(frame.commands(), on.handle(), back.handle(), 1, &region);
  frame.submitAndWait();
  EXPECT_EQ(std::memcmp(back.mapped(), numbers.data(), bytes.size()), 0);
}

TEST_F(CommandsTest, AVolumeOfMoreThanOnePieceArrivesWhole) {
  FrameCommands frame(device());
  ImageShape shape;
  shape.format = VK_FORMAT_R32_SFLOAT;
  shape.width = 200;
  shape.height = 300;
  shape.depth = 170;
  shape.usage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  DeviceImage image(device(), shape);
  std::vector<float> values(std::size_t{200} * 300 * 170);
  std::iota(values.begin(), values.end(), 0.0F);
  Buffer back(device(), 4 * values.size(), VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::readback);
  frame.begin();
  frame.uploadTo(image, std::as_bytes(std::span(values)));
  image.transition(frame.commands(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                   VK_ACCESS_2_TRANSFER_READ_BIT, true);
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = image.extent();
  vkCmdCopyImageToBuffer(frame.commands(), image.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                         back.handle(), 1, &region);
  frame.submitAndWait();
  EXPECT_EQ(std::memcmp(back.mapped(), values.data(), 4 * values.size()), 0);
}

TEST_F(CommandsTest, DescriptorPoolsGrow) {
  ComputeShape shape;
  shape.shader = kAdd;
  shape.bindings = {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_STORAGE_IMAGE};
  const ComputePipeline pipeline(device(), shape);
  FrameCommands frame(device());
  for (int round = 0; round < 3; ++round) {
    frame.begin();
    for (int i = 0; i < 1000; ++i) EXPECT_NE(frame.descriptorSet(pipeline.setLayout()), VK_NULL_HANDLE);
    frame.submitAndWait();
  }
}

}  // namespace
}  // namespace aula::render::vulkan
