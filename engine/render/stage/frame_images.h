// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "render/image.h"
#include "render/scene_renderer.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device_image.h"

namespace aula::render::stage {

/// Brings an image of 8-bit, half or single-precision channels to the host. One thread.
class Readback {
 public:
  explicit Readback(const vulkan::Device& device) : device_(device) {}
  /// Of RGBA8. Waits for the device.
  [[nodiscard]] Image picture(vulkan::FrameCommands& frame, vulkan::DeviceImage& image);
  /// Of RGBA16F or RGBA32F, over `divisor`.
  [[nodiscard]] HdrImage radiance(vulkan::FrameCommands& frame, vulkan::DeviceImage& image, float divisor);

 private:
  const std::byte* read(vulkan::FrameCommands& frame, vulkan::DeviceImage& image);
  const vulkan::Device& device_;
  std::unique_ptr<vulkan::Buffer> buffer_;
};

}  // namespace aula::render::stage
