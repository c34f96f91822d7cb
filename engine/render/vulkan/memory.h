// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "render/vulkan/free_list.h"

namespace aula::render::vulkan {

class Device;

enum class MemoryUse {
  device,   ///< Only the device touches it.
  upload,   ///< Written by the host, in order.
  readback  ///< Read by the host.
};

struct MemoryBlock;

/// A piece of a block of device memory; given back when it is destroyed.
class Allocation {
 public:
  Allocation() = default;
  Allocation(MemoryBlock* block, std::size_t offset, std::size_t size)
      : block_(block), offset_(offset), size_(size) {}
  ~Allocation();
  Allocation(Allocation&& other) noexcept;
  Allocation& operator=(Allocation&& other) noexcept;

  [[nodiscard]] VkDeviceMemory memory() const;
  [[nodiscard]] VkDeviceSize offset() const { return offset_; }
  /// The host's view of it; null for MemoryUse::device.
  [[nodiscard]] std::byte* mapped() const;

 private:
  MemoryBlock* block_ = nullptr;
  std::size_t offset_ = 0, size_ = 0;
};

/// Deals out device memory from blocks of 32 MiB (a larger wish gets a block of its own), because drivers
/// allow few allocations and make them slowly. Blocks that became empty are returned to the driver, except
/// the last of a kind. Host memory is coherent, so nothing need be flushed. Any thread.
class MemoryAllocator {
 public:
  explicit MemoryAllocator(const Device& device);
  ~MemoryAllocator();
  MemoryAllocator(const MemoryAllocator&) = delete;
  MemoryAllocator& operator=(const MemoryAllocator&) = delete;

  /// Throws core::Error when the device has no such memory or not enough of it.
  [[nodiscard]] Allocation allocate(const VkMemoryRequirements& needs, MemoryUse use);
  /// Of all blocks held, bytes.
  [[nodiscard]] std::size_t heldBytes() const;
  /// The memory type that a use wants of those allowed. Throws core::Error when there is none.
  [[nodiscard]] std::uint32_t typeFor(std::uint32_t allowed, MemoryUse use) const;

 private:
  friend class Allocation;
  void release(MemoryBlock& block, std::size_t offset, std::size_t size) noexcept;

  const Device& device_;
  mutable std::mutex mutex_;
  VkPhysicalDeviceMemoryProperties properties_{};
  std::vector<std::unique_ptr<MemoryBlock>> blocks_;
};

}  // namespace aula::render::vulkan
