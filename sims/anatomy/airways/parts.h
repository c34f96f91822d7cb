// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/airways/tree.h"
#include "anatomy/shape/part.h"

namespace aula::anatomy {

/// The region's structures as surfaces, in the region's frame and in the state of lobes.h; ids are those of
/// assets/anatomy/airways/terms.json. `spacing` (m) of the lattice that larger ones are made on; bronchi and
/// thin sheets take a finer one where they need it. The same spacing gives the same bits. Seconds.
/// `branches`: how the smaller bronchi are made.
enum class BranchSurface {
  closed,  ///< Blended into one closed surface; most of the time goes into it.
  tubes    ///< tree_mesh.h's, quick.
};
[[nodiscard]] std::vector<Part> lungParts(double spacing, BranchSurface branches = BranchSurface::closed);

/// The smaller branches of one side, from the segmental bronchi down to `thinnest` (m, diameter).
[[nodiscard]] Solid branchesSolid(const BronchialTree& tree, Side side, double thinnest);
/// Trachea, main and lobar bronchi; those with cartilage rings show them.
[[nodiscard]] Solid bronchusSolid(const BronchialTree& tree, NamedBranch branch);

/// A hollow solid: `inside` turned over within `outside`.
[[nodiscard]] scene::TriangleMesh shellBetween(const scene::TriangleMesh& outside,
                                               const scene::TriangleMesh& inside);

}  // namespace aula::anatomy
