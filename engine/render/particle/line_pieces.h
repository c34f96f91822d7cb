// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "render/particle/particle_structs.h"
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// A view's polylines cut into the pieces that are in front of the camera (and on the kept side of the clip
/// planes where the view says so), in the stage's frame, with the length in pixels up to each end where the
/// line is dashed. `before`: the same view a frame ago where it has the same shape, else null.
[[nodiscard]] std::vector<shader::LinePiece> linePieces(const scene::LinesView& view,
                                                        const scene::LinesView* before,
                                                        const StageFrame& stage);

}  // namespace aula::render::stage
