// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/commands.h"

#include <algorithm>
#include <array>

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {
namespace {

constexpr VkDeviceSize kChunkBytes = VkDeviceSize{1} << 20;
/// Multiples that suit every use of a piece: uniform offsets are at most 256 apart (Vulkan's required
/// limits).
constexpr VkDeviceSize kPieceAlignment = 256;
constexpr std::uint32_t kMostSets = 256;

}  // namespace

FrameCommands::FrameCommands(const Device& device) : device_(device) {
  VkCommandPoolCreateInfo pool{};
  pool.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  pool.queueFamilyIndex = device.queueFamily();
  AULA_VK(vkCreateCommandPool(device.handle(), &pool, nullptr, &pool_));
  VkCommandBufferAllocateInfo buffer{};
  buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  buffer.commandPool = pool_;
  buffer.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  buffer.commandBufferCount = 1;
  AULA_VK(vkAllocateCommandBuffers(device.handle(), &buffer, &commands_));
  VkFenceCreateInfo fence{};
  fence.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO;
  AULA_VK(vkCreateFence(device.handle(), &fence, nullptr, &fence_));
  const std::array<VkDescriptorPoolSize, 2> sizes = {
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, kMostSets},
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 3 * kMostSets}};
  VkDescriptorPoolCreateInfo descriptors{};
  descriptors.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
  descriptors.maxSets = kMostSets;
  descriptors.poolSizeCount = static_cast<std::uint32_t>(sizes.size());
  descriptors.pPoolSizes = sizes.data();
  AULA_VK(vkCreateDescriptorPool(device.handle(), &descriptors, nullptr, &descriptors_));
}

FrameCommands::~FrameCommands() {
  vkDestroyDescriptorPool(device_.handle(), descriptors_, nullptr);
  vkDestroyFence(device_.handle(), fence_, nullptr);
  vkDestroyCommandPool(device_.handle(), pool_, nullptr);
}

VkCommandBuffer FrameCommands::begin() {
  AULA_VK(vkResetCommandPool(device_.handle(), pool_, 0));
  AULA_VK(vkResetDescriptorPool(device_.handle(), descriptors_, 0));
  chunk_ = 0;
  used_ = 0;
  VkCommandBufferBeginInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
  info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  AULA_VK(vkBeginCommandBuffer(commands_, &info));
  return commands_;
}

void FrameCommands::submitAndWait() {
  AULA_VK(vkEndCommandBuffer(commands_));
  VkCommandBufferSubmitInfo buffer{};
  buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO;
  buffer.commandBuffer = commands_;
  VkSubmitInfo2 submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO_2;
  submit.commandBufferInfoCount = 1;
  submit.pCommandBufferInfos = &buffer;
  AULA_VK(vkQueueSubmit2(device_.queue(), 1, &submit, fence_));
  AULA_VK(vkWaitForFences(device_.handle(), 1, &fence_, VK_TRUE, UINT64_MAX));
  AULA_VK(vkResetFences(device_.handle(), 1, &fence_));
}

UploadPiece FrameCommands::upload(VkDeviceSize size) {
  const VkDeviceSize wanted =
      (std::max<VkDeviceSize>(size, 1) + kPieceAlignment - 1) / kPieceAlignment * kPieceAlignment;
  while (chunk_ < chunks_.size() && used_ + wanted > chunks_[chunk_]->size()) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    chunks_.push_back(
        std::make_unique<Buffer>(device_, std::max(wanted, kChunkBytes),
                                 VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_INDEX_BUFFER_BIT |
                                     VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
                                 MemoryUse::upload));
  }
  const Buffer& chunk = *chunks_[chunk_];
  const UploadPiece piece{chunk.handle(), used_, chunk.mapped() + used_};
  used_ += wanted;
  return piece;
}

VkDescriptorSet FrameCommands::descriptorSet(VkDescriptorSetLayout layout) {
  VkDescriptorSetAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  info.descriptorPool = descriptors_;
  info.descriptorSetCount = 1;
  info.pSetLayouts = &layout;
  VkDescriptorSet set = VK_NULL_HANDLE;
  AULA_VK(vkAllocateDescriptorSets(device_.handle(), &info, &set));
  return set;
}

}  // namespace aula::render::vulkan
