// SPDX-License-Identifier: Apache-2.0
#include "render/stage/passes.h"

#include "render/particle/line_pass.h"
#include "render/particle/particle_pass.h"
#include "render/pass/surface.h"
#include "render/volume/slice_stage_pass.h"
#include "render/volume/volume_pass.h"

namespace aula::render::stage {

std::vector<std::unique_ptr<StagePass>> makePasses(const vulkan::Device& device) {
  std::vector<std::unique_ptr<StagePass>> passes;
  passes.push_back(std::make_unique<SurfacePass>(device));
  passes.push_back(std::make_unique<ParticlePass>(device));
  passes.push_back(std::make_unique<LinePass>(device));
  // Whoever draws volumes shares their textures and their colour limits.
  auto textures = std::make_shared<VolumeTextures>(device);
  auto limits = std::make_shared<ColourLimits>();
  passes.push_back(std::make_unique<SliceStagePass>(device, textures, limits));
  passes.push_back(std::make_unique<VolumePass>(device, textures, limits));
  return passes;
}

}  // namespace aula::render::stage
