// SPDX-License-Identifier: Apache-2.0
#include "render/pass/texture_store.h"

#include <algorithm>

#include "core/error.h"
#include "render/vulkan/device.h"

namespace aula::render::stage {
namespace {

void check(const scene::Texture& texture, const std::string& view, int most) {
  const bool hasSize =
      texture.width > 0 && texture.height > 0 && texture.width <= most && texture.height <= most;
  if (hasSize && texture.pixels.size() ==
                     4 * static_cast<std::size_t>(texture.width) * static_cast<std::size_t>(texture.height)) {
    return;
  }
  throw core::inputError("The view \"" + view + "\" has a texture of " + std::to_string(texture.width) + "x" +
                         std::to_string(texture.height) + " pixels with " +
                         std::to_string(texture.pixels.size()) + " bytes; each side must be 1 to " +
                         std::to_string(most) + ", with four bytes a pixel.");
}

/// Each level from the one before, averaged in linear light. What was uploaded lies in the first; the image
/// ends up as a source of copies.
void makeLevels(vulkan::DeviceImage& image, VkCommandBuffer commands) {
  const std::uint32_t levels = image.shape().levels;
  const auto barrier = [&](std::uint32_t level, std::uint32_t count, VkImageLayout from, VkImageLayout to) {
    VkImageMemoryBarrier2 b{};
    b.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2;
    b.srcStageMask = b.dstStageMask = VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT;
    b.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
    b.dstAccessMask = to == VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL ? VK_ACCESS_2_TRANSFER_READ_BIT
                                                                 : VK_ACCESS_2_TRANSFER_WRITE_BIT;
    b.oldLayout = from;
    b.newLayout = to;
    b.srcQueueFamilyIndex = b.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
    b.image = image.handle();
    b.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, level, count, 0, 1};
    VkDependencyInfo dependency{};
    dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
    dependency.imageMemoryBarrierCount = 1;
    dependency.pImageMemoryBarriers = &b;
    vkCmdPipelineBarrier2(commands, &dependency);
  };
  const auto corner = [&](std::uint32_t level) {
    const VkExtent3D extent = image.shape().extent(level);
    return VkOffset3D{static_cast<std::int32_t>(extent.width), static_cast<std::int32_t>(extent.height), 1};
  };
  // All levels came out of the upload as targets.
  if (levels > 1) {
    barrier(1, levels - 1, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL);
  }
  barrier(0, 1, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL);
  for (std::uint32_t level = 1; level < levels; ++level) {
    VkImageBlit region{};
    region.srcSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, level - 1, 0, 1};
    region.srcOffsets[1] = corner(level - 1);
    region.dstSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, level, 0, 1};
    region.dstOffsets[1] = corner(level);
    vkCmdBlitImage(commands, image.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, image.handle(),
                   VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region, VK_FILTER_LINEAR);
    barrier(level, 1, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL);
  }
  image.state() = {};
  image.state().layout = VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL;
  image.state().writeStages = VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT;
  image.state().writeAccess = VK_ACCESS_2_TRANSFER_WRITE_BIT;
}

}  // namespace

std::shared_ptr<const vulkan::DeviceImage> TextureStore::upload(const scene::Texture& texture,
                                                                vulkan::FrameCommands& frame) const {
  vulkan::ImageShape shape;
  shape.format = texture.isSrgb ? VK_FORMAT_R8G8B8A8_SRGB : VK_FORMAT_R8G8B8A8_UNORM;
  shape.width = static_cast<std::uint32_t>(texture.width);
  shape.height = static_cast<std::uint32_t>(texture.height);
  shape.levels = vulkan::fullLevels(shape.width, shape.height);
  shape.usage =
      VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  auto image = std::make_shared<vulkan::DeviceImage>(device_, shape);
  frame.uploadTo(*image, std::as_bytes(std::span(texture.pixels)));
  makeLevels(*image, frame.commands());
  image->transition(frame.commands(), VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL,
                    VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT, true);
  return image;
}

std::shared_ptr<const vulkan::DeviceImage> TextureStore::get(
    const std::shared_ptr<const scene::Texture>& texture, const std::string& view,
    vulkan::FrameCommands& frame) {
  if (!texture) {
    if (!white_) {
      scene::Texture one;
      one.width = one.height = 1;
      one.isSrgb = false;
      one.pixels.assign(4, 255);
      white_ = upload(one, frame);
    }
    return white_;
  }
  check(*texture, view, static_cast<int>(device_.limits().maxImageDimension2D));
  Entry& entry = images_[texture.get()];
  if (!entry.image || entry.source.lock() != texture) entry = {texture, upload(*texture, frame)};
  return entry.image;
}

void TextureStore::forgetGone() {
  std::erase_if(images_, [](const auto& item) { return item.second.source.expired(); });
}

}  // namespace aula::render::stage
