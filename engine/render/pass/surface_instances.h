// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "render/pass/mesh_structs.h"
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

struct InstanceCounts {
  std::uint32_t upright = 0, mirrored = 0;  ///< In this order; mirrored ones have their winding turned.
  double largestScale = 0;                  ///< Of volumes.
  [[nodiscard]] std::uint32_t total() const { return upright + mirrored; }
};

/// The view of this name in the frame before, if it was a mesh with as many instances; else null.
[[nodiscard]] const scene::MeshView* previousOf(const scene::MeshView& view, const scene::Frame* previous);

/// Where each instance stands and stood. `previous` may be null: nothing moved.
[[nodiscard]] std::vector<shader::MeshInstance> placeInstances(const scene::MeshView& view,
                                                               const scene::MeshView* previous,
                                                               const StageSpace& space,
                                                               InstanceCounts& counts);

}  // namespace aula::render::stage
