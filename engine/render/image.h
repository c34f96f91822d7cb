// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace aula::render {

/// A finished picture: 8-bit sRGB with alpha, rows from the top, no padding.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  ///< width*height*4: red, green, blue, alpha (255: opaque).

  /// The four bytes of a pixel; (0, 0) is the upper left corner.
  [[nodiscard]] std::array<std::uint8_t, 4> at(int x, int y) const {
    const std::size_t i =
        4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    return {pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]};
  }
};

}  // namespace aula::render
