// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "render/layout/drawing.h"
#include "render/pass/texture.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Draws glyphs out of the atlas, one texel a pixel.
class TextPass {
 public:
  explicit TextPass(const vulkan::Device& device);

  /// Uploads the atlas when it changed; outside of a rendering.
  void prepare(const PassContext& context, const GlyphAtlas& atlas);
  void draw(const PassContext& context, const TextMesh& mesh) const;

 private:
  vulkan::Pipeline pipeline_;
  vulkan::Sampler sampler_;
  std::unique_ptr<vulkan::DeviceImage> atlas_;
  std::uint64_t version_ = 0;
};

}  // namespace aula::render
