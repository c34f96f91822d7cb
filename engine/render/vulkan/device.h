// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <memory>
#include <string>

#include "render/devices.h"
#include "render/vulkan/instance.h"

namespace aula::render::vulkan {

class MemoryAllocator;

/// The device chosen, with its one graphics queue. Must outlive everything made from it.
class Device {
 public:
  /// `wanted`: part of a name, empty for the best (chooseVulkanDevice). Throws core::Error with every reason.
  Device(const Instance& instance, const std::string& wanted);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] VkDevice handle() const { return device_; }
  [[nodiscard]] VkPhysicalDevice physical() const { return physical_; }
  [[nodiscard]] VkQueue queue() const { return queue_; }
  [[nodiscard]] std::uint32_t queueFamily() const { return queueFamily_; }
  [[nodiscard]] const VkPhysicalDeviceLimits& limits() const { return limits_; }
  [[nodiscard]] const DeviceReport& report() const { return report_; }
  [[nodiscard]] MemoryAllocator& memory() const { return *memory_; }

 private:
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  std::uint32_t queueFamily_ = 0;
  VkPhysicalDeviceLimits limits_{};
  DeviceReport report_;
  std::unique_ptr<MemoryAllocator> memory_;
};

}  // namespace aula::render::vulkan
