// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "render/graph/frame_graph.h"

namespace aula::render::graph {

/// When each pass of the last few frames began and ended on the device.
class PassTimer {
 public:
  explicit PassTimer(const vulkan::Device& device);

  /// Forgets the oldest frame and begins another of at most `passes` passes.
  void begin(vulkan::FrameCommands& frame, std::size_t passes);
  void beginPass(VkCommandBuffer commands, const std::string& name);
  void endPass(VkCommandBuffer commands);

  /// Of the last frame that the device has finished.
  [[nodiscard]] std::vector<PassTime> times() const;

 private:
  struct Pool;
  struct Slot {
    std::shared_ptr<Pool> pool;
    std::vector<std::string> names;
    std::uint64_t order = 0;
    std::weak_ptr<const void> frame;  ///< Gone when the frame is known to be done.
  };

  const vulkan::Device& device_;
  std::array<Slot, 4> slots_;
  std::uint64_t order_ = 0;
};

}  // namespace aula::render::graph
