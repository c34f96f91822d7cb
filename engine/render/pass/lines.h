// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/layout/drawing.h"
#include "render/pass/target.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Draws lines of constant width in pixels, smoothed, solid or dashed. In a space they hide and are hidden.
class LinesPass {
 public:
  LinesPass(const vulkan::Device& device, const vulkan::TargetShape& target);
  /// Within a rendering; the mesh is uploaded on the way.
  void draw(const PassContext& context, const LineMesh& mesh) const;

 private:
  vulkan::Pipeline pipeline_;
};

}  // namespace aula::render
