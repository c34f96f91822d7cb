// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "render/layout/drawing.h"
#include "render/pass/texture.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Draws flat lattices through colour maps: slices of fields, and the ramps of colour bars.
class SlicePass {
 public:
  SlicePass(const vulkan::Device& device, const vulkan::TargetShape& target);

  /// Uploads what draw() will draw; outside of a rendering.
  void prepare(const PassContext& context, const std::vector<SliceItem>& items, ColourMapTextures& maps);
  void draw(const PassContext& context) const;

 private:
  struct Prepared {
    const vulkan::DeviceImage* values;
    const vulkan::DeviceImage* map;
    vulkan::UploadPiece uniforms;
  };

  vulkan::Pipeline pipeline_;
  vulkan::Sampler sampler_;
  std::vector<std::unique_ptr<vulkan::DeviceImage>> values_;
  std::vector<Prepared> prepared_;
};

}  // namespace aula::render
