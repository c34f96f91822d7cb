// SPDX-License-Identifier: Apache-2.0
#include "render/stage/passes.h"

#include "render/pass/surface.h"

namespace aula::render::stage {

std::vector<std::unique_ptr<StagePass>> makePasses(const vulkan::Device& device) {
  std::vector<std::unique_ptr<StagePass>> passes;
  passes.push_back(std::make_unique<SurfacePass>(device));
  return passes;
}

}  // namespace aula::render::stage
