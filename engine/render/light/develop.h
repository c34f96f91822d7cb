// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/light/full_pass.h"
#include "render/scene_renderer.h"

namespace aula::render::light {

inline constexpr VkFormat kPictureFormat = VK_FORMAT_R8G8B8A8_UNORM;
inline constexpr VkFormat kSumFormat = VK_FORMAT_R32G32B32A32_SFLOAT;

/// From light to a picture; and the summing of a still's samples.
class Develop {
 public:
  explicit Develop(const vulkan::Device& device);

  /// `radiance` over `divisor`, scaled to the picture's size, into `picture` (sRGB-encoded) and, as it is,
  /// into `kept`.
  void add(graph::FrameGraph& graph, graph::ImageId radiance, float divisor, graph::ImageId picture,
           graph::ImageId kept, const SceneStyle& style);
  /// Adds `radiance` to `sum`, of one size; `isFirst`: sets it.
  void addSum(graph::FrameGraph& graph, graph::ImageId radiance, graph::ImageId sum, bool isFirst);

 private:
  vulkan::Sampler linear_, nearest_;
  FullPass develop_, accumulate_;
};

}  // namespace aula::render::light
