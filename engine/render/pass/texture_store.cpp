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

/// Each level from the one before; the image ends up readable by shaders. Levels are averaged in linear
/// light.
void makeLevels(vulkan::DeviceImage& image, VkCommandBuffer commands) {
  image.transition(commands, VK_IMAGE_LAYOUT_GENERAL, VK_PIPELINE_STAGE_2_BLIT_BIT,
                   VK_ACCESS_2_TRANSFER_READ_BIT | VK_ACCESS_2_TRANSFER_WRITE_BIT, true);
  const auto corner = [&](std::uint32_t level) {
    const VkExtent3D extent = image.shape().extent(level);
    return VkOffset3D{static_cast<std::int32_t>(extent.width), static_cast<std::int32_t>(extent.height), 1};
  };
  for (std::uint32_t level = 1; level < image.shape().levels; ++level) {
    VkImageBlit region{};
    region.srcSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, level - 1, 0, 1};
    region.srcOffsets[1] = corner(level - 1);
    region.dstSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, level, 0, 1};
    region.dstOffsets[1] = corner(level);
    vkCmdBlitImage(commands, image.handle(), VK_IMAGE_LAYOUT_GENERAL, image.handle(), VK_IMAGE_LAYOUT_GENERAL,
                   1, &region, VK_FILTER_LINEAR);
    image.transition(commands, VK_IMAGE_LAYOUT_GENERAL, VK_PIPELINE_STAGE_2_BLIT_BIT,
                     VK_ACCESS_2_TRANSFER_READ_BIT | VK_ACCESS_2_TRANSFER_WRITE_BIT, true);
  }
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
