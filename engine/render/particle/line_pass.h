// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "render/particle/particle_structs.h"
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// Draws lines of constant width in pixels, solid or dashed, with round joins and ends, in exactly their
/// colour. They hide and are hidden, a little in front of where they are, so that outlines of surfaces are
/// whole.
class LinePass final : public StagePass {
 public:
  explicit LinePass(const vulkan::Device& device);
  void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) override;
  void drawOpaque(const StageDraw& draw) const override;

 private:
  struct Group {
    vulkan::UploadPiece pieces;
    VkDeviceSize bytes = 0;
    std::uint32_t count = 0;
    shader::LinePush push{};
  };

  const vulkan::Device& device_;
  vulkan::Pipeline pipeline_;
  std::vector<Group> groups_;
};

}  // namespace aula::render::stage
