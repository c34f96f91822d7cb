// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/layout/camera.h"
#include "render/layout/picture.h"

namespace aula::render {

/// The box of the domain: its far walls with a grid (with depth, behind everything), its edges, and along
/// three edges of its outline the axes with ticks, numbers and names. Text goes into `picture.text`, near
/// edges into `picture.frameLines`, what the scene may hide into its frame.
void placeSpaceAxes(const PictureRequest& request, const scene::Bounds& box, const SpaceCamera& camera,
                    Picture& picture);

}  // namespace aula::render
