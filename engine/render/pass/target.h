// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/vulkan/pipeline.h"

namespace aula::render {

/// What flat passes draw into: the finished picture, one sample, no depth.
inline constexpr vulkan::TargetShape kFlatTarget{VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_UNDEFINED,
                                                 VK_SAMPLE_COUNT_1_BIT};

/// While a pass records: where it writes its commands, and what it may upload into.
struct PassContext {
  VkCommandBuffer commands = VK_NULL_HANDLE;
  vulkan::FrameCommands& frame;
  const vulkan::Device& device;
  int width = 0, height = 0;
};

}  // namespace aula::render
