// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/vulkan/pipeline.h"

namespace aula::render {

/// The two things passes draw into. Flat: the finished picture, one sample, no depth. Space: the
/// three-dimensional scene before its edges are smoothed, four samples, with depth.
inline constexpr vulkan::TargetShape kFlatTarget{VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_UNDEFINED,
                                                 VK_SAMPLE_COUNT_1_BIT};
inline constexpr vulkan::TargetShape kSpaceTarget{VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_D32_SFLOAT,
                                                  VK_SAMPLE_COUNT_4_BIT};

/// While a pass records: where it writes its commands, and what it may upload into.
struct PassContext {
  VkCommandBuffer commands = VK_NULL_HANDLE;
  vulkan::FrameCommands& frame;
  const vulkan::Device& device;
  int width = 0, height = 0;
};

}  // namespace aula::render
