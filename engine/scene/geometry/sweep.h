// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "scene/view/view.h"

/// Views that are drawn as meshes. (makeTube is declared with the other shapes in geometry/primitives.h.)
namespace aula::scene {

/// The band of a ribbon: flat faces and round edges, closed; parallel transport where no direction across is
/// given or usable, and directions that jump by half a turn (as those of a protein's backbone do) are turned
/// back. A width thinner than the thickness is as thick as wide. Throws core::Error (input) where its arrays
/// do not fit or fewer than two points differ.
[[nodiscard]] MeshView makeRibbon(const RibbonView& ribbon);

/// One arrow mesh, an instance and a tint for each vector that is finite and not zero. `colourOf` gets the
/// strength in the quantity's unit. Without any such vector the view has no mesh. Throws core::Error (input)
/// where there are not as many vectors as positions.
[[nodiscard]] MeshView makeArrows(const GlyphsView& glyphs, const std::function<Colour(double)>& colourOf);

}  // namespace aula::scene
