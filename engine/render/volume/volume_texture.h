// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "render/pass/texture.h"
#include "render/volume/brick_map.h"
#include "scene/view/view.h"

namespace aula::render {

/// A volume's values on the device.
struct VolumeTexture {
  std::shared_ptr<const std::vector<float>> source;  ///< Kept, so that its address stays its own.
  std::unique_ptr<vulkan::DeviceImage> values;  ///< 3-D, half precision, over the largest magnitude: -1 to 1.
  double unit = 1;                              ///< That magnitude: value = texel * unit.
  std::unique_ptr<BrickMap> bricks;
  bool isUsed = false;  ///< In the present frame.
};

/// The volumes of a frame, each array uploaded once whoever draws it and dropped when nobody does. One
/// thread.
class VolumeTextures {
 public:
  /// The texture of a view with values, two nodes or more along each axis. Uploads at the first use: outside
  /// of a rendering. Throws core::Error (input) for more nodes than the device draws.
  const VolumeTexture& get(const PassContext& context, const scene::VolumeView& view);
  /// Forgets what was not asked for since the last call.
  void endFrame();

 private:
  std::map<const std::vector<float>*, VolumeTexture> textures_;
};

/// A 2-D or 3-D image that is filled from the host and read by shaders.
[[nodiscard]] vulkan::ImageShape textureShape(VkFormat format, std::array<int, 3> size);

}  // namespace aula::render
