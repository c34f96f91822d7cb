// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "render/volume/transfer_function.h"

namespace aula::render {

/// The least and greatest value in each brick of a volume, for rays to leap over what is clear.
class BrickMap {
 public:
  static constexpr int kSide = 8;  ///< Cells along a brick's side.

  /// Of nx*ny*nz values, two or more along each axis. What is not a number counts as nothing (0).
  BrickMap(const std::vector<float>& values, int nx, int ny, int nz);

  [[nodiscard]] const std::array<int, 3>& count() const { return count_; }
  /// For each brick, how many bricks in any direction (diagonals count as one) are surely clear around it: 0
  /// where something in it can be seen, 1 where only itself is clear. At most 255 (E. Deakin, M. Knoll,
  /// "Efficient ray casting of volumetric images using distance maps for empty space skipping", 2020).
  [[nodiscard]] std::vector<std::uint8_t> distances(const TransferFunction& look) const;

 private:
  std::array<int, 3> count_;
  std::vector<std::array<float, 2>> ranges_;
};

}  // namespace aula::render
