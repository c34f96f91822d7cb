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

/// The same for frames that are on their way while the next is recorded: the image replaced lives until this
/// one is done.
vulkan::DeviceImage& ensureShape(const PassContext& context, std::shared_ptr<vulkan::DeviceImage>& image,
                                 const vulkan::ImageShape& shape);

/// An image made again only when its shape changes.
vulkan::DeviceImage& ensureShape(const vulkan::Device& device, std::unique_ptr<vulkan::DeviceImage>& image,
                                 const vulkan::ImageShape& shape);

}  // namespace aula::render
