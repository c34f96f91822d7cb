// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/device.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "render/gpu.h"
#include "render/vulkan/check.h"
#include "render/vulkan/memory.h"
#include "render/vulkan/pipeline_cache.h"
#include "render/vulkan/shader_reload.h"

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

std::uint32_t timestampBitsOf(VkPhysicalDevice physical, std::uint32_t family) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());
  return families[family].timestampValidBits;
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
    report.refusals = missingFeatures(queryFeatures(physical));
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

Device::Device(const Instance& instance, const std::string& wanted)
    : shaderReload_(ShaderReload::fromEnvironment()) {
  const std::vector<VkPhysicalDevice> physicals = physicalDevices(instance.handle());
  std::vector<DeviceReport> reports;
  for (VkPhysicalDevice p : physicals) reports.push_back(describe(p));
  const std::size_t choice = chooseVulkanDevice(reports, wanted);
  physical_ = physicals[choice];
  report_ = reports[choice];
  queueFamily_ = *graphicsQueueFamily(physical_);

  features_ = queryFeatures(physical_);
  // Presenting needs the instance's part of it as well.
  features_.swapchain = features_.swapchain && instance.hasSurfaces();

  identity_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ID_PROPERTIES;
  VkPhysicalDeviceProperties2 properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  properties.pNext = &identity_;
  vkGetPhysicalDeviceProperties2(physical_, &properties);
  identity_.pNext = nullptr;
  limits_ = properties.properties.limits;
  timestampBits_ = timestampBitsOf(physical_, queueFamily_);

  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = queueFamily_;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  const FeatureChain wantedFeatures(features_);
  const std::vector<const char*> extensions = deviceExtensions(features_);
  VkDeviceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  info.pNext = wantedFeatures.first();
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  info.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
  info.ppEnabledExtensionNames = extensions.data();
  AULA_VK(vkCreateDevice(physical_, &info, nullptr, &device_));
  vkGetDeviceQueue(device_, queueFamily_, 0, &queue_);
  try {
    pipelineCache_ = std::make_unique<PipelineCache>(device_, properties.properties);
    memory_ = std::make_unique<MemoryAllocator>(*this);
  } catch (...) {
    pipelineCache_.reset();
    vkDestroyDevice(device_, nullptr);
    throw;
  }
  if (instance.hasDebugUtils()) {
    beginLabel_ = load<PFN_vkCmdBeginDebugUtilsLabelEXT>("vkCmdBeginDebugUtilsLabelEXT");
    endLabel_ = load<PFN_vkCmdEndDebugUtilsLabelEXT>("vkCmdEndDebugUtilsLabelEXT");
    nameObject_ = load<PFN_vkSetDebugUtilsObjectNameEXT>("vkSetDebugUtilsObjectNameEXT");
  }
}

Device::~Device() {
  waitIdle();
  memory_.reset();
  pipelineCache_.reset();
  vkDestroyDevice(device_, nullptr);
}

VkPipelineCache Device::pipelineCache() const {
  return pipelineCache_->handle();
}

VkPipelineStageFlags2 Device::computeStages() const {
  return VK_PIPELINE_STAGE_2_COMPUTE_SHADER_BIT |
         (features_.rayTracingPipeline ? VK_PIPELINE_STAGE_2_RAY_TRACING_SHADER_BIT_KHR : 0);
}

void Device::check(VkResult result, const char* call, const char* file, int line) const {
  if (result == VK_SUCCESS) return;
  if (result == VK_ERROR_DEVICE_LOST) isLost_ = true;
  throwVulkanError(result, call, file, line);
}

void Device::submit(const VkSubmitInfo2& info, VkFence fence) const {
  if (isToBeLost_) isLost_ = true;
  if (isLost_) throw DeviceLost();
  const std::scoped_lock lock(queueMutex_);
  check(vkQueueSubmit2(queue_, 1, &info, fence), "vkQueueSubmit2", __FILE__, __LINE__);
}

void Device::wait(VkSemaphore timeline, std::uint64_t value) const {
  VkSemaphoreWaitInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO;
  info.semaphoreCount = 1;
  info.pSemaphores = &timeline;
  info.pValues = &value;
  check(vkWaitSemaphores(device_, &info, UINT64_MAX), "vkWaitSemaphores", __FILE__, __LINE__);
}

void Device::waitIdle() const noexcept {
  const std::scoped_lock lock(queueMutex_);
  // A lost device has nothing left to wait for; the loss was or will be reported where work is submitted.
  (void)vkDeviceWaitIdle(device_);
}

void Device::beginLabel(VkCommandBuffer commands, const char* name) const {
  if (beginLabel_ == nullptr) return;
  VkDebugUtilsLabelEXT label{};
  label.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_LABEL_EXT;
  label.pLabelName = name;
  beginLabel_(commands, &label);
}

void Device::endLabel(VkCommandBuffer commands) const {
  if (endLabel_ != nullptr) endLabel_(commands);
}

void Device::nameObject(VkObjectType type, std::uint64_t handle, const std::string& name) const {
  if (nameObject_ == nullptr) return;
  VkDebugUtilsObjectNameInfoEXT info{};
  info.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT;
  info.objectType = type;
  info.objectHandle = handle;
  info.pObjectName = name.c_str();
  AULA_VK(nameObject_(device_, &info));
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
