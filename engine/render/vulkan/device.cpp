// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/device.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "render/vulkan/check.h"
#include "render/vulkan/memory.h"

namespace aula::render {
namespace vulkan {
namespace {

std::vector<VkPhysicalDevice> physicalDevices(VkInstance instance) {
  std::uint32_t count = 0;
  AULA_VK(vkEnumeratePhysicalDevices(instance, &count, nullptr));
  std::vector<VkPhysicalDevice> devices(count);
  if (count > 0) AULA_VK(vkEnumeratePhysicalDevices(instance, &count, devices.data()));
  devices.resize(count);
  return devices;
}

std::optional<std::uint32_t> graphicsQueueFamily(VkPhysicalDevice physical) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    if ((families[i].queueFlags & VK_QUEUE_GRAPHICS_BIT) != 0) return i;
  }
  return std::nullopt;
}

bool canUse(VkPhysicalDevice physical, VkFormat format, VkFormatFeatureFlags wanted) {
  VkFormatProperties properties{};
  vkGetPhysicalDeviceFormatProperties(physical, format, &properties);
  return (properties.optimalTilingFeatures & wanted) == wanted;
}

std::string versionText(std::uint32_t version) {
  return std::to_string(VK_API_VERSION_MAJOR(version)) + "." + std::to_string(VK_API_VERSION_MINOR(version)) +
         "." + std::to_string(VK_API_VERSION_PATCH(version));
}

GpuKind kindOf(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return GpuKind::discrete;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return GpuKind::integrated;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return GpuKind::virtualised;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
      return GpuKind::cpu;
    default:
      return GpuKind::other;
  }
}

DeviceReport describe(VkPhysicalDevice physical) {
  VkPhysicalDeviceDriverProperties driver{};
  driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
  VkPhysicalDeviceProperties2 properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  properties.pNext = &driver;
  vkGetPhysicalDeviceProperties2(physical, &properties);
  const VkPhysicalDeviceProperties& base = properties.properties;

  DeviceReport report;
  report.name = base.deviceName;
  report.kind = kindOf(base.deviceType);
  report.apiVersion = versionText(base.apiVersion);
  report.driver = std::string(driver.driverName) + " " + driver.driverInfo;

  VkPhysicalDeviceMemoryProperties memory{};
  vkGetPhysicalDeviceMemoryProperties(physical, &memory);
  for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i) {
    if ((memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0) {
      report.memoryBytes = std::max(report.memoryBytes, static_cast<double>(memory.memoryHeaps[i].size));
    }
  }

  if (base.apiVersion < VK_API_VERSION_1_3) {
    report.refusals.push_back("it offers Vulkan " + report.apiVersion + ", 1.3 is needed: update its driver");
  } else {
    VkPhysicalDeviceVulkan13Features has13{};
    has13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
    VkPhysicalDeviceFeatures2 features{};
    features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
    features.pNext = &has13;
    vkGetPhysicalDeviceFeatures2(physical, &features);
    if (has13.dynamicRendering == VK_FALSE) report.refusals.emplace_back("it lacks dynamic rendering");
    if (has13.synchronization2 == VK_FALSE) report.refusals.emplace_back("it lacks synchronization2");
  }
  if (!graphicsQueueFamily(physical))
    report.refusals.emplace_back("it has no queue for graphics, only for computing");
  if (!canUse(physical, VK_FORMAT_D32_SFLOAT,
              VK_FORMAT_FEATURE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT)) {
    report.refusals.emplace_back("it has no 32-bit depth buffer that can be read");
  }
  if ((base.limits.framebufferColorSampleCounts & base.limits.framebufferDepthSampleCounts &
       VK_SAMPLE_COUNT_4_BIT) == 0) {
    report.refusals.emplace_back("it cannot smooth edges with four samples");
  }
  return report;
}

}  // namespace

Device::Device(const Instance& instance, const std::string& wanted) {
  const std::vector<VkPhysicalDevice> physicals = physicalDevices(instance.handle());
  std::vector<DeviceReport> reports;
  for (VkPhysicalDevice p : physicals) reports.push_back(describe(p));
  const std::size_t choice = chooseVulkanDevice(reports, wanted);
  physical_ = physicals[choice];
  report_ = reports[choice];
  queueFamily_ = *graphicsQueueFamily(physical_);

  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(physical_, &properties);
  limits_ = properties.limits;

  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = queueFamily_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkPhysicalDeviceVulkan13Features features{};
  features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
  features.dynamicRendering = VK_TRUE;
  features.synchronization2 = VK_TRUE;
  VkDeviceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  info.pNext = &features;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  AULA_VK(vkCreateDevice(physical_, &info, nullptr, &device_));
  vkGetDeviceQueue(device_, queueFamily_, 0, &queue_);
  memory_ = std::make_unique<MemoryAllocator>(*this);
}

Device::~Device() {
  memory_.reset();
  vkDestroyDevice(device_, nullptr);
}

}  // namespace vulkan

std::vector<DeviceReport> findVulkanDevices() {
  const vulkan::Instance instance(false);
  std::vector<DeviceReport> reports;
  for (VkPhysicalDevice physical : vulkan::physicalDevices(instance.handle())) {
    reports.push_back(vulkan::describe(physical));
  }
  return reports;
}

}  // namespace aula::render
