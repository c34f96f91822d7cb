// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "render/colour/colour_map.h"
#include "render/pass/target.h"
#include "render/vulkan/device_image.h"

namespace aula::render {

/// Records the copy of `bytes` into an image that shaders will read. Outside of a rendering.
void uploadTexture(const PassContext& context, vulkan::DeviceImage& image, std::span<const std::byte> bytes);

/// The colour maps used so far as images, one row each; kept for the renderer's life.
class ColourMapTextures {
 public:
  /// Uploads at the first use: outside of a rendering.
  const vulkan::DeviceImage& get(const PassContext& context, const ColourMap& map);

 private:
  std::map<std::string, std::unique_ptr<vulkan::DeviceImage>> textures_;
};

/// An image made again only when its shape changes.
vulkan::DeviceImage& ensureShape(const vulkan::Device& device, std::unique_ptr<vulkan::DeviceImage>& image,
                                 const vulkan::ImageShape& shape);

}  // namespace aula::render
