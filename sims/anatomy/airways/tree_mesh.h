// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "anatomy/airways/tree.h"
#include "scene/mesh/triangle_mesh.h"

namespace aula::anatomy {

/// Branches as tubes, to be coloured one by one: quick to make, for looking, not for volumes (tubes run into
/// each other at forks).
struct TreeMesh {
  std::shared_ptr<const scene::TriangleMesh> mesh;  ///< Without colours.
  std::vector<std::uint32_t> branchOf;              ///< One a position.
};

/// Those branches that `wants` takes. Wide ones get more sides than narrow ones.
[[nodiscard]] TreeMesh treeMesh(const BronchialTree& tree, const std::function<bool(std::size_t)>& wants);
/// The same with a colour a branch.
[[nodiscard]] std::shared_ptr<const scene::TriangleMesh> coloured(
    const TreeMesh& tubes, const std::function<scene::Colour(std::size_t)>& colourOf);

}  // namespace aula::anatomy
