// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/swapchain.h"

#include <algorithm>
#include <mutex>

#include "core/error.h"
#include "render/gpu.h"
#include "render/vulkan/check.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

Swapchain::Swapchain(const Instance& instance, const Device& device, VkSurfaceKHR surface)
    : instance_(instance), device_(device), surface_(surface) {
  try {
    VkBool32 canPresent = VK_FALSE;
    if (device.features().swapchain) {
      AULA_VK(vkGetPhysicalDeviceSurfaceSupportKHR(device.physical(), device.queueFamily(), surface,
                                                   &canPresent));
    }
    if (canPresent == VK_FALSE) {
      throw core::Error("The device " + device.report().name +
                        " cannot show pictures in this window. Another can be chosen with "
                        "AULA_VULKAN_DEVICE.");
    }
    chooseFormat();
    for (std::size_t i = 0; i < FrameCommands::kFramesInFlight; ++i) isAcquired_.push_back(makeSemaphore());
  } catch (...) {
    for (VkSemaphore semaphore : isAcquired_) vkDestroySemaphore(device.handle(), semaphore, nullptr);
    vkDestroySurfaceKHR(instance.handle(), surface, nullptr);
    throw;
  }
}

Swapchain::~Swapchain() {
  device_.waitIdle();
  destroyImages();
  vkDestroySwapchainKHR(device_.handle(), swapchain_, nullptr);
  for (VkSemaphore semaphore : isAcquired_) vkDestroySemaphore(device_.handle(), semaphore, nullptr);
  vkDestroySurfaceKHR(instance_.handle(), surface_, nullptr);
}

void Swapchain::destroyImages() noexcept {
  for (VkSemaphore semaphore : isDrawn_) vkDestroySemaphore(device_.handle(), semaphore, nullptr);
  isDrawn_.clear();
  images_.clear();
}

VkSemaphore Swapchain::makeSemaphore() const {
  VkSemaphoreCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO;
  VkSemaphore semaphore = VK_NULL_HANDLE;
  AULA_VK(vkCreateSemaphore(device_.handle(), &info, nullptr, &semaphore));
  return semaphore;
}

void Swapchain::chooseFormat() {
  std::uint32_t count = 0;
  AULA_VK(vkGetPhysicalDeviceSurfaceFormatsKHR(device_.physical(), surface_, &count, nullptr));
  std::vector<VkSurfaceFormatKHR> formats(count);
  AULA_VK(vkGetPhysicalDeviceSurfaceFormatsKHR(device_.physical(), surface_, &count, formats.data()));
  // Values are encoded already: a format that does not encode them again.
  const auto isPlain = [](const VkSurfaceFormatKHR& f) {
    return f.colorSpace == VK_COLOR_SPACE_SRGB_NONLINEAR_KHR &&
           (f.format == VK_FORMAT_B8G8R8A8_UNORM || f.format == VK_FORMAT_R8G8B8A8_UNORM);
  };
  const auto found = std::find_if(formats.begin(), formats.end(), isPlain);
  if (found == formats.end()) {
    throw core::Error("The window offers no 8-bit sRGB format on the device " + device_.report().name + ".");
  }
  format_ = *found;
}

VkPresentModeKHR Swapchain::presentMode(bool isPaced) const {
  if (isPaced) return VK_PRESENT_MODE_FIFO_KHR;
  std::uint32_t count = 0;
  AULA_VK(vkGetPhysicalDeviceSurfacePresentModesKHR(device_.physical(), surface_, &count, nullptr));
  std::vector<VkPresentModeKHR> modes(count);
  AULA_VK(vkGetPhysicalDeviceSurfacePresentModesKHR(device_.physical(), surface_, &count, modes.data()));
  const bool hasMailbox = std::find(modes.begin(), modes.end(), VK_PRESENT_MODE_MAILBOX_KHR) != modes.end();
  return hasMailbox ? VK_PRESENT_MODE_MAILBOX_KHR : VK_PRESENT_MODE_FIFO_KHR;
}

