// SPDX-License-Identifier: Apache-2.0
#include "render/volume/volume_texture.h"

#include <algorithm>
#include <cmath>
#include <glm/gtc/packing.hpp>
#include <span>

#include "core/error.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render {

vulkan::ImageShape textureShape(VkFormat format, std::array<int, 3> size) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = static_cast<std::uint32_t>(size[0]);
  shape.height = static_cast<std::uint32_t>(size[1]);
  shape.depth = static_cast<std::uint32_t>(size[2]);
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  return shape;
}

const VolumeTexture& VolumeTextures::get(const PassContext& context, const scene::VolumeView& view) {
  VolumeTexture& texture = textures_[view.values.get()];
  texture.isUsed = true;
  if (texture.source == view.values) return texture;

  const auto most = static_cast<int>(context.device.limits().maxImageDimension3D);
  if (std::max({view.nx, view.ny, view.nz}) > most) {
    textures_.erase(view.values.get());
    throw core::inputError("The volume \"" + view.name + "\" has " + std::to_string(view.nx) + "x" +
                           std::to_string(view.ny) + "x" + std::to_string(view.nz) + " nodes; " +
                           context.device.report().name + " draws at most " + std::to_string(most) +
                           " along a side. Record it coarser.");
  }
  const std::vector<float>& values = *view.values;
  float magnitude = 0;
  for (const float v : values) {
    if (std::isfinite(v)) magnitude = std::max(magnitude, std::abs(v));
  }
  texture.unit = magnitude > 0 ? magnitude : 1;
  // In double: one over a tiny magnitude is more than a float holds.
  const double scale = 1 / texture.unit;
  std::vector<std::uint16_t> halves(values.size());
  std::transform(values.begin(), values.end(), halves.begin(), [&](float v) {
    return std::isfinite(v) ? glm::packHalf1x16(static_cast<float>(v * scale)) : std::uint16_t{0};
  });
  uploadTexture(context,
                ensureShape(context.device, texture.values,
                            textureShape(VK_FORMAT_R16_SFLOAT, {view.nx, view.ny, view.nz})),
                std::as_bytes(std::span(halves)));
  texture.bricks = std::make_unique<BrickMap>(values, view.nx, view.ny, view.nz);
  texture.source = view.values;
  return texture;
}

void VolumeTextures::endFrame() {
  std::erase_if(textures_, [](const auto& entry) { return !entry.second.isUsed; });
  for (auto& [address, texture] : textures_) texture.isUsed = false;
}

}  // namespace aula::render
