// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/view/view.h"

namespace aula::render {

/// Tiles with round edges, every other one of polished brass, the rest of fired clay, in rough mortar: base
/// colour, normals and metal-roughness as pictures, each computed from one height.
[[nodiscard]] scene::Material tiles(int pixels = 256);

/// A material whose every normal leans by this slope towards the picture's right and its top.
[[nodiscard]] scene::Material leaning(double right, double top);

/// A tiled wall and floor with a tiled ball before them.
[[nodiscard]] scene::Frame tiledRoom();

}  // namespace aula::render
