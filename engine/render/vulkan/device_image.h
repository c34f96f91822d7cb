// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <map>
#include <optional>
#include <utility>

#include "render/vulkan/memory.h"
#include "render/vulkan/resource_state.h"

namespace aula::render::vulkan {

class Device;

struct ImageShape {
  VkFormat format = VK_FORMAT_R8G8B8A8_UNORM;
  std::uint32_t width = 1, height = 1, depth = 1;  ///< More than one deep: a 3-D image.
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  VkImageUsageFlags usage = 0;
  std::uint32_t levels = 1;  ///< Of detail, each half the size of the one before (fullLevels() for all).
  std::uint32_t layers = 1;  ///< More than one: a 2-D array.
  bool isCube = false;       ///< Six layers seen as a cube.
  bool is3d = false;         ///< A 3-D image even where it is one deep.

  bool operator==(const ImageShape&) const = default;
  [[nodiscard]] bool isDepth() const { return format == VK_FORMAT_D32_SFLOAT; }
  [[nodiscard]] bool isVolume() const { return is3d || depth > 1; }
  [[nodiscard]] VkExtent3D extent(std::uint32_t level = 0) const;
};

/// Levels down to a single texel.
[[nodiscard]] std::uint32_t fullLevels(std::uint32_t width, std::uint32_t height);
/// Bytes of a texel; throws core::Error for formats that nothing uses.
[[nodiscard]] std::uint32_t bytesOfTexel(VkFormat format);

/// An image in the device's memory with its views, and how it was last used.
class DeviceImage {
 public:
  DeviceImage(const Device& device, const ImageShape& shape);
  /// Without memory of its own: bind it (for images that share memory).
  struct Unbound {};
  DeviceImage(const Device& device, const ImageShape& shape, Unbound);
  ~DeviceImage();
  DeviceImage(const DeviceImage&) = delete;
  DeviceImage& operator=(const DeviceImage&) = delete;

  [[nodiscard]] VkImage handle() const { return image_; }
  /// Of all levels and layers, as the shape says (2-D, array, cube, 3-D).
  [[nodiscard]] VkImageView view() const { return view_; }
  /// Of one level; of all layers where `layer` is left out. For drawing into and for storage.
  [[nodiscard]] VkImageView view(std::uint32_t level, std::optional<std::uint32_t> layer = {}) const;
  [[nodiscard]] const ImageShape& shape() const { return shape_; }
  [[nodiscard]] VkExtent3D extent() const { return shape_.extent(); }
  [[nodiscard]] VkImageAspectFlags aspect() const;
  [[nodiscard]] VkMemoryRequirements memoryNeeds() const;
  /// Once, for an unbound image; makes the views.
  void bindMemory(VkDeviceMemory memory, VkDeviceSize offset);

  /// Records a barrier from the last use to the one given. `isKept`: what is in the image matters.
  void transition(VkCommandBuffer commands, VkImageLayout layout, VkPipelineStageFlags2 stage,
                  VkAccessFlags2 access, bool isKept);

  /// For those who place barriers themselves.
  [[nodiscard]] ResourceState& state() { return state_; }
  [[nodiscard]] VkImageLayout layout() const { return state_.layout; }

 private:
  const Device& device_;
  ImageShape shape_;
  VkImage image_ = VK_NULL_HANDLE;
  VkImageView view_ = VK_NULL_HANDLE;
  /// By level and layer (-1: all); made when first asked for.
  mutable std::map<std::pair<std::uint32_t, int>, VkImageView> parts_;
  Allocation allocation_;
  ResourceState state_;
};

}  // namespace aula::render::vulkan
