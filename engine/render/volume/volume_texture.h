// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "render/pass/texture.h"
#include "render/volume/brick_map.h"
#include "render/vulkan/pipeline.h"
#include "scene/view/view.h"

namespace aula::render {

/// A volume's values on the device.
struct VolumeTexture {
  std::shared_ptr<const void>
      source;  ///< The array it was made from; kept, so that its address stays its own.
  std::shared_ptr<vulkan::DeviceImage> values;  ///< 3-D, half precision, over `unit`.
  double unit = 1;                              ///< value = texel * unit.
  std::unique_ptr<BrickMap> bricks;  ///< Null where only the device has the values: nothing is leapt over.
  bool isUsed = false;               ///< In the present frame.
};

/// The volumes of a frame, each array brought to the device once whoever draws it and dropped when nobody
/// does. One thread.
class VolumeTextures {
 public:
  explicit VolumeTextures(const vulkan::Device& device);

  /// The texture of a view with values, two nodes or more along each axis. Uploads at the first use: outside
  /// of a rendering. Values that CUDA shares are read where they lie; such a view must have colour limits.
  /// Throws core::Error (input), also for more nodes than the device draws.
  const VolumeTexture& get(const PassContext& context, const scene::VolumeView& view);
  /// Forgets what was not asked for since the last call.
  void endFrame(vulkan::FrameCommands& frame);

 private:
  void upload(const PassContext& context, const scene::VolumeView& view, VolumeTexture& texture) const;
  void gather(const PassContext& context, const scene::VolumeView& view, VolumeTexture& texture) const;

  vulkan::ComputePipeline gather_;
  std::map<const void*, VolumeTexture> textures_;  ///< By the array's address.
  std::vector<std::shared_ptr<vulkan::DeviceImage>>
      spare_;  ///< Of arrays that went, for the next of the same shape.
};

/// The array a view's values lie in, whoever has it; null when there is none.
[[nodiscard]] std::shared_ptr<const void> valuesOf(const scene::VolumeView& view);

/// A 2-D or 3-D image that is filled from the host and read by shaders.
[[nodiscard]] vulkan::ImageShape textureShape(VkFormat format, std::array<int, 3> size);

}  // namespace aula::render