bool Swapchain::configure(std::uint32_t width, std::uint32_t height, bool isPaced) {
  VkSurfaceCapabilitiesKHR can{};
  AULA_VK(vkGetPhysicalDeviceSurfaceCapabilitiesKHR(device_.physical(), surface_, &can));
  VkExtent2D extent = can.currentExtent;
  // All ones: the window takes the size of its pictures.
  if (extent.width == UINT32_MAX) {
    extent = {std::clamp(width, can.minImageExtent.width, can.maxImageExtent.width),
              std::clamp(height, can.minImageExtent.height, can.maxImageExtent.height)};
  }
  if (extent.width == 0 || extent.height == 0 || width == 0 || height == 0) return false;
  if ((can.supportedUsageFlags & VK_IMAGE_USAGE_TRANSFER_DST_BIT) == 0)
    throw core::Error("The window's images cannot be copied into on " + device_.report().name + ".");

  // Frames on their way use what is replaced.
  device_.waitIdle();
  VkSwapchainCreateInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_SWAPCHAIN_CREATE_INFO_KHR;
  info.surface = surface_;
  // One on the screen, one waiting, one to draw into.
  info.minImageCount = std::max(can.minImageCount, 3U);
  if (can.maxImageCount > 0) info.minImageCount = std::min(info.minImageCount, can.maxImageCount);
  info.imageFormat = format_.format;
  info.imageColorSpace = format_.colorSpace;
  info.imageExtent = extent;
  info.imageArrayLayers = 1;
  info.imageUsage = VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  info.preTransform = can.currentTransform;
  info.compositeAlpha = (can.supportedCompositeAlpha & VK_COMPOSITE_ALPHA_OPAQUE_BIT_KHR) != 0
                            ? VK_COMPOSITE_ALPHA_OPAQUE_BIT_KHR
                            : VK_COMPOSITE_ALPHA_INHERIT_BIT_KHR;
  info.presentMode = presentMode(isPaced);
  info.clipped = VK_TRUE;
  info.oldSwapchain = swapchain_;
  VkSwapchainKHR made = VK_NULL_HANDLE;
  const VkResult result = vkCreateSwapchainKHR(device_.handle(), &info, nullptr, &made);
  // The old one is used up, whether or not there is a new one.
  destroyImages();
  vkDestroySwapchainKHR(device_.handle(), swapchain_, nullptr);
  swapchain_ = made;
  device_.check(result, "vkCreateSwapchainKHR", __FILE__, __LINE__);
  extent_ = extent;
  std::uint32_t count = 0;
  AULA_VK(vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, nullptr));
  images_.resize(count);
  AULA_VK(vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, images_.data()));
  for (std::size_t i = 0; i < images_.size(); ++i) isDrawn_.push_back(makeSemaphore());
  return true;
}

bool Swapchain::acquire(FrameCommands& frame, Target& target) {
  if (device_.isLost()) throw DeviceLost();
  // Frames take turns; the semaphore's last frame was waited for when this one was begun.
  VkSemaphore isAcquired = isAcquired_[frame.ticket() % isAcquired_.size()];
  const VkResult result = vkAcquireNextImageKHR(device_.handle(), swapchain_, UINT64_MAX, isAcquired,
                                                VK_NULL_HANDLE, &target.index);
  if (result == VK_ERROR_OUT_OF_DATE_KHR) return false;
  // An image that fits badly is shown all the same: its semaphore will be signalled. show() tells later.
  if (result != VK_SUBOPTIMAL_KHR) device_.check(result, "vkAcquireNextImageKHR", __FILE__, __LINE__);
  target.image = images_[target.index];
  target.extent = extent_;
  frame.waitFor(isAcquired, VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT);
  frame.signal(isDrawn_[target.index]);
  return true;
}

bool Swapchain::show(const Target& target) {
  VkPresentInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_PRESENT_INFO_KHR;
  info.waitSemaphoreCount = 1;
  info.pWaitSemaphores = &isDrawn_[target.index];
  info.swapchainCount = 1;
  info.pSwapchains = &swapchain_;
  info.pImageIndices = &target.index;
  VkResult result = VK_SUCCESS;
  {
    const std::scoped_lock lock(device_.queueMutex());
    result = vkQueuePresentKHR(device_.queue(), &info);
  }
  if (result == VK_ERROR_OUT_OF_DATE_KHR || result == VK_SUBOPTIMAL_KHR) return false;
  device_.check(result, "vkQueuePresentKHR", __FILE__, __LINE__);
  return true;
}

}  // namespace aula::render::vulkan
