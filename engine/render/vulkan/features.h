// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <string>
#include <vector>

namespace aula::render::vulkan {

/// What a device can do, as far as drawing cares. Plain, so that choosing can be tested without a device.
struct Features {
  // Needed: without one of these the device is refused.
  bool dynamicRendering = false, synchronization2 = false, maintenance4 = false;
  bool timelineSemaphores = false, scalarBlockLayout = false;
  bool hostQueryReset = false, drawParameters = false, storageWriteWithoutFormat = false;
  bool fragmentStores = false, independentBlend = false, depthClamp = false;
  // Used where present.
  bool descriptorIndexing = false;  ///< Nothing of ours needs it yet; Debian 12's own lavapipe lacks it.
  bool samplerAnisotropy = false, multiview = false, bufferDeviceAddress = false, clipDistances = false;
  bool primitiveIds = false;  ///< gl_PrimitiveID in fragment shaders (Vulkan ties it to geometry shaders).
  bool storageReadWithoutFormat = false, samplerMinMax = false, multiDrawIndirect = false;
  bool accelerationStructures = false, rayQuery = false, rayTracingPipeline = false;
  bool swapchain = false, externalMemoryFd = false, externalSemaphoreFd = false;
};

/// "it lacks timeline semaphores", ...: every needed feature that is not there.
[[nodiscard]] std::vector<std::string> missingFeatures(const Features& features);

/// Of a device of Vulkan 1.3 or newer.
[[nodiscard]] Features queryFeatures(VkPhysicalDevice physical);

/// The structures that switch on exactly `features` when a device is made; must outlive that call.
class FeatureChain {
 public:
  explicit FeatureChain(const Features& features);
  FeatureChain(const FeatureChain&) = delete;
  FeatureChain& operator=(const FeatureChain&) = delete;
  [[nodiscard]] const void* first() const { return &core_; }

 private:
  VkPhysicalDeviceFeatures2 core_{};
  VkPhysicalDeviceVulkan11Features has11_{};
  VkPhysicalDeviceVulkan12Features has12_{};
  VkPhysicalDeviceVulkan13Features has13_{};
  VkPhysicalDeviceAccelerationStructureFeaturesKHR acceleration_{};
  VkPhysicalDeviceRayQueryFeaturesKHR rayQuery_{};
  VkPhysicalDeviceRayTracingPipelineFeaturesKHR rayPipeline_{};
};

/// The device extensions that `features` stand for.
[[nodiscard]] std::vector<const char*> deviceExtensions(const Features& features);

}  // namespace aula::render::vulkan
