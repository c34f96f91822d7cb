// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/device_image.h"

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

DeviceImage::DeviceImage(const Device& device, const ImageShape& shape) : device_(device), shape_(shape) {
  VkImageCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
  info.imageType = shape.depth > 1 ? VK_IMAGE_TYPE_3D : VK_IMAGE_TYPE_2D;
  info.format = shape.format;
  info.extent = extent();
  info.mipLevels = 1;
  info.arrayLayers = 1;
  info.samples = shape.samples;
  info.tiling = VK_IMAGE_TILING_OPTIMAL;
  info.usage = shape.usage;
  AULA_VK(vkCreateImage(device.handle(), &info, nullptr, &image_));
  try {
    VkMemoryRequirements needs{};
    vkGetImageMemoryRequirements(device.handle(), image_, &needs);
    allocation_ = device.memory().allocate(needs, MemoryUse::device);
    AULA_VK(vkBindImageMemory(device.handle(), image_, allocation_.memory(), allocation_.offset()));
    VkImageViewCreateInfo view{};
    view.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
    view.image = image_;
    view.viewType = shape.depth > 1 ? VK_IMAGE_VIEW_TYPE_3D : VK_IMAGE_VIEW_TYPE_2D;
    view.format = shape.format;
    view.subresourceRange = {aspect(), 0, 1, 0, 1};
    AULA_VK(vkCreateImageView(device.handle(), &view, nullptr, &view_));
  } catch (...) {
    vkDestroyImage(device.handle(), image_, nullptr);
    throw;
  }
}

DeviceImage::~DeviceImage() {
  vkDestroyImageView(device_.handle(), view_, nullptr);
  vkDestroyImage(device_.handle(), image_, nullptr);
}

VkImageAspectFlags DeviceImage::aspect() const {
  return shape_.format == VK_FORMAT_D32_SFLOAT ? VK_IMAGE_ASPECT_DEPTH_BIT : VK_IMAGE_ASPECT_COLOR_BIT;
}

void DeviceImage::transition(VkCommandBuffer commands, VkImageLayout layout, VkPipelineStageFlags2 stage,
                             VkAccessFlags2 access, bool isKept) {
  VkImageMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2;
  barrier.srcStageMask = stage_;
  barrier.srcAccessMask = access_;
  barrier.dstStageMask = stage;
  barrier.dstAccessMask = access;
  barrier.oldLayout = isKept ? layout_ : VK_IMAGE_LAYOUT_UNDEFINED;
  barrier.newLayout = layout;
  barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.image = image_;
  barrier.subresourceRange = {aspect(), 0, 1, 0, 1};
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.imageMemoryBarrierCount = 1;
  dependency.pImageMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
  layout_ = layout;
  stage_ = stage;
  access_ = access;
}

}  // namespace aula::render::vulkan
