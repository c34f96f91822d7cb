// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "scene/view/view.h"

/// What `aula bench render` draws, made from formulas: the same on every machine.
namespace aula::bench {

/// Atoms packed into a ball of radius 1 as molten matter is: a jittered cubic lattice, each atom touching its
/// neighbours, coloured as carbon, hydrogen, oxygen, nitrogen and sulphur are in their shares of a protein.
[[nodiscard]] scene::ParticlesView packedAtoms(std::size_t count);
/// The same, each atom displaced by a slow wave that runs through all of them; `step` counts frames.
[[nodiscard]] scene::ParticlesView movingAtoms(const scene::ParticlesView& still, int step);
/// A torus with waves on it, of about so many triangles.
[[nodiscard]] scene::MeshView wavyMesh(std::size_t triangles);
/// Three blurred shells, nodes along each edge; drawn as a lit density.
[[nodiscard]] scene::VolumeView shells(int nodes);

}  // namespace aula::bench
