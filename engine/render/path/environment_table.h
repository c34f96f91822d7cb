// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "render/scene_renderer.h"

namespace aula::render::path {

inline constexpr int kEnvironmentColumns = 128, kEnvironmentRows = 64;

/// Which directions the surroundings' light is looked for in: a probability for each of equal-area cells
/// (columns around z, rows by height), chosen by the alias method.
struct EnvironmentTable {
  std::vector<std::array<float, 4>> cells;  ///< Threshold, alias, probability, unused.
  double power = 0;                         ///< Luminance over all directions.
};

[[nodiscard]] EnvironmentTable makeEnvironmentTable(Surroundings surroundings);

}  // namespace aula::render::path
