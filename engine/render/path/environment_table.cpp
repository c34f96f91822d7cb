// SPDX-License-Identifier: Apache-2.0
#include "render/path/environment_table.h"

#include <cmath>
#include <numbers>

#include "render/path/shader_text.h"

namespace aula::render::path {
namespace {

double luminance(const glm::vec3& c) {
  return 0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z;
}

/// Vose 1991, "A linear algorithm for generating random numbers with a given distribution".
void fillAliases(std::vector<std::array<float, 4>>& cells) {
  std::vector<double> left;
  std::vector<std::size_t> poor, rich;
  for (const auto& cell : cells)
    left.push_back(static_cast<double>(cell[2]) * static_cast<double>(cells.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) (left[i] < 1 ? poor : rich).push_back(i);
  while (!poor.empty() && !rich.empty()) {
    const std::size_t p = poor.back(), r = rich.back();
    poor.pop_back();
    cells[p][0] = static_cast<float>(left[p]);
    cells[p][1] = static_cast<float>(r);
    left[r] -= 1 - left[p];
    if (left[r] < 1) {
      rich.pop_back();
      poor.push_back(r);
    }
  }
  for (const auto* rest : {&poor, &rich}) {
    for (const std::size_t i : *rest) cells[i] = {1, static_cast<float>(i), cells[i][2], 0};
  }
}

}  // namespace

EnvironmentTable makeEnvironmentTable(Surroundings surroundings) {
  constexpr int kAcross = 4;  // Points a side of a cell.
  const int kind = surroundings == Surroundings::uniform ? glsl::kUniform : glsl::kStudio;
  EnvironmentTable table;
  std::vector<double> weights;
  double sum = 0;
  for (int row = 0; row < kEnvironmentRows; ++row) {
    for (int column = 0; column < kEnvironmentColumns; ++column) {
      double cell = 0;
      for (int k = 0; k < kAcross * kAcross; ++k) {
        const double z = 2 * (row + (k / kAcross + 0.5) / kAcross) / kEnvironmentRows - 1;
        const double turn =
            2 * std::numbers::pi * (column + (k % kAcross + 0.5) / kAcross) / kEnvironmentColumns;
        const double r = std::sqrt(1 - z * z);
        const glm::vec3 direction(r * std::cos(turn), r * std::sin(turn), z);
        cell += luminance(glsl::environmentRadiance(direction, 0, kind));
      }
      weights.push_back(cell / (kAcross * kAcross));
      sum += weights.back();
    }
  }
  const double mean = sum / static_cast<double>(weights.size());
  table.power = 4 * std::numbers::pi * mean;
  // A little everywhere: no direction may be left out because the points of its cell missed what shines.
  for (const double weight : weights) {
    const double share = (0.97 * weight + 0.03 * mean) / sum;
    table.cells.push_back({1, 0, static_cast<float>(share), 0});
  }
  fillAliases(table.cells);
  return table;
}

}  // namespace aula::render::path
