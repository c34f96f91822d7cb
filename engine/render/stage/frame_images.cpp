// SPDX-License-Identifier: Apache-2.0
#include "render/stage/frame_images.h"

#include <cstring>
#include <glm/gtc/packing.hpp>

namespace aula::render::stage {

const std::byte* Readback::read(vulkan::FrameCommands& frame, vulkan::DeviceImage& image) {
  const vulkan::ImageShape& shape = image.shape();
  const VkDeviceSize bytes = VkDeviceSize{vulkan::bytesOfTexel(shape.format)} * shape.width * shape.height;
  if (!buffer_ || buffer_->size() < bytes) {
    buffer_.reset();
    buffer_ = std::make_unique<vulkan::Buffer>(device_, bytes, VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                                               vulkan::MemoryUse::readback);
  }
  VkCommandBuffer commands = frame.begin();
  image.transition(commands, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                   VK_ACCESS_2_TRANSFER_READ_BIT, true);
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = image.extent();
  vkCmdCopyImageToBuffer(commands, image.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, buffer_->handle(), 1,
                         &region);
  // The copy must be visible to the host, not only finished.
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
  frame.submitAndWait();
  return buffer_->mapped();
}

Image Readback::picture(vulkan::FrameCommands& frame, vulkan::DeviceImage& image) {
  const std::byte* bytes = read(frame, image);
  Image result;
  result.width = static_cast<int>(image.shape().width);
  result.height = static_cast<int>(image.shape().height);
  result.pixels.resize(std::size_t{4} * image.shape().width * image.shape().height);
  std::memcpy(result.pixels.data(), bytes, result.pixels.size());
  return result;
}

HdrImage Readback::radiance(vulkan::FrameCommands& frame, vulkan::DeviceImage& image, float divisor) {
  const std::byte* bytes = read(frame, image);
  HdrImage result;
  result.width = static_cast<int>(image.shape().width);
  result.height = static_cast<int>(image.shape().height);
  result.pixels.resize(std::size_t{4} * image.shape().width * image.shape().height);
  if (image.shape().format == VK_FORMAT_R32G32B32A32_SFLOAT) {
    std::memcpy(result.pixels.data(), bytes, sizeof(float) * result.pixels.size());
  } else {
    std::vector<std::uint16_t> halves(result.pixels.size());
    std::memcpy(halves.data(), bytes, sizeof(std::uint16_t) * halves.size());
    for (std::size_t i = 0; i < halves.size(); ++i) result.pixels[i] = glm::unpackHalf1x16(halves[i]);
  }
  for (float& v : result.pixels) v /= divisor;
  return result;
}

}  // namespace aula::render::stage
