// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/layout/picture.h"
#include "render/pass/target.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Draws surfaces lit from the sky and over the viewer's shoulder. Transparent ones write no depth.
class MeshPass {
 public:
  explicit MeshPass(const vulkan::Device& device);
  /// Within a rendering into the space target; vertices are uploaded on the way.
  void draw(const PassContext& context, const Space& space) const;

 private:
  vulkan::Pipeline opaque_, transparent_;
};

}  // namespace aula::render
