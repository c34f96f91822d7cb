// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include "render/vulkan/memory.h"

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

 private:
  const Device& device_;
  VkDeviceSize size_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  Allocation allocation_;
};

}  // namespace aula::render::vulkan
