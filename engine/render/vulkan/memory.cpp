// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/memory.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.h"
#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

struct MemoryBlock {
  MemoryAllocator* owner;
  std::uint32_t type;
  VkDeviceMemory memory;
  std::byte* mapped;
  FreeList free;
};

namespace {
constexpr std::size_t kBlockBytes = std::size_t{32} << 20;
}

Allocation::~Allocation() {
  if (block_ != nullptr) block_->owner->release(*block_, offset_, size_);
}

Allocation::Allocation(Allocation&& other) noexcept
    : block_(std::exchange(other.block_, nullptr)), offset_(other.offset_), size_(other.size_) {}

Allocation& Allocation::operator=(Allocation&& other) noexcept {
  std::swap(block_, other.block_);
  std::swap(offset_, other.offset_);
  std::swap(size_, other.size_);
  return *this;
}

VkDeviceMemory Allocation::memory() const {
  return block_->memory;
}
std::byte* Allocation::mapped() const {
  return block_->mapped == nullptr ? nullptr : block_->mapped + offset_;
}

MemoryAllocator::MemoryAllocator(const Device& device) : device_(device) {
  vkGetPhysicalDeviceMemoryProperties(device.physical(), &properties_);
}

MemoryAllocator::~MemoryAllocator() {
  for (const auto& block : blocks_) vkFreeMemory(device_.handle(), block->memory, nullptr);
}

std::uint32_t MemoryAllocator::typeFor(std::uint32_t allowed, MemoryUse use) const {
  constexpr VkMemoryPropertyFlags kHost =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  // The best first; each later set asks for less.
  std::array<VkMemoryPropertyFlags, 2> wishes{};
  if (use == MemoryUse::device) wishes = {VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0};
  if (use == MemoryUse::upload) wishes = {kHost, kHost};
  if (use == MemoryUse::readback) wishes = {kHost | VK_MEMORY_PROPERTY_HOST_CACHED_BIT, kHost};
  for (const VkMemoryPropertyFlags wish : wishes) {
    for (std::uint32_t i = 0; i < properties_.memoryTypeCount; ++i) {
      if ((allowed >> i & 1U) != 0 && (properties_.memoryTypes[i].propertyFlags & wish) == wish) return i;
    }
  }
  throw core::Error("The Vulkan device " + device_.report().name +
                    " has no memory of a kind that drawing needs.");
}

Allocation MemoryAllocator::allocate(const VkMemoryRequirements& needs, MemoryUse use) {
  const std::uint32_t type = typeFor(needs.memoryTypeBits, use);
  // Buffers and images may lie side by side only at this distance (Vulkan, "Resource Memory Association").
  const auto granularity = static_cast<std::size_t>(device_.limits().bufferImageGranularity);
  const std::size_t alignment = std::max(static_cast<std::size_t>(needs.alignment), granularity);
  const std::size_t size =
      (static_cast<std::size_t>(needs.size) + granularity - 1) / granularity * granularity;
  const std::scoped_lock lock(mutex_);
  for (const auto& block : blocks_) {
    // A software device has one type for all; whether a block is mapped was settled when it was made.
    if (block->type != type || (block->mapped != nullptr) != (use != MemoryUse::device)) continue;
    if (const auto offset = block->free.take(size, alignment)) return {block.get(), *offset, size};
  }

  VkMemoryAllocateFlagsInfo flags{};
  flags.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_FLAGS_INFO;
  flags.flags = VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT;
  VkMemoryAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
  info.pNext = device_.features().bufferDeviceAddress ? &flags : nullptr;
  info.allocationSize = std::max(size, kBlockBytes);
  info.memoryTypeIndex = type;
  auto block = std::make_unique<MemoryBlock>(MemoryBlock{
      this, type, VK_NULL_HANDLE, nullptr, FreeList(static_cast<std::size_t>(info.allocationSize))});
  AULA_VK(vkAllocateMemory(device_.handle(), &info, nullptr, &block->memory));
  if (use != MemoryUse::device) {
    void* mapped = nullptr;
    const VkResult result = vkMapMemory(device_.handle(), block->memory, 0, VK_WHOLE_SIZE, 0, &mapped);
    if (result != VK_SUCCESS) vkFreeMemory(device_.handle(), block->memory, nullptr);
    AULA_VK(result);
    block->mapped = static_cast<std::byte*>(mapped);
  }
  blocks_.push_back(std::move(block));
  MemoryBlock& made = *blocks_.back();
  return {&made, *made.free.take(size, alignment), size};
}

void MemoryAllocator::release(MemoryBlock& block, std::size_t offset, std::size_t size) noexcept {
  const std::scoped_lock lock(mutex_);
  block.free.give(offset, size);
  if (!block.free.isEmpty()) return;
  const auto isSpare = [&](const auto& b) {
    return b.get() != &block && b->type == block.type &&
           (b->mapped == nullptr) == (block.mapped == nullptr) && b->free.isEmpty();
  };
  if (std::none_of(blocks_.begin(), blocks_.end(), isSpare)) return;
  vkFreeMemory(device_.handle(), block.memory, nullptr);
  blocks_.erase(
      std::find_if(blocks_.begin(), blocks_.end(), [&](const auto& b) { return b.get() == &block; }));
}

std::size_t MemoryAllocator::heldBytes() const {
  const std::scoped_lock lock(mutex_);
  std::size_t sum = 0;
  for (const auto& block : blocks_) sum += block->free.size();
  return sum;
}

}  // namespace aula::render::vulkan
