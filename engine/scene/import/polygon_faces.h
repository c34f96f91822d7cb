// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// Adds a face of any number of corners to the mesh's triangles, concave ones by ear clipping in the plane
/// that fits them best (Newell's normal; Sutherland, Sproull and Schumacker 1974). Fewer than three corners
/// add nothing. Corners that do not exist or are not finite end in triangles that have them, for whoever
/// tidies to find. Cost: quadratic in the corners, but for convex quadrangles.
void addFace(TriangleMesh& mesh, std::span<const unsigned> corners);

}  // namespace aula::scene
