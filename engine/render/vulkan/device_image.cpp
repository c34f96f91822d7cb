// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/device_image.h"

#include <algorithm>
#include <bit>
#include <string>

#include "core/assert.h"
#include "core/error.h"
#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::vulkan {

VkExtent3D ImageShape::extent(std::uint32_t level) const {
  return {std::max(width >> level, 1U), std::max(height >> level, 1U), std::max(depth >> level, 1U)};
}

std::uint32_t fullLevels(std::uint32_t width, std::uint32_t height) {
  return static_cast<std::uint32_t>(std::bit_width(std::max({width, height, 1U})));
}

std::uint32_t bytesOfTexel(VkFormat format) {
  switch (format) {
    case VK_FORMAT_R8_UNORM:
    case VK_FORMAT_R8_UINT:
      return 1;
    case VK_FORMAT_R8G8_UNORM:
    case VK_FORMAT_R16_SFLOAT:
    case VK_FORMAT_R16_UNORM:
    case VK_FORMAT_R16_UINT:
      return 2;
    case VK_FORMAT_R8G8B8A8_UNORM:
    case VK_FORMAT_R8G8B8A8_SRGB:
    case VK_FORMAT_B8G8R8A8_UNORM:
    case VK_FORMAT_B8G8R8A8_SRGB:
    case VK_FORMAT_A2B10G10R10_UNORM_PACK32:
    case VK_FORMAT_B10G11R11_UFLOAT_PACK32:
    case VK_FORMAT_R16G16_SFLOAT:
    case VK_FORMAT_R16G16_UNORM:
    case VK_FORMAT_R16G16_SNORM:
    case VK_FORMAT_R8G8B8A8_SNORM:
    case VK_FORMAT_R32_SFLOAT:
    case VK_FORMAT_R32_UINT:
    case VK_FORMAT_D32_SFLOAT:
      return 4;
    case VK_FORMAT_R16G16B16A16_SFLOAT:
    case VK_FORMAT_R16G16B16A16_UNORM:
    case VK_FORMAT_R32G32_SFLOAT:
    case VK_FORMAT_R32G32_UINT:
      return 8;
    case VK_FORMAT_R32G32B32A32_SFLOAT:
    case VK_FORMAT_R32G32B32A32_UINT:
      return 16;
    default:
      throw core::Error("The bytes of a texel of VkFormat " + std::to_string(static_cast<int>(format)) +
                        " are not known here.");
  }
}

DeviceImage::DeviceImage(const Device& device, const ImageShape& shape)
    : DeviceImage(device, shape, Unbound{}) {
  // What follows may throw; the delegated constructor has finished, so the destructor cleans up.
  allocation_ = device.memory().allocate(memoryNeeds(), MemoryUse::device);
  bindMemory(allocation_.memory(), allocation_.offset());
}

DeviceImage::DeviceImage(const Device& device, const ImageShape& shape, Unbound /*tag*/)
    : device_(device), shape_(shape) {
  AULA_ASSERT(!shape.isCube || shape.layers % 6 == 0);
  VkImageCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
  info.flags = shape.isCube ? VK_IMAGE_CREATE_CUBE_COMPATIBLE_BIT : 0;
  info.imageType = shape.isVolume() ? VK_IMAGE_TYPE_3D : VK_IMAGE_TYPE_2D;
  info.format = shape.format;
  info.extent = extent();
  info.mipLevels = shape.levels;
  info.arrayLayers = shape.layers;
  info.samples = shape.samples;
  info.tiling = VK_IMAGE_TILING_OPTIMAL;
  info.usage = shape.usage;
  AULA_VK(vkCreateImage(device.handle(), &info, nullptr, &image_));
}

DeviceImage::~DeviceImage() {
  for (const auto& [part, view] : parts_) vkDestroyImageView(device_.handle(), view, nullptr);
  vkDestroyImageView(device_.handle(), view_, nullptr);
  vkDestroyImage(device_.handle(), image_, nullptr);
}

VkMemoryRequirements DeviceImage::memoryNeeds() const {
  VkMemoryRequirements needs{};
  vkGetImageMemoryRequirements(device_.handle(), image_, &needs);
  return needs;
}

namespace {

/// Images that are only copied cannot have views.
bool canBeViewed(VkImageUsageFlags usage) {
  return (usage & ~static_cast<VkImageUsageFlags>(VK_IMAGE_USAGE_TRANSFER_SRC_BIT |
                                                  VK_IMAGE_USAGE_TRANSFER_DST_BIT)) != 0;
}

}  // namespace

void DeviceImage::bindMemory(VkDeviceMemory memory, VkDeviceSize offset) {
  AULA_VK(vkBindImageMemory(device_.handle(), image_, memory, offset));
  if (!canBeViewed(shape_.usage)) return;
  VkImageViewCreateInfo view{};
  view.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
  view.image = image_;
  view.viewType = shape_.isVolume()   ? VK_IMAGE_VIEW_TYPE_3D
                  : shape_.isCube     ? VK_IMAGE_VIEW_TYPE_CUBE
                  : shape_.layers > 1 ? VK_IMAGE_VIEW_TYPE_2D_ARRAY
                                      : VK_IMAGE_VIEW_TYPE_2D;
  view.format = shape_.format;
  view.subresourceRange = {aspect(), 0, VK_REMAINING_MIP_LEVELS, 0, VK_REMAINING_ARRAY_LAYERS};
  AULA_VK(vkCreateImageView(device_.handle(), &view, nullptr, &view_));
}

VkImageView DeviceImage::view(std::uint32_t level, std::optional<std::uint32_t> layer) const {
  AULA_ASSERT(level < shape_.levels && layer.value_or(0) < shape_.layers);
  const auto key = std::pair(level, layer ? static_cast<int>(*layer) : -1);
  if (const auto found = parts_.find(key); found != parts_.end()) return found->second;
  const bool isArray = !layer && shape_.layers > 1;
  VkImageViewCreateInfo view{};
  view.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO;
  view.image = image_;
  view.viewType = shape_.isVolume() ? VK_IMAGE_VIEW_TYPE_3D
                  : isArray         ? VK_IMAGE_VIEW_TYPE_2D_ARRAY
                                    : VK_IMAGE_VIEW_TYPE_2D;
  view.format = shape_.format;
  view.subresourceRange = {aspect(), level, 1, layer.value_or(0), isArray ? VK_REMAINING_ARRAY_LAYERS : 1U};
  VkImageView made = VK_NULL_HANDLE;
  AULA_VK(vkCreateImageView(device_.handle(), &view, nullptr, &made));
  parts_[key] = made;
  return made;
}

VkImageAspectFlags DeviceImage::aspect() const {
  return shape_.isDepth() ? VK_IMAGE_ASPECT_DEPTH_BIT : VK_IMAGE_ASPECT_COLOR_BIT;
}

void DeviceImage::transition(VkCommandBuffer commands, VkImageLayout layout, VkPipelineStageFlags2 stage,
                             VkAccessFlags2 access, bool isKept) {
  const Dependency needed = state_.advance({stage, access, layout}, isKept);
  if (!needed.isNeeded) return;
  const VkImageMemoryBarrier2 barrier = imageBarrier(needed, image_, aspect());
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.imageMemoryBarrierCount = 1;
  dependency.pImageMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
}

}  // namespace aula::render::vulkan
