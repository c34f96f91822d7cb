// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "render/vulkan/commands.h"
#include "render/vulkan/device_image.h"
#include "scene/mesh/material.h"

namespace aula::render::stage {

/// Surfaces' pictures on the device by their address, with all levels of detail; dropped when nobody else
/// holds them any more.
class TextureStore {
 public:
  explicit TextureStore(const vulkan::Device& device) : device_(device) {}

  /// Uploads at the first use; outside of a rendering. Null gives white. Throws core::Error (input), which
  /// names `view`, for a picture without pixels or with too few.
  std::shared_ptr<const vulkan::DeviceImage> get(const std::shared_ptr<const scene::Texture>& texture,
                                                 const std::string& view, vulkan::FrameCommands& frame);
  void forgetGone();
  [[nodiscard]] std::size_t size() const { return images_.size(); }

 private:
  struct Entry {
    std::weak_ptr<const scene::Texture> source;
    std::shared_ptr<const vulkan::DeviceImage> image;
  };
  std::shared_ptr<const vulkan::DeviceImage> upload(const scene::Texture& texture,
                                                    vulkan::FrameCommands& frame) const;
  const vulkan::Device& device_;
  std::map<const scene::Texture*, Entry> images_;
  std::shared_ptr<const vulkan::DeviceImage> white_;
};

}  // namespace aula::render::stage
