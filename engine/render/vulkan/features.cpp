// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/features.h"

#include <algorithm>
#include <cstring>

#include "render/vulkan/check.h"

namespace aula::render::vulkan {
namespace {

struct Need {
  bool Features::*isThere;
  const char* name;
};

constexpr Need kNeeds[] = {
    {&Features::dynamicRendering, "dynamic rendering"},
    {&Features::synchronization2, "synchronization2"},
    {&Features::maintenance4, "maintenance4"},
    {&Features::timelineSemaphores, "timeline semaphores"},
    {&Features::scalarBlockLayout, "scalar block layout"},
    {&Features::hostQueryReset, "query reset by the host"},
    {&Features::drawParameters, "shader draw parameters"},
    {&Features::storageWriteWithoutFormat, "writes to storage images without a format"},
    {&Features::fragmentStores, "stores and atomics in fragment shaders"},
    {&Features::independentBlend, "independent blending"},
    {&Features::depthClamp, "depth clamping"},
};

/// Links the structures after each other, in the order given.
template <typename... More>
void chain(VkPhysicalDeviceFeatures2& first, More&... more) {
  void** next = &first.pNext;
  ((*next = &more, next = &more.pNext), ...);
  *next = nullptr;
}

bool isTrue(VkBool32 value) {
  return value == VK_TRUE;
}
VkBool32 flag(bool value) {
  return value ? VK_TRUE : VK_FALSE;
}

bool canExport(VkPhysicalDevice physical) {
  VkSemaphoreTypeCreateInfo type{};
  type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO;
  type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
  VkPhysicalDeviceExternalSemaphoreInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_SEMAPHORE_INFO;
  info.pNext = &type;
  info.handleType = VK_EXTERNAL_SEMAPHORE_HANDLE_TYPE_OPAQUE_FD_BIT;
  VkExternalSemaphoreProperties properties{};
  properties.sType = VK_STRUCTURE_TYPE_EXTERNAL_SEMAPHORE_PROPERTIES;
  vkGetPhysicalDeviceExternalSemaphoreProperties(physical, &info, &properties);
  return (properties.externalSemaphoreFeatures & VK_EXTERNAL_SEMAPHORE_FEATURE_EXPORTABLE_BIT) != 0;
}

}  // namespace

std::vector<std::string> missingFeatures(const Features& features) {
  std::vector<std::string> missing;
  for (const Need& need : kNeeds) {
    if (!(features.*need.isThere)) missing.push_back(std::string("it lacks ") + need.name);
  }
  return missing;
}

Features queryFeatures(VkPhysicalDevice physical) {
  std::uint32_t count = 0;
  AULA_VK(vkEnumerateDeviceExtensionProperties(physical, nullptr, &count, nullptr));
  std::vector<VkExtensionProperties> extensions(count);
  AULA_VK(vkEnumerateDeviceExtensionProperties(physical, nullptr, &count, extensions.data()));
  const auto has = [&](const char* name) {
    return std::any_of(extensions.begin(), extensions.end(), [&](const VkExtensionProperties& extension) {
      return std::strcmp(extension.extensionName, name) == 0;
    });
  };

  VkPhysicalDeviceFeatures2 core{};
  core.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
  VkPhysicalDeviceVulkan11Features has11{};
  has11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
  VkPhysicalDeviceVulkan12Features has12{};
  has12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
  VkPhysicalDeviceVulkan13Features has13{};
  has13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
  VkPhysicalDeviceAccelerationStructureFeaturesKHR acceleration{};
  acceleration.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ACCELERATION_STRUCTURE_FEATURES_KHR;
  VkPhysicalDeviceRayQueryFeaturesKHR rayQuery{};
  rayQuery.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_RAY_QUERY_FEATURES_KHR;
  VkPhysicalDeviceRayTracingPipelineFeaturesKHR rayPipeline{};
  rayPipeline.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_RAY_TRACING_PIPELINE_FEATURES_KHR;
  // Structures of extensions the device does not know are left as they are: all false.
  chain(core, has11, has12, has13, acceleration, rayQuery, rayPipeline);
  vkGetPhysicalDeviceFeatures2(physical, &core);

  Features f;
  f.dynamicRendering = isTrue(has13.dynamicRendering);
  f.synchronization2 = isTrue(has13.synchronization2);
  f.maintenance4 = isTrue(has13.maintenance4);
  f.timelineSemaphores = isTrue(has12.timelineSemaphore);
  f.descriptorIndexing = isTrue(has12.runtimeDescriptorArray) &&
                         isTrue(has12.shaderSampledImageArrayNonUniformIndexing) &&
                         isTrue(has12.shaderStorageBufferArrayNonUniformIndexing) &&
                         isTrue(has12.descriptorBindingPartiallyBound);
  f.scalarBlockLayout = isTrue(has12.scalarBlockLayout);
  f.hostQueryReset = isTrue(has12.hostQueryReset);
  f.drawParameters = isTrue(has11.shaderDrawParameters);
  f.storageWriteWithoutFormat = isTrue(core.features.shaderStorageImageWriteWithoutFormat);
  f.fragmentStores = isTrue(core.features.fragmentStoresAndAtomics);
  f.independentBlend = isTrue(core.features.independentBlend);
  f.depthClamp = isTrue(core.features.depthClamp);

  f.samplerAnisotropy = isTrue(core.features.samplerAnisotropy);
  f.multiview = isTrue(has11.multiview);
  f.bufferDeviceAddress = isTrue(has12.bufferDeviceAddress);
  f.clipDistances = isTrue(core.features.shaderClipDistance);
  f.primitiveIds = isTrue(core.features.geometryShader);
  f.storageReadWithoutFormat = isTrue(core.features.shaderStorageImageReadWithoutFormat);
  f.samplerMinMax = isTrue(has12.samplerFilterMinmax);
  f.multiDrawIndirect =
      isTrue(core.features.multiDrawIndirect) && isTrue(core.features.drawIndirectFirstInstance);
  f.accelerationStructures = f.bufferDeviceAddress && isTrue(acceleration.accelerationStructure) &&
                             has(VK_KHR_ACCELERATION_STRUCTURE_EXTENSION_NAME) &&
                             has(VK_KHR_DEFERRED_HOST_OPERATIONS_EXTENSION_NAME);
  f.rayQuery = f.accelerationStructures && isTrue(rayQuery.rayQuery) && has(VK_KHR_RAY_QUERY_EXTENSION_NAME);
  f.rayTracingPipeline = f.accelerationStructures && isTrue(rayPipeline.rayTracingPipeline) &&
                         has(VK_KHR_RAY_TRACING_PIPELINE_EXTENSION_NAME);
  f.swapchain = has(VK_KHR_SWAPCHAIN_EXTENSION_NAME);
  f.externalMemoryFd = has(VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME);
  f.externalSemaphoreFd = has(VK_KHR_EXTERNAL_SEMAPHORE_FD_EXTENSION_NAME) && canExport(physical);
  return f;
}

FeatureChain::FeatureChain(const Features& f) {
  core_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
  core_.features.shaderStorageImageWriteWithoutFormat = flag(f.storageWriteWithoutFormat);
  core_.features.shaderStorageImageReadWithoutFormat = flag(f.storageReadWithoutFormat);
  core_.features.fragmentStoresAndAtomics = flag(f.fragmentStores);
  core_.features.independentBlend = flag(f.independentBlend);
  core_.features.depthClamp = flag(f.depthClamp);
  core_.features.samplerAnisotropy = flag(f.samplerAnisotropy);
  core_.features.shaderClipDistance = flag(f.clipDistances);
  core_.features.geometryShader = flag(f.primitiveIds);
  core_.features.multiDrawIndirect = flag(f.multiDrawIndirect);
  core_.features.drawIndirectFirstInstance = flag(f.multiDrawIndirect);
  has11_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
  has11_.shaderDrawParameters = flag(f.drawParameters);
  has11_.multiview = flag(f.multiview);
  has12_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
  has12_.timelineSemaphore = flag(f.timelineSemaphores);
  has12_.runtimeDescriptorArray = flag(f.descriptorIndexing);
  has12_.shaderSampledImageArrayNonUniformIndexing = flag(f.descriptorIndexing);
  has12_.shaderStorageBufferArrayNonUniformIndexing = flag(f.descriptorIndexing);
  has12_.descriptorBindingPartiallyBound = flag(f.descriptorIndexing);
  has12_.scalarBlockLayout = flag(f.scalarBlockLayout);
  has12_.hostQueryReset = flag(f.hostQueryReset);
  has12_.bufferDeviceAddress = flag(f.bufferDeviceAddress);
  has12_.samplerFilterMinmax = flag(f.samplerMinMax);
  has13_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
  has13_.dynamicRendering = flag(f.dynamicRendering);
  has13_.synchronization2 = flag(f.synchronization2);
  has13_.maintenance4 = flag(f.maintenance4);
  acceleration_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ACCELERATION_STRUCTURE_FEATURES_KHR;
  acceleration_.accelerationStructure = VK_TRUE;
  rayQuery_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_RAY_QUERY_FEATURES_KHR;
  rayQuery_.rayQuery = VK_TRUE;
  rayPipeline_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_RAY_TRACING_PIPELINE_FEATURES_KHR;
  rayPipeline_.rayTracingPipeline = VK_TRUE;

  chain(core_, has11_, has12_, has13_);
  void** next = &has13_.pNext;
  const auto append = [&](auto& structure) {
    *next = &structure;
    next = &structure.pNext;
  };
  if (f.accelerationStructures) append(acceleration_);
  if (f.rayQuery) append(rayQuery_);
  if (f.rayTracingPipeline) append(rayPipeline_);
}

std::vector<const char*> deviceExtensions(const Features& f) {
  std::vector<const char*> names;
  if (f.accelerationStructures) {
    names.push_back(VK_KHR_DEFERRED_HOST_OPERATIONS_EXTENSION_NAME);
    names.push_back(VK_KHR_ACCELERATION_STRUCTURE_EXTENSION_NAME);
  }
  if (f.rayQuery) names.push_back(VK_KHR_RAY_QUERY_EXTENSION_NAME);
  if (f.rayTracingPipeline) names.push_back(VK_KHR_RAY_TRACING_PIPELINE_EXTENSION_NAME);
  if (f.swapchain) names.push_back(VK_KHR_SWAPCHAIN_EXTENSION_NAME);
  if (f.externalMemoryFd) names.push_back(VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME);
  if (f.externalSemaphoreFd) names.push_back(VK_KHR_EXTERNAL_SEMAPHORE_FD_EXTENSION_NAME);
  return names;
}

}  // namespace aula::render::vulkan
