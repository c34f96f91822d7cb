// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/buffer.h"

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

Buffer::Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, MemoryUse use)
    : device_(device), size_(size) {
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = size;
  info.usage = usage;
  AULA_VK(vkCreateBuffer(device.handle(), &info, nullptr, &buffer_));
  try {
    VkMemoryRequirements needs{};
    vkGetBufferMemoryRequirements(device.handle(), buffer_, &needs);
    allocation_ = device.memory().allocate(needs, use);
    AULA_VK(vkBindBufferMemory(device.handle(), buffer_, allocation_.memory(), allocation_.offset()));
  } catch (...) {
    vkDestroyBuffer(device.handle(), buffer_, nullptr);
    throw;
  }
}

Buffer::~Buffer() {
  vkDestroyBuffer(device_.handle(), buffer_, nullptr);
}

}  // namespace aula::render::vulkan
