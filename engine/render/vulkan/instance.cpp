// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/instance.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "core/error.h"
#include "render/vulkan/check.h"

namespace aula::render::vulkan {
namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";

bool isLayerInstalled(const char* wanted) {
  std::uint32_t count = 0;
  AULA_VK(vkEnumerateInstanceLayerProperties(&count, nullptr));
  std::vector<VkLayerProperties> layers(count);
  AULA_VK(vkEnumerateInstanceLayerProperties(&count, layers.data()));
  return std::any_of(layers.begin(), layers.end(),
                     [&](const VkLayerProperties& l) { return std::strcmp(l.layerName, wanted) == 0; });
}

/// Advice of the best-practices checks that is wrong for us; everything else counts.
constexpr const char* kUnheeded[] = {
    // The layer's table of accesses for a layout does not know those of synchronization2 (a sampled read of a
    // read-only image), nor that depth is resolved in the stage that writes colours (Vulkan 1.3, section
    // 7.4.2).
    "UNASSIGNED-BestPractices-ImageBarrierAccessLayout",
    // Our extension for debugging is only enabled together with these layers.
    "UNASSIGNED-BestPractices-vkCreateInstance-specialuse-extension-debugging",
};

template <typename Function>
Function load(VkInstance instance, const char* name) {
  return reinterpret_cast<Function>(vkGetInstanceProcAddr(instance, name));
}

}  // namespace

Instance::Instance(bool hasValidation, const std::vector<std::string>& wantedExtensions) {
  if (hasValidation && !isLayerInstalled(kValidationLayer)) {
    throw core::Error(std::string("Vulkan validation was asked for, but the layer ") + kValidationLayer +
                      " is not installed. On Debian: apt install vulkan-validationlayers");
  }
  VkApplicationInfo application{};
  application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  application.pApplicationName = "Aula";
  application.apiVersion = VK_API_VERSION_1_3;

  VkDebugUtilsMessengerCreateInfoEXT messenger{};
  messenger.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
  messenger.messageSeverity =
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  messenger.messageType =
      VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
  messenger.pfnUserCallback = &Instance::onMessage;
  messenger.pUserData = this;

  // Hazards between commands are as much our mistakes as wrong arguments.
  const std::array<VkValidationFeatureEnableEXT, 2> enabled = {
      VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT,
      VK_VALIDATION_FEATURE_ENABLE_BEST_PRACTICES_EXT};
  VkValidationFeaturesEXT features{};
  features.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT;
  features.pNext = &messenger;
  features.enabledValidationFeatureCount = static_cast<std::uint32_t>(enabled.size());
  features.pEnabledValidationFeatures = enabled.data();

  const std::array<const char*, 1> layers = {kValidationLayer};
  std::vector<const char*> extensions;
  for (const std::string& extension : wantedExtensions) extensions.push_back(extension.c_str());
  hasSurfaces_ = !extensions.empty();
  if (hasValidation) extensions.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
  VkInstanceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  info.pApplicationInfo = &application;
  if (hasValidation) {
    info.pNext = &features;
    info.enabledLayerCount = static_cast<std::uint32_t>(layers.size());
    info.ppEnabledLayerNames = layers.data();
  }
  info.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
  info.ppEnabledExtensionNames = extensions.data();
  const VkResult result = vkCreateInstance(&info, nullptr, &instance_);
  if (result == VK_ERROR_INCOMPATIBLE_DRIVER) {
    throw core::Error(
        "No Vulkan driver was found, so no picture can be drawn. A graphics card is not needed: on Debian, "
        "apt install mesa-vulkan-drivers brings one in software.");
  }
  if (result == VK_ERROR_EXTENSION_NOT_PRESENT) {
    std::string names;
    for (const char* name : extensions) names += (names.empty() ? "" : ", ") + std::string(name);
    throw core::Error("The Vulkan driver cannot draw into windows: it lacks one of " + names + ".");
  }
  AULA_VK(result);
  if (hasValidation) {
    const auto create = load<PFN_vkCreateDebugUtilsMessengerEXT>(instance_, "vkCreateDebugUtilsMessengerEXT");
    AULA_VK(create(instance_, &messenger, nullptr, &messenger_));
  }
}

Instance::~Instance() {
  if (messenger_ != VK_NULL_HANDLE) {
    load<PFN_vkDestroyDebugUtilsMessengerEXT>(instance_, "vkDestroyDebugUtilsMessengerEXT")(
        instance_, messenger_, nullptr);
  }
  vkDestroyInstance(instance_, nullptr);
}

VkBool32 Instance::onMessage(VkDebugUtilsMessageSeverityFlagBitsEXT /*severity*/,
                             VkDebugUtilsMessageTypeFlagsEXT /*types*/,
                             const VkDebugUtilsMessengerCallbackDataEXT* data, void* self) {
  for (const char* id : kUnheeded) {
    if (data->pMessageIdName != nullptr && std::strcmp(data->pMessageIdName, id) == 0) return VK_FALSE;
  }
  auto& instance = *static_cast<Instance*>(self);
  const std::scoped_lock lock(instance.mutex_);
  instance.messages_.emplace_back(data->pMessage);
  std::fprintf(stderr, "Vulkan validation: %s\n", data->pMessage);
  return VK_FALSE;
}

}  // namespace aula::render::vulkan
