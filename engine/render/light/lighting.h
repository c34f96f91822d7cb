// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/light/full_pass.h"
#include "render/stage/stage_pass.h"

namespace aula::render::light {

/// What lighting reads besides the stage's images; both may be invalid.
struct LightingImages {
  graph::ImageId shadowMaps, visibility;
};

/// Lamps and room on what was drawn opaque; light that scatters below surfaces; then what is see-through.
class Lighting {
 public:
  explicit Lighting(const vulkan::Device& device);

  /// Adds to `images.radiance`. What is passed must live until the graph has run.
  void addLight(graph::FrameGraph& graph, const stage::StageFrame& frame, const stage::StageImages& images,
                const LightingImages& more, const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes,
                bool hasSubsurface);
  /// Draws what is see-through (shaders/include/transparent_out.glsl) and lays it over `images.radiance`;
  /// fills `images.reactive`.
  void addTransparent(graph::FrameGraph& graph, const stage::StageFrame& frame,
                      const stage::StageImages& images, const LightingImages& more,
                      const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes,
                      const std::vector<std::unique_ptr<stage::StagePass>>& passes);

  [[nodiscard]] VkSampler nearest() const { return nearest_.handle(); }

 private:
  vulkan::Sampler nearest_;
  FullPass plain_, scattering_, spreadAcross_, spreadDown_, resolve_;
};

}  // namespace aula::render::light
