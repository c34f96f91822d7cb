// SPDX-License-Identifier: Apache-2.0
#include "render/pass/texture.h"

#include <vector>

#include "render/vulkan/commands.h"

namespace aula::render {

void uploadTexture(const PassContext& context, vulkan::DeviceImage& image, std::span<const std::byte> bytes) {
  const vulkan::UploadPiece piece = context.frame.upload(bytes);
  image.transition(context.commands, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                   VK_ACCESS_2_TRANSFER_WRITE_BIT, false);
  VkBufferImageCopy region{};
  region.bufferOffset = piece.offset;
  region.imageSubresource = {image.aspect(), 0, 0, 1};
  region.imageExtent = image.extent();
  vkCmdCopyBufferToImage(context.commands, piece.buffer, image.handle(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                         1, &region);
  image.transition(context.commands, VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL,
                   VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT, true);
}

const vulkan::DeviceImage& ColourMapTextures::get(const PassContext& context, const ColourMap& map) {
  std::unique_ptr<vulkan::DeviceImage>& texture = textures_[map.name()];
  if (texture) return *texture;
  std::vector<float> texels;
  for (const Srgb& colour : map.entries())
    texels.insert(texels.end(), {colour[0], colour[1], colour[2], 1.0F});
  vulkan::ImageShape shape;
  shape.format = VK_FORMAT_R32G32B32A32_SFLOAT;
  shape.width = ColourMap::kSize;
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  texture = std::make_unique<vulkan::DeviceImage>(context.device, shape);
  uploadTexture(context, *texture, std::as_bytes(std::span(texels)));
  return *texture;
}

vulkan::DeviceImage& ensureShape(const PassContext& context, std::shared_ptr<vulkan::DeviceImage>& image,
                                 const vulkan::ImageShape& shape) {
  if (!image || image->shape() != shape) {
    if (image) context.frame.keep(image);
    image = std::make_shared<vulkan::DeviceImage>(context.device, shape);
  }
  return *image;
}

vulkan::DeviceImage& ensureShape(const vulkan::Device& device, std::unique_ptr<vulkan::DeviceImage>& image,
                                 const vulkan::ImageShape& shape) {
  if (!image || image->shape() != shape) {
    image.reset();
    image = std::make_unique<vulkan::DeviceImage>(device, shape);
  }
  return *image;
}

}  // namespace aula::render
