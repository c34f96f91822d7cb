// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "render/layout/drawing.h"
#include "render/pass/texture.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Draws glyphs out of the two atlases: those drawn at their final size one texel a pixel, those that are
/// distance fields at any size.
class TextPass {
 public:
  explicit TextPass(const vulkan::Device& device);

  /// Uploads the atlas when it changed; outside of a rendering.
  void prepare(const PassContext& context, const GlyphAtlas& atlas, const GlyphAtlas& fields);
  void draw(const PassContext& context, const TextMesh& mesh) const;

 private:
  struct Atlas {
    std::unique_ptr<vulkan::DeviceImage> image;
    std::uint64_t version = 0;
    void update(const PassContext& context, const GlyphAtlas& glyphs);
  };
  vulkan::Pipeline pipeline_, fieldPipeline_;
  vulkan::Sampler sampler_, linear_;
  Atlas atlas_, fields_;
};

}  // namespace aula::render
