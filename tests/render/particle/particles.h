// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "render/particle/particle_pass.h"
#include "scene/view/view.h"

/// Particles for tests and pictures, made from formulas.
namespace aula::render {

[[nodiscard]] scene::ParticlesView balls(std::vector<scene::Float3> positions, std::vector<float> radii,
                                         const std::string& name = "balls");
/// So many in a ball of radius `extent`, at random but always the same places, coloured by a few kinds.
[[nodiscard]] scene::ParticlesView heapOfBalls(std::size_t count, double extent, float radius);
/// A backbone wound as an alpha helix with side chains, in the usual colours of the elements: a page of a
/// textbook.
[[nodiscard]] scene::ParticlesView helixMolecule();
/// All pairs of neighbours in the list that are closer than `distance`.
[[nodiscard]] std::shared_ptr<const std::vector<std::array<std::uint32_t, 2>>> bondsBetween(
    const std::vector<scene::Float3>& positions, float distance);

}  // namespace aula::render
