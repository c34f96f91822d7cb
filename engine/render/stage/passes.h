// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// Everything that can stand in a scene, in the order it is drawn. Add new kinds of things here.
[[nodiscard]] std::vector<std::unique_ptr<StagePass>> makePasses(const vulkan::Device& device);

}  // namespace aula::render::stage
