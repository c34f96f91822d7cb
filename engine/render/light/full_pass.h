// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "render/graph/frame_graph.h"
#include "render/vulkan/pipeline.h"

namespace aula::render::light {

/// A pipeline that runs a fragment shader over the whole picture.
class FullPass {
 public:
  /// `shape`: bindings, push bytes, blending, target and fragment shader; the rest is filled in.
  FullPass(const vulkan::Device& device, vulkan::PipelineShape shape);
  void draw(const graph::PassResources& resources, std::span<const vulkan::Binding> bindings,
            std::span<const std::byte> push = {}) const;

 private:
  const vulkan::Device& device_;
  vulkan::Pipeline pipeline_;
};

/// So many images sampled, after the stage's uniforms where `hasStage`.
[[nodiscard]] std::vector<VkDescriptorType> imageBindings(bool hasStage, std::size_t images);

}  // namespace aula::render::light
