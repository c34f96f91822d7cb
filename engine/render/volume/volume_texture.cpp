// SPDX-License-Identifier: Apache-2.0
#include "render/volume/volume_texture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/packing.hpp>
#include <span>

#include "compute/shared_array.h"
#include "core/error.h"
#include "render/interop/shared_pool.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kGather[] = {
#include <shaders/volume_gather.comp.inc>
};

/// As in volume_gather.comp.
struct GatherPush {
  std::int32_t skipped, firstPlane;
  float scale;
  std::int32_t planes;
};

}  // namespace

vulkan::ImageShape textureShape(VkFormat format, std::array<int, 3> size) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = static_cast<std::uint32_t>(size[0]);
  shape.height = static_cast<std::uint32_t>(size[1]);
  shape.depth = static_cast<std::uint32_t>(size[2]);
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  return shape;
}

std::shared_ptr<const void> valuesOf(const scene::VolumeView& view) {
  if (view.sharedValues) return view.sharedValues;
  return view.values;
}

VolumeTextures::VolumeTextures(const vulkan::Device& device)
    : gather_(device, {.shader = kGather,
                       .bindings = {VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, VK_DESCRIPTOR_TYPE_STORAGE_IMAGE},
                       .pushBytes = sizeof(GatherPush),
                       .constants = {}}) {}

const VolumeTexture& VolumeTextures::get(const PassContext& context, const scene::VolumeView& view) {
  const std::shared_ptr<const void> source = valuesOf(view);
  VolumeTexture& texture = textures_[source.get()];
  texture.isUsed = true;
  if (texture.source == source) return texture;
  try {
    const auto most = static_cast<int>(context.device.limits().maxImageDimension3D);
    if (std::max({view.nx, view.ny, view.nz}) > most) {
      throw core::inputError("The volume \"" + view.name + "\" has " + std::to_string(view.nx) + "x" +
                             std::to_string(view.ny) + "x" + std::to_string(view.nz) + " nodes; " +
                             context.device.report().name + " draws at most " + std::to_string(most) +
                             " along a side. Record it coarser.");
    }
    vulkan::ImageShape shape = textureShape(VK_FORMAT_R16_SFLOAT, {view.nx, view.ny, view.nz});
    shape.usage |= VK_IMAGE_USAGE_STORAGE_BIT;
    const auto spare = std::find_if(spare_.begin(), spare_.end(),
                                    [&](const auto& image) { return image->shape() == shape; });
    if (spare != spare_.end()) {
      texture.values = std::move(*spare);
      spare_.erase(spare);
    } else {
      texture.values = std::make_shared<vulkan::DeviceImage>(context.device, shape);
    }
    if (view.sharedValues) {
      gather(context, view, texture);
    } else {
      upload(context, view, texture);
    }
  } catch (...) {
    textures_.erase(source.get());
    throw;
  }
  texture.source = source;
  return texture;
}

void VolumeTextures::upload(const PassContext& context, const scene::VolumeView& view,
                            VolumeTexture& texture) const {
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
  uploadTexture(context, *texture.values, std::as_bytes(std::span(halves)));
  texture.bricks = std::make_unique<BrickMap>(values, view.nx, view.ny, view.nz);
}

void VolumeTextures::gather(const PassContext& context, const scene::VolumeView& view,
                            VolumeTexture& texture) const {
  const VkDeviceSize plane =
      VkDeviceSize{4} * static_cast<std::uint32_t>(view.nx) * static_cast<std::uint32_t>(view.ny);
  const VkDeviceSize bytes = plane * static_cast<std::uint32_t>(view.nz);
  if (view.sharedValues->bytes() < bytes) {
    throw core::inputError("The view \"" + view.name + "\" shares " +
                           std::to_string(view.sharedValues->bytes()) +
                           " bytes of values, but its shape is " + std::to_string(view.nx) + "x" +
                           std::to_string(view.ny) + "x" + std::to_string(view.nz) + " floats.");
  }
  if (view.lower == view.upper) {
    throw core::inputError(
        "The view \"" + view.name +
        "\" shares its values with the graphics device and leaves its colour limits open; only the "
        "device knows the values then, so give the limits.");
  }
  const auto shared = interop::readShared(context.frame, context.device, view.sharedValues);
  if (!shared) {
    throw core::Error(
        "The values that the view \"" + view.name +
        "\" shares were not published, or belong to another graphics device than the one that draws.");
  }
  texture.unit = std::max(std::abs(view.lower), std::abs(view.upper));
  texture.bricks.reset();
  texture.values->transition(context.commands, VK_IMAGE_LAYOUT_GENERAL,
                             VK_PIPELINE_STAGE_2_COMPUTE_SHADER_BIT, VK_ACCESS_2_SHADER_STORAGE_WRITE_BIT,
                             false);
  // A binding reaches no further than the device allows (128 MiB at least), and begins at multiples of up to
  // 256 bytes: the shader is told by how many values a piece begins too early.
  const VkDeviceSize range = context.device.limits().maxStorageBufferRange, alignment = 256;
  const auto planes = static_cast<std::uint32_t>(
      std::clamp<VkDeviceSize>((range - alignment) / plane, 1, static_cast<VkDeviceSize>(view.nz)));
  for (std::uint32_t first = 0; first < static_cast<std::uint32_t>(view.nz); first += planes) {
    const std::uint32_t count = std::min(planes, static_cast<std::uint32_t>(view.nz) - first);
    const VkDeviceSize start = first * plane, aligned = start / alignment * alignment;
    const std::array bindings = {
        vulkan::Binding::storage(shared->buffer, aligned, start - aligned + count * plane),
        vulkan::Binding::storage(texture.values->view())};
    vulkan::bind(context.commands, context.frame, context.device, gather_, bindings);
    const GatherPush push{static_cast<std::int32_t>((start - aligned) / 4), static_cast<std::int32_t>(first),
                          static_cast<float>(1 / texture.unit), static_cast<std::int32_t>(count)};
    vkCmdPushConstants(context.commands, gather_.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(push),
                       &push);
    vkCmdDispatch(context.commands, static_cast<std::uint32_t>(view.nx + 7) / 8,
                  static_cast<std::uint32_t>(view.ny + 7) / 8, count);
  }
  texture.values->transition(context.commands, VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL,
                             VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                             true);
}

void VolumeTextures::endFrame(vulkan::FrameCommands& frame) {
  // Earlier frames may still read what goes.
  for (auto& image : spare_) frame.keep(std::move(image));
  spare_.clear();
  for (auto& [address, texture] : textures_) {
    if (!texture.isUsed && texture.values) spare_.push_back(texture.values);
  }
  std::erase_if(textures_, [](const auto& entry) { return !entry.second.isUsed; });
  for (auto& [address, texture] : textures_) texture.isUsed = false;
}

}  // namespace aula::render
