// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "render/graph/compile.h"

namespace aula::render::graph {

struct PlacementRequest {
  std::size_t size = 0, alignment = 1;
  Lifetime life;
};

struct Placement {
  std::vector<std::size_t> offsets;  ///< One for each request.
  std::size_t bytes = 0;             ///< Of the whole.
};

/// Puts everything into one piece of memory so that no two things whose lives meet overlap. Greedy: the
/// largest first, each at the lowest free offset.
[[nodiscard]] Placement place(std::span<const PlacementRequest> requests);

/// For each request those that overlap it in memory, itself included.
[[nodiscard]] std::vector<std::vector<std::size_t>> sharers(std::span<const PlacementRequest> requests,
                                                            std::span<const std::size_t> offsets);

}  // namespace aula::render::graph
