// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/bounds.h"
#include "scene/view/view.h"

/// The room that things take, in the lab's frame, for cameras, shadows and levels of detail. Cost: once
/// through the positions; for meshes with many instances once through the mesh and eight corners an instance.
namespace aula::scene {

/// In the mesh's own frame.
[[nodiscard]] Bounds boundsOf(const TriangleMesh& mesh);
/// The box's eight corners moved: the box around what it holds, not always the smallest.
[[nodiscard]] Bounds transformed(const Bounds& bounds, const Transform& transform);
/// Nodes of a volume (and half a thickness to both sides of a single node), surfaces of particles, tips of
/// arrows, widths of ribbons. Text has no size, only a point. Positions that only a graphics device can read
/// count as nothing.
[[nodiscard]] Bounds boundsOf(const View& view);
/// All views together, before clipping; empty for an empty frame.
[[nodiscard]] Bounds boundsOf(const Frame& frame);

}  // namespace aula::scene
