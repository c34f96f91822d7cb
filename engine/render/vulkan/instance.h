// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <mutex>
#include <string>
#include <vector>

namespace aula::render::vulkan {

/// The connection to Vulkan's loader, and the ear for what the validation layers say. Must outlive every
/// Device made from it.
class Instance {
 public:
  /// Throws core::Error when there is no driver, or when validation is asked for and its layer is not
  /// installed. `extensions`: what a window needs, by name.
  explicit Instance(bool hasValidation, const std::vector<std::string>& extensions = {});
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  [[nodiscard]] VkInstance handle() const { return instance_; }
  [[nodiscard]] bool hasDebugUtils() const { return messenger_ != VK_NULL_HANDLE; }
  [[nodiscard]] bool hasSurfaces() const { return hasSurfaces_; }
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  static VKAPI_ATTR VkBool32 VKAPI_CALL onMessage(VkDebugUtilsMessageSeverityFlagBitsEXT severity,
                                                  VkDebugUtilsMessageTypeFlagsEXT types,
                                                  const VkDebugUtilsMessengerCallbackDataEXT* data,
                                                  void* self);

  VkInstance instance_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  bool hasSurfaces_ = false;
  std::mutex mutex_;  ///< The layers may speak on a driver's thread.
  std::vector<std::string> messages_;
};

}  // namespace aula::render::vulkan
