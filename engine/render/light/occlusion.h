// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/light/full_pass.h"
#include "render/stage/stage_pass.h"

namespace aula::render::light {

/// How much of the room each point sees.
class Occlusion {
 public:
  explicit Occlusion(const vulkan::Device& device);
  /// Gives an image of half the size a side. `uniforms` must live until the graph has run.
  graph::ImageId add(graph::FrameGraph& graph, const stage::StageFrame& frame,
                     const stage::StageImages& images, const vulkan::UploadPiece& uniforms,
                     VkDeviceSize uniformBytes);

 private:
  vulkan::Sampler nearest_;
  FullPass look_, smooth_;
};

}  // namespace aula::render::light
