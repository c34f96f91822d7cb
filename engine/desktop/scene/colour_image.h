// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "render/colour/colour_limits.h"
#include "render/colour/colour_map.h"
#include "render/image.h"

namespace aula::desktop {

/// Values on a lattice of columns x rows nodes, evenly spaced between `left` and `right`, `bottom` and `top`
/// (the places of the first and last node; of one node alone, its two edges). First row at the bottom.
struct Lattice {
  int columns = 1, rows = 1;
  double left = 0, right = 1, bottom = 0, top = 1;
  const float* values = nullptr;
};

/// A part of the lattice's plane.
struct Region {
  double left = 0, right = 1, bottom = 0, top = 1;
  bool operator==(const Region&) const = default;
};

/// The region as width x height pixels: linear between nodes, the mean of the nodes in a pixel where they are
/// finer. Outside of the lattice: nothing (alpha 0). What is not a number: grey.
[[nodiscard]] render::Image colourImage(const Lattice& lattice, const Region& region, int width, int height,
                                        const render::ColourMap& map, const render::Limits& limits);

/// Linear between nodes; NaN outside.
[[nodiscard]] double valueAt(const Lattice& lattice, double x, double y);

}  // namespace aula::desktop
