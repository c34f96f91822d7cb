// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/heart/body/conduction.h"
#include "anatomy/shape/part.h"

namespace aula::anatomy::heart {

/// Every structure of the heart as a surface, ids as in assets/anatomy/heart/terms.json: ventricles and
/// septum as they are on the lattice, atria, great vessels' roots, valves' rings and the conduction system in
/// outline. `spacing`: m, of the polygons; a few seconds at 1.5 mm.
[[nodiscard]] std::vector<Part> heartParts(double spacing);
/// Only the three parts of the ventricles' muscle.
[[nodiscard]] std::vector<Part> ventricleParts(double spacing);
/// All but those and the conduction system's bundles and fibres.
[[nodiscard]] std::vector<Part> outlineParts(double spacing);

/// Bundles and fibres are drawn in this colour where they are at rest.
[[nodiscard]] scene::Material conductionMaterial();

}  // namespace aula::anatomy::heart
