// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/check.h"

#include "core/error.h"
#include "render/gpu.h"

namespace aula::render::vulkan {

std::string resultName(VkResult result) {
  switch (result) {
#define AULA_CASE(name) \
  case name:            \
    return #name
    AULA_CASE(VK_SUCCESS);
    AULA_CASE(VK_NOT_READY);
    AULA_CASE(VK_TIMEOUT);
    AULA_CASE(VK_INCOMPLETE);
    AULA_CASE(VK_ERROR_OUT_OF_HOST_MEMORY);
    AULA_CASE(VK_ERROR_OUT_OF_DEVICE_MEMORY);
    AULA_CASE(VK_ERROR_INITIALIZATION_FAILED);
    AULA_CASE(VK_ERROR_DEVICE_LOST);
    AULA_CASE(VK_ERROR_MEMORY_MAP_FAILED);
    AULA_CASE(VK_ERROR_LAYER_NOT_PRESENT);
    AULA_CASE(VK_ERROR_EXTENSION_NOT_PRESENT);
    AULA_CASE(VK_ERROR_FEATURE_NOT_PRESENT);
    AULA_CASE(VK_ERROR_INCOMPATIBLE_DRIVER);
    AULA_CASE(VK_ERROR_TOO_MANY_OBJECTS);
    AULA_CASE(VK_ERROR_FORMAT_NOT_SUPPORTED);
    AULA_CASE(VK_ERROR_FRAGMENTED_POOL);
    AULA_CASE(VK_ERROR_UNKNOWN);
    AULA_CASE(VK_ERROR_OUT_OF_POOL_MEMORY);
    AULA_CASE(VK_ERROR_FRAGMENTATION);
    AULA_CASE(VK_ERROR_INVALID_EXTERNAL_HANDLE);
    AULA_CASE(VK_ERROR_SURFACE_LOST_KHR);
    AULA_CASE(VK_ERROR_NATIVE_WINDOW_IN_USE_KHR);
    AULA_CASE(VK_ERROR_OUT_OF_DATE_KHR);
    AULA_CASE(VK_SUBOPTIMAL_KHR);
#undef AULA_CASE
    default:
      return "VkResult " + std::to_string(static_cast<int>(result));
  }
}

void throwVulkanError(VkResult result, const char* call, const char* file, int line) {
  // Callers recover from this one by making everything anew, so it has a type of its own.
  if (result == VK_ERROR_DEVICE_LOST) throw DeviceLost();
  // The call's name without its arguments is what a reader can look up.
  const std::string text(call);
  std::string message = "Vulkan's " + text.substr(0, text.find('(')) + " failed with " + resultName(result) +
                        " (" + file + ":" + std::to_string(line) + ").";
  if (result == VK_ERROR_OUT_OF_DEVICE_MEMORY || result == VK_ERROR_OUT_OF_HOST_MEMORY) {
    message +=
        " There is not enough memory for this picture: ask for a smaller one, or for fewer nodes in the "
        "view.";
  }
  throw core::Error(message);
}

}  // namespace aula::render::vulkan
