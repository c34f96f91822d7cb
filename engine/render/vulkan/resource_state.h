// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

namespace aula::render::vulkan {

/// How commands touch a buffer or an image next.
struct ResourceUse {
  VkPipelineStageFlags2 stages = VK_PIPELINE_STAGE_2_NONE;
  VkAccessFlags2 access = VK_ACCESS_2_NONE;
  VkImageLayout layout = VK_IMAGE_LAYOUT_UNDEFINED;  ///< Undefined for buffers.
};

/// What a barrier must say before such a use.
struct Dependency {
  VkPipelineStageFlags2 fromStages = VK_PIPELINE_STAGE_2_NONE, toStages = VK_PIPELINE_STAGE_2_NONE;
  VkAccessFlags2 fromAccess = VK_ACCESS_2_NONE, toAccess = VK_ACCESS_2_NONE;
  VkImageLayout fromLayout = VK_IMAGE_LAYOUT_UNDEFINED, toLayout = VK_IMAGE_LAYOUT_UNDEFINED;
  bool isNeeded = false;
};

/// Who touched a resource last: the last writer, and the readers since, so that a barrier waits for no more
/// than it must. Follows the order of submission to one queue, across frames.
struct ResourceState {
  VkImageLayout layout = VK_IMAGE_LAYOUT_UNDEFINED;
  VkPipelineStageFlags2 writeStages = VK_PIPELINE_STAGE_2_NONE;
  VkAccessFlags2 writeAccess = VK_ACCESS_2_NONE;
  /// Reads since then, which therefore see it.
  VkPipelineStageFlags2 readStages = VK_PIPELINE_STAGE_2_NONE;
  VkAccessFlags2 readAccess = VK_ACCESS_2_NONE;

  /// The dependency between what was and `use`; the state afterwards is the use's. `isKept` false: what is in
  /// an image may be lost on the way.
  Dependency advance(const ResourceUse& use, bool isKept);
};

[[nodiscard]] bool isWrite(VkAccessFlags2 access);

/// As an image's barrier, of all its levels and layers.
[[nodiscard]] VkImageMemoryBarrier2 imageBarrier(const Dependency& dependency, VkImage image,
                                                 VkImageAspectFlags aspect);

}  // namespace aula::render::vulkan
