// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <cstdint>
#include <vector>

namespace aula::render::vulkan {

class Device;
class FrameCommands;
class Instance;

/// A window's images, and showing them. Owns the surface. One thread.
class Swapchain {
 public:
  /// Throws core::Error when the device cannot show in this window. The surface is destroyed in any case.
  Swapchain(const Instance& instance, const Device& device, VkSurfaceKHR surface);
  ~Swapchain();
  Swapchain(const Swapchain&) = delete;
  Swapchain& operator=(const Swapchain&) = delete;

  /// Makes the images anew, at this size where the window leaves it open. `isPaced`: one for each refresh.
  /// False: the window is minimised, there is nothing to show in.
  [[nodiscard]] bool configure(std::uint32_t width, std::uint32_t height, bool isPaced);

  struct Target {
    VkImage image = VK_NULL_HANDLE;
    VkExtent2D extent{};
    std::uint32_t index = 0;
  };
  /// The next image to copy into; the frame waits for it in its transfers and tells when it is done. False:
  /// the window has changed, configure() and ask again.
  [[nodiscard]] bool acquire(FrameCommands& frame, Target& target);
  /// After the frame was submitted. False: the window has changed, configure() before the next frame.
  [[nodiscard]] bool show(const Target& target);

  [[nodiscard]] bool isConfigured() const { return swapchain_ != VK_NULL_HANDLE; }

 private:
  void chooseFormat();
  [[nodiscard]] VkPresentModeKHR presentMode(bool isPaced) const;
  void destroyImages() noexcept;
  [[nodiscard]] VkSemaphore makeSemaphore() const;

  const Instance& instance_;
  const Device& device_;
  VkSurfaceKHR surface_;
  VkSurfaceFormatKHR format_{};
  VkSwapchainKHR swapchain_ = VK_NULL_HANDLE;
  VkExtent2D extent_{};
  std::vector<VkImage> images_;
  /// One for each frame on its way: given to acquire before the image is known.
  std::vector<VkSemaphore> isAcquired_;
  /// One for each image: drawing into it is done.
  std::vector<VkSemaphore> isDrawn_;
};

}  // namespace aula::render::vulkan
