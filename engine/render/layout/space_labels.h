// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/layout/camera.h"
#include "render/layout/picture.h"

namespace aula::render {

/// The frame's labels over the picture: each on its point, or beside it at the end of a leader, where there
/// is room. In distance-field type with a halo, since they stand on anything.
void placeSpaceLabels(const PictureRequest& request, const SpaceCamera& camera, const Rectangle& area,
                      Picture& picture);

/// The frame's rulers: a line with marks at round lengths, and the whole length beside it.
void placeRulers(const PictureRequest& request, const SpaceCamera& camera, Picture& picture);

}  // namespace aula::render
