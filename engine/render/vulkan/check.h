// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <string>

namespace aula::render::vulkan {

/// "VK_ERROR_OUT_OF_DEVICE_MEMORY"; for a result we do not know its number.
[[nodiscard]] std::string resultName(VkResult result);

/// Throws core::Error that names the call, the result and the place in our source, with what a user can do
/// about it; DeviceLost (render/gpu.h) where the device is lost.
[[noreturn]] void throwVulkanError(VkResult result, const char* call, const char* file, int line);

}  // namespace aula::render::vulkan

/// Every Vulkan call that returns a VkResult goes through this.
#define AULA_VK(call)                                                                    \
  do {                                                                                   \
    const VkResult aulaVkResult = (call);                                                \
    if (aulaVkResult != VK_SUCCESS) {                                                    \
      ::aula::render::vulkan::throwVulkanError(aulaVkResult, #call, __FILE__, __LINE__); \
    }                                                                                    \
  } while (false)
