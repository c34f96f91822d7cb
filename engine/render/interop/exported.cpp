// SPDX-License-Identifier: Apache-2.0
#include "render/interop/exported.h"

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"
#include "render/vulkan/memory.h"

namespace aula::render::interop {
namespace {

constexpr VkExternalMemoryHandleTypeFlagBits kMemoryHandle = VK_EXTERNAL_MEMORY_HANDLE_TYPE_OPAQUE_FD_BIT;
constexpr VkExternalSemaphoreHandleTypeFlagBits kSemaphoreHandle =
    VK_EXTERNAL_SEMAPHORE_HANDLE_TYPE_OPAQUE_FD_BIT;

}  // namespace

bool canExportBuffers(const vulkan::Device& device, VkBufferUsageFlags usage) {
  if (!device.features().externalMemoryFd) return false;
  VkPhysicalDeviceExternalBufferInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_BUFFER_INFO;
  info.usage = usage;
  info.handleType = kMemoryHandle;
  VkExternalBufferProperties properties{};
  properties.sType = VK_STRUCTURE_TYPE_EXTERNAL_BUFFER_PROPERTIES;
  vkGetPhysicalDeviceExternalBufferProperties(device.physical(), &info, &properties);
  return (properties.externalMemoryProperties.externalMemoryFeatures &
          VK_EXTERNAL_MEMORY_FEATURE_EXPORTABLE_BIT) != 0;
}

ExportedBuffer::ExportedBuffer(const vulkan::Device& device, VkDeviceSize bytes, VkBufferUsageFlags usage)
    : device_(device), size_(bytes) {
  try {
    VkExternalMemoryBufferCreateInfo external{};
    external.sType = VK_STRUCTURE_TYPE_EXTERNAL_MEMORY_BUFFER_CREATE_INFO;
    external.handleTypes = kMemoryHandle;
    VkBufferCreateInfo buffer{};
    buffer.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
    buffer.pNext = &external;
    buffer.size = bytes;
    buffer.usage = usage;
    AULA_VK(vkCreateBuffer(device.handle(), &buffer, nullptr, &buffer_));
    VkMemoryRequirements needs{};
    vkGetBufferMemoryRequirements(device.handle(), buffer_, &needs);
    allocatedBytes_ = needs.size;

    VkMemoryDedicatedAllocateInfo dedicated{};
    dedicated.sType = VK_STRUCTURE_TYPE_MEMORY_DEDICATED_ALLOCATE_INFO;
    dedicated.buffer = buffer_;
    VkExportMemoryAllocateInfo exported{};
    exported.sType = VK_STRUCTURE_TYPE_EXPORT_MEMORY_ALLOCATE_INFO;
    exported.pNext = &dedicated;
    exported.handleTypes = kMemoryHandle;
    VkMemoryAllocateInfo memory{};
    memory.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
    memory.pNext = &exported;
    memory.allocationSize = needs.size;
    memory.memoryTypeIndex = device.memory().typeFor(needs.memoryTypeBits, vulkan::MemoryUse::device);
    AULA_VK(vkAllocateMemory(device.handle(), &memory, nullptr, &memory_));
    AULA_VK(vkBindBufferMemory(device.handle(), buffer_, memory_, 0));
  } catch (...) {
    destroy();
    throw;
  }
}

ExportedBuffer::~ExportedBuffer() {
  destroy();
}

void ExportedBuffer::destroy() noexcept {
  vkDestroyBuffer(device_.handle(), buffer_, nullptr);
  vkFreeMemory(device_.handle(), memory_, nullptr);
}

int ExportedBuffer::openDescriptor() const {
  const auto get = device_.load<PFN_vkGetMemoryFdKHR>("vkGetMemoryFdKHR");
  VkMemoryGetFdInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_MEMORY_GET_FD_INFO_KHR;
  info.memory = memory_;
  info.handleType = kMemoryHandle;
  int descriptor = -1;
  AULA_VK(get(device_.handle(), &info, &descriptor));
  return descriptor;
}

ExportedTimeline::ExportedTimeline(const vulkan::Device& device) : device_(device) {
  VkExportSemaphoreCreateInfo exported{};
  exported.sType = VK_STRUCTURE_TYPE_EXPORT_SEMAPHORE_CREATE_INFO;
  exported.handleTypes = kSemaphoreHandle;
  VkSemaphoreTypeCreateInfo type{};
  type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO;
  type.pNext = &exported;
  type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
  VkSemaphoreCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO;
  info.pNext = &type;
  AULA_VK(vkCreateSemaphore(device.handle(), &info, nullptr, &semaphore_));
}

ExportedTimeline::~ExportedTimeline() {
  vkDestroySemaphore(device_.handle(), semaphore_, nullptr);
}

int ExportedTimeline::openDescriptor() const {
  const auto get = device_.load<PFN_vkGetSemaphoreFdKHR>("vkGetSemaphoreFdKHR");
  VkSemaphoreGetFdInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_GET_FD_INFO_KHR;
  info.semaphore = semaphore_;
  info.handleType = kSemaphoreHandle;
  int descriptor = -1;
  AULA_VK(get(device_.handle(), &info, &descriptor));
  return descriptor;
}

}  // namespace aula::render::interop
