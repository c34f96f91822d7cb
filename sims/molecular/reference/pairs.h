// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "molecular/model/box.h"
#include "molecular/model/topology.h"

namespace aula::molecular::reference {

/// Throws core::Error (input) when the cut-off is more than half the box's smallest height.
void checkCutoff(double cutoff, const Box& box);

/// Calls visit(i, j, r_i - r_j as nearest image) once for every pair of atoms not further apart than
/// `cutoff`, excluded pairs too. In a box by a list of cells (Allen and Tildesley 2017, section 5.3.2), in
/// vacuum over all pairs.
void forEachPairWithin(double cutoff, std::span<const Vec3> positions, const Box& box,
                       const std::function<void(int i, int j, Vec3 apart)>& visit);

/// Whether the topology excludes j from i's non-bonded interactions.
[[nodiscard]] bool isExcluded(const Topology& topology, int i, int j);

}  // namespace aula::molecular::reference
