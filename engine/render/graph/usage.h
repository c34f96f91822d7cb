// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/graph/frame_graph.h"
#include "render/vulkan/resource_state.h"

namespace aula::render::graph {

/// What a use means to Vulkan, and to the order of passes.
struct UseMeaning {
  vulkan::ResourceUse image, buffer;
  VkImageUsageFlags imageUsage = 0;
  bool reads = false, writes = false;
  bool overwrites = false;  ///< What was there before is lost.
};

/// `computeStages`: of the device that computes, and traces where it can.
[[nodiscard]] UseMeaning meaningOf(Use use, VkPipelineStageFlags2 computeStages);

/// For messages: "storageWrite".
[[nodiscard]] const char* useName(Use use);

/// The one layout in which an image can be used both ways by one pass; undefined where there is none.
[[nodiscard]] VkImageLayout commonLayout(VkImageLayout a, VkImageLayout b);

}  // namespace aula::render::graph
