// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/buffer.h"

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

Buffer::Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, MemoryUse use)
    : Buffer(device, size, usage, Unbound{}) {
  // What follows may throw; the delegated constructor has finished, so the destructor cleans up.
  allocation_ = device.memory().allocate(memoryNeeds(), use);
  bindMemory(allocation_.memory(), allocation_.offset());
}

Buffer::Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, Unbound /*tag*/)
    : device_(device), size_(size) {
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = size;
  info.usage = usage;
  AULA_VK(vkCreateBuffer(device.handle(), &info, nullptr, &buffer_));
}

VkMemoryRequirements Buffer::memoryNeeds() const {
  VkMemoryRequirements needs{};
  vkGetBufferMemoryRequirements(device_.handle(), buffer_, &needs);
  return needs;
}

void Buffer::bindMemory(VkDeviceMemory memory, VkDeviceSize offset) {
  AULA_VK(vkBindBufferMemory(device_.handle(), buffer_, memory, offset));
}

VkDeviceAddress Buffer::address() const {
  VkBufferDeviceAddressInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_DEVICE_ADDRESS_INFO;
  info.buffer = buffer_;
  return vkGetBufferDeviceAddress(device_.handle(), &info);
}

Buffer::~Buffer() {
  vkDestroyBuffer(device_.handle(), buffer_, nullptr);
}

}  // namespace aula::render::vulkan
