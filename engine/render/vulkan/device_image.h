// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include "render/vulkan/memory.h"

namespace aula::render::vulkan {

class Device;

struct ImageShape {
  VkFormat format = VK_FORMAT_R8G8B8A8_UNORM;
  std::uint32_t width = 1, height = 1, depth = 1;  ///< More than one deep: a 3-D image.
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  VkImageUsageFlags usage = 0;

  bool operator==(const ImageShape&) const = default;
};

/// An image in the device's memory with its one view, and the layout it was last left in.
class DeviceImage {
 public:
  DeviceImage(const Device& device, const ImageShape& shape);
  ~DeviceImage();
  DeviceImage(const DeviceImage&) = delete;
  DeviceImage& operator=(const DeviceImage&) = delete;

  [[nodiscard]] VkImage handle() const { return image_; }
  [[nodiscard]] VkImageView view() const { return view_; }
  [[nodiscard]] const ImageShape& shape() const { return shape_; }
  [[nodiscard]] VkExtent3D extent() const { return {shape_.width, shape_.height, shape_.depth}; }
  [[nodiscard]] VkImageAspectFlags aspect() const;

  /// Records a barrier from the last use to the one given. `isKept`: what is in the image matters.
  void transition(VkCommandBuffer commands, VkImageLayout layout, VkPipelineStageFlags2 stage,
                  VkAccessFlags2 access, bool isKept);

 private:
  const Device& device_;
  ImageShape shape_;
  VkImage image_ = VK_NULL_HANDLE;
  VkImageView view_ = VK_NULL_HANDLE;
  Allocation allocation_;
  VkImageLayout layout_ = VK_IMAGE_LAYOUT_UNDEFINED;
  VkPipelineStageFlags2 stage_ = VK_PIPELINE_STAGE_2_NONE;
  VkAccessFlags2 access_ = VK_ACCESS_2_NONE;
};

}  // namespace aula::render::vulkan
