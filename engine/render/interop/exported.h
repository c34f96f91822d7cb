// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <memory>

namespace aula::render::vulkan {
class Device;
}

namespace aula::render::interop {

/// A buffer of the device whose memory another interface of the same card may use.
class ExportedBuffer {
 public:
  ExportedBuffer(const vulkan::Device& device, VkDeviceSize bytes, VkBufferUsageFlags usage);
  ~ExportedBuffer();
  ExportedBuffer(const ExportedBuffer&) = delete;
  ExportedBuffer& operator=(const ExportedBuffer&) = delete;

  [[nodiscard]] VkBuffer handle() const { return buffer_; }
  [[nodiscard]] VkDeviceSize size() const { return size_; }
  /// Of the whole allocation, which holds this alone.
  [[nodiscard]] VkDeviceSize allocatedBytes() const { return allocatedBytes_; }
  /// A new file descriptor of the memory; the caller's.
  [[nodiscard]] int openDescriptor() const;

 private:
  void destroy() noexcept;

  const vulkan::Device& device_;
  VkDeviceSize size_, allocatedBytes_ = 0;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
};

/// A timeline semaphore that another interface of the same card may wait for and signal.
class ExportedTimeline {
 public:
  explicit ExportedTimeline(const vulkan::Device& device);
  ~ExportedTimeline();
  ExportedTimeline(const ExportedTimeline&) = delete;
  ExportedTimeline& operator=(const ExportedTimeline&) = delete;

  [[nodiscard]] VkSemaphore handle() const { return semaphore_; }
  [[nodiscard]] int openDescriptor() const;

 private:
  const vulkan::Device& device_;
  VkSemaphore semaphore_ = VK_NULL_HANDLE;
};

/// The driver lets memory of such buffers out as a file descriptor.
[[nodiscard]] bool canExportBuffers(const vulkan::Device& device, VkBufferUsageFlags usage);

}  // namespace aula::render::interop
