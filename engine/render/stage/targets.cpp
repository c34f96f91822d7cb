// SPDX-License-Identifier: Apache-2.0
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

glm::mat4 StageSpace::stageFromLab() const {
  const auto s = static_cast<float>(scale);
  const glm::vec3 origin = point({0, 0, 0});
  return {{s, 0, 0, 0}, {0, s, 0, 0}, {0, 0, s, 0}, {origin, 1}};
}

vulkan::TargetShape opaqueTarget() {
  vulkan::TargetShape target;
  target.colour = kBaseFormat;
  target.moreColours = {kNormalFormat, kMaterialFormat, kMotionFormat, kRadianceFormat};
  target.depth = kDepthFormat;
  target.isReversed = true;
  return target;
}

vulkan::TargetShape shadowTarget() {
  vulkan::TargetShape target;
  target.colour = VK_FORMAT_UNDEFINED;
  target.depth = kDepthFormat;
  target.isReversed = true;
  return target;
}

vulkan::TargetShape transparentTarget() {
  vulkan::TargetShape target;
  target.colour = kRadianceFormat;
  target.moreColours = {kOpticalDepthFormat, kReactiveFormat};
  target.depth = kDepthFormat;
  target.isReversed = true;
  return target;
}

void setTransparent(vulkan::PipelineShape& shape) {
  shape.target = transparentTarget();
  shape.depth = vulkan::Depth::test;
  shape.blend = vulkan::Blend::add;
  shape.moreBlends = {vulkan::Blend::add, vulkan::Blend::add};
}

}  // namespace aula::render::stage
