// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include "render/vulkan/memory.h"
#include "render/vulkan/resource_state.h"

namespace aula::render::vulkan {

class Device;

/// A buffer with its memory.
class Buffer {
 public:
  Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, MemoryUse use);
  ~Buffer();
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  [[nodiscard]] VkBuffer handle() const { return buffer_; }
  [[nodiscard]] VkDeviceSize size() const { return size_; }
  /// Null for MemoryUse::device.
  [[nodiscard]] std::byte* mapped() const { return allocation_.mapped(); }
  /// Of a buffer made with VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT.
  [[nodiscard]] VkDeviceAddress address() const;
  /// For those who place barriers themselves.
  [[nodiscard]] ResourceState& state() { return state_; }

  /// Without memory of its own: bind it (for buffers that share memory).
  struct Unbound {};
  Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, Unbound);
  [[nodiscard]] VkMemoryRequirements memoryNeeds() const;
  void bindMemory(VkDeviceMemory memory, VkDeviceSize offset);

 private:
  const Device& device_;
  VkDeviceSize size_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  Allocation allocation_;
  ResourceState state_;
};

}  // namespace aula::render::vulkan
